"""``deskwatch requests``: the queue as a plain list, for a screen reader, a script or a glance."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.rules.typed import HINT
from store.words import LIVE_STATES, State
from tui.cli.context import actor, open_desk

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import BoardRow

_LIMIT = 50
#: Clocks worked out at once for JSON, so that a list of any length needs little memory.
_AT_ONCE = 500
_NAMED = {"live": LIVE_STATES, "all": tuple(State)}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch requests``."""
    parser.add_argument(
        "--state",
        type=_states,
        default=LIVE_STATES,
        metavar="STATE[,STATE...]",
        help=f"live (unless said otherwise), all, or any of {', '.join(State)}",
    )
    parser.add_argument("--mine", action="store_true", help="only those that are mine")
    parser.add_argument(
        "--search",
        default="",
        metavar="TEXT",
        help=f"only what this finds, by the beginnings of words: {HINT}",
    )
    parser.add_argument(
        "--limit",
        type=_limit,
        metavar="N",
        help=f"at most so many, 0 for all ({_LIMIT}; with --json all)",
    )
    parser.add_argument("--json", action="store_true", help="a JSON list; see docs/json.md")


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from store import queries

    limit: int | None = args.limit
    if limit is None:
        limit = 0 if args.json else _LIMIT
    with closing(open_desk(args)) as desk:
        me = actor(desk)
        if args.mine and me.read_only:
            from store.errors import NotFound

            raise NotFound(f"--mine: nobody on the desk has the login {me.login}")
        rows = queries.requests(
            desk,
            states=args.state,
            assignee=me.login if args.mine else None,
            search=args.search,
            limit=limit + 1 if limit else None,
            me="" if me.read_only else me.login,
        )
        more = bool(limit) and len(rows) > limit
        rows = rows[:limit] if limit else rows
        if args.json:
            _print_json(desk, rows)
        else:
            print("\n".join(lines(desk, rows, desk.clock.now())))
    if more and not args.json:
        print(f"These are the first {limit}; --limit 0 lists all.", file=sys.stderr)
    return 0


def lines(desk: Desk, rows: Sequence[BoardRow], now: datetime) -> list[str]:
    """Return the table that people read."""
    from tui.cli.table import screen_width, table

    if not rows:
        return ["No requests."]
    cells = [
        [
            str(row.number),
            row.priority.value + ("!" if row.emergency else ""),
            standing(desk, row, now),
            desk.short_name(row.assignee) if row.assignee else "nobody",
            row.requester.name or row.requester.address or "somebody",
            ("needs a hand: " if row.offered else "") + (row.subject or "(no subject)"),
        ]
        for row in rows
    ]
    heads = ["number", "pri", "clock", "has it", "from", "subject"]
    return table(heads, cells, screen_width(), right=frozenset([0]), most=[None, None, 18, 8, 16])


def standing(desk: Desk, row: BoardRow, now: datetime) -> str:
    """Return how a request stands: what its clock says, or its state where none runs."""
    from store.rules.attention import clock_words, moment

    tz = ZoneInfo(desk.rules.timezone)
    overdue = row.clock is not None and row.clock.due is not None and row.clock.due < now
    if row.snoozed_until is not None and row.snoozed_until > now and not overdue:
        return f"snoozed {moment(row.snoozed_until, now, tz)}"
    if row.clock is None or row.state not in LIVE_STATES:
        return row.state.value.replace("_", " ")
    hours = desk.rules.hours.get(row.clock.calendar) or desk.rules.hours["always"]
    return clock_words(row.clock, hours, tz, now, "wide")[1]


def _print_json(desk: Desk, rows: Sequence[BoardRow]) -> None:
    """Print a JSON list, a line each request."""
    from store import queries
    from tui.cli.request_json import listed

    remaining, before = iter(rows), "[\n"
    while some := list(islice(remaining, _AT_ONCE)):
        clocks = queries.clocks(desk, [row.number for row in some])
        for row in some:
            item = json.dumps(listed(row, clocks.get(row.number, ())), ensure_ascii=False)
            print(before + item, end="")
            before = ",\n"
    print("[]" if not rows else "\n]")


def _states(text: str) -> tuple[State, ...]:
    found: dict[State, None] = {}
    for word in filter(None, (part.strip() for part in text.split(","))):
        try:
            found.update(dict.fromkeys(_NAMED.get(word) or (State(word),)))
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"{word!r} is no state; write live, all, or any of {', '.join(State)}"
            ) from None
    if not found:
        raise argparse.ArgumentTypeError("no state is named")
    return tuple(found)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number; write 0 for all")
    return int(text)
