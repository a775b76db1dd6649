"""``deskwatch cover``: who is on watch, who is next, and where nobody is."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import timedelta

from tui.cli.when import instant, moment

#: How far ahead it looks, unless somebody says how far.
_DAYS = 14
#: A calendar on a phone is asked about further ahead.
_CALENDAR_DAYS = 92
_MOST_DAYS = 366


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch cover``."""
    parser.add_argument(
        "--at",
        metavar="WHEN",
        type=moment,
        help='as of when, e.g. "2026-11-24 18:05", in the roster\'s time (left out: now)',
    )
    parser.add_argument(
        "--days",
        metavar="N",
        type=_days,
        help=f"how many days ahead (left out: {_DAYS}; with --ics: {_CALENDAR_DAYS})",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="a JSON object; see docs/json.md")
    form.add_argument(
        "--ics", action="store_true", help="a calendar (iCalendar) for Google, Outlook, Apple, …"
    )


def run(args: argparse.Namespace) -> int:
    """Print cover by the roster that holds, with the changes made on the board."""
    from zoneinfo import ZoneInfo

    from store.errors import NotFound
    from store.queries.policy import agreed_at
    from tui.cli import cover_ics, cover_json, cover_text
    from tui.cli.context import open_desk

    with closing(open_desk(args)) as desk:
        rules, now = desk.rules, desk.clock.now()
        changed = agreed_at(desk.store)
    roster = rules.roster
    if roster is None:
        raise NotFound(
            "the policy has no roster, so nobody is on watch when the desk is closed; write "
            "[roster] in the config file (docs/cover.md), then: deskwatch policy apply"
        )
    at = instant(args.at, ZoneInfo(roster.tz), now)
    ahead = timedelta(days=args.days or (_CALENDAR_DAYS if args.ics else _DAYS))
    if args.ics:
        sys.stdout.flush()
        sys.stdout.buffer.write(
            cover_ics.calendar(rules, roster, at, ahead, now=now, changed=changed)
        )
    elif args.json:
        print(json.dumps(cover_json.shape(rules, roster, at, ahead), ensure_ascii=False, indent=2))
    else:
        print("\n".join(cover_text.lines(rules, roster, at, ahead)))
    return 0


def _days(text: str) -> int:
    try:
        days = int(text)
    except ValueError:
        days = 0
    if not 1 <= days <= _MOST_DAYS:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of days from 1 to {_MOST_DAYS}')
    return days
