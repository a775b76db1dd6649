"""``deskwatch log``: an end-run from the shell."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.rules.logged import HINT
from tui.cli.context import actor, database_url

if TYPE_CHECKING:
    from store.records import Done
    from store.rules.entries import Jotted
    from tui.kept import Kept

_FORM = f"""\
What follows the commas may be left out: how long it took (5 minutes unless said), how they asked
(walk-up, phone, chat), how it ended (done, fixed, guided, nothing; or queued), "!" for an
emergency, "to ben" if it was not you who was asked, "at 9:40". In short: {HINT}
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch log``."""
    parser.epilog = _FORM
    parser.add_argument(
        "text",
        nargs="+",
        metavar="TEXT",
        help='who asked for what: "hopper: projector in B12, walk-up, 10m"',
    )
    parser.add_argument(
        "--as", dest="as_", metavar="NAME", help="who you are, where the policy lets people say so"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object; see docs/json.md")


def run(args: argparse.Namespace) -> int:
    """Log it; if the store cannot be reached, keep it on this machine and log it later."""
    import secrets

    from sqlalchemy import make_url

    from store.clock import SystemClock
    from store.rules.entries import Jotted, must_be_whole
    from tui.kept import Kept, place_of

    url = database_url(args)
    kept = Kept(place_of(make_url(url)))
    jotted = Jotted(secrets.token_hex(16), " ".join(args.text), SystemClock().now())
    must_be_whole(jotted)
    try:
        done = _log(url, args.as_, jotted, kept)
    except StoreError as problem:
        return _keep(kept, jotted, problem, as_json=args.json)
    print(json.dumps({"number": done.number, "kept": False}) if args.json else done.text)
    return 0


def _log(url: str, as_: str | None, jotted: Jotted, kept: Kept) -> Done:
    from store import commands, queries
    from store.desk import Desk
    from store.rules.directory import Directory
    from store.rules.entries import understood

    with closing(Desk.open(url)) as desk:
        me = actor(desk, as_)
        people = Directory(queries.directory(desk))
        done = commands.log_end_run(desk, me, understood(jotted, desk.rules, people, me.login))
        sent, refused = kept.send(desk, me)
    for line in (*(f"{each.text} (was kept on this machine)" for each in sent), *refused):
        print(line, file=sys.stderr)
    return done


def _keep(kept: Kept, jotted: Jotted, problem: StoreError, *, as_json: bool) -> int:
    try:
        kept.keep(jotted)
    except OSError as error:
        reason = error.strerror or str(error)
        print(f"deskwatch: {problem}; it cannot be kept here either: {reason}", file=sys.stderr)
        return 1
    print(f"deskwatch: {problem}", file=sys.stderr)
    print(
        json.dumps({"number": None, "kept": True})
        if as_json
        else "Kept on this machine; it is logged with the next one, or by your next board."
    )
    return 0
