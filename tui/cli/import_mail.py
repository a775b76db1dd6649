"""``deskwatch import PATH...``: mail from files becomes requests; safe to repeat."""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.text import one_line
from tui.cli.context import database_url, load_policy, open_desk
from tui.cli.progress import ProgressBar

if TYPE_CHECKING:
    from intake.importing.importer import Importer
    from store.desk import Desk

_ABOUT = """\
Mail from mbox files, Maildirs, .eml files, folders of these, and tar or zip archives of them
becomes requests, as if it had come to the desk. Imported mail opens requests like any other:
they are open, and their clocks run from the day the mail arrived. Nothing is ever answered
automatically. It can be repeated, stopped and run again: each message is taken in once, and one
that is in a mailbox too is a duplicate.
"""
#: Seconds between two lines about how far it is, where there is no terminal.
_REPORT = 10.0
_PASSED_OVER_SHOWN = 5
_KILO = 1000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``deskwatch import``."""
    parser.description = _ABOUT
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object at the end; see docs/json.md"
    )


def run(args: argparse.Namespace) -> int:
    """Import; 1 if something could not be read."""
    from intake.importing.importer import Importer

    with closing(_open(args)) as desk:
        watching = Watching(quiet=args.json)
        importer = Importer(desk, watching)
        stopped = False
        try:
            importer.run(args.paths)
        except KeyboardInterrupt:
            stopped = True
        finally:
            watching.end()
            print(json.dumps(as_json(importer, watching)) if args.json else summary(importer))
    if stopped:
        print("Stopped; run it again for the rest.", file=sys.stderr)
        return 130
    return 1 if importer.troubles else 0


def _open(args: argparse.Namespace) -> Desk:
    """Return the desk. Where no policy was ever applied the config's is, as by the poller."""
    from store.commands import apply_policy
    from store.facts.engine import open_store
    from store.policy.stored import to_store
    from store.queries.policy import applied_policy
    from store.records import DESK

    with closing(open_store(database_url(args))) as store:
        if applied_policy(store) is None:
            apply_policy(store, to_store(load_policy(args)), DESK)
    return open_desk(args)


def summary(importer: Importer) -> str:
    """Return what became of all of it: "312 opened, 40 followed up, 3 duplicate"."""
    from store.words import Outcome

    parts = [
        f"{importer.outcomes[outcome]:,} {outcome.replace('_', ' ')}"
        for outcome in Outcome
        if importer.outcomes[outcome] or outcome is Outcome.OPENED
    ]
    if importer.known:
        parts.append(f"{importer.known:,} there already")
    return ", ".join(parts)


def as_json(importer: Importer, watching: Watching) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    from store.words import Outcome

    return {
        **{outcome.value: importer.outcomes[outcome] for outcome in Outcome},
        "known": importer.known,
        "passed_over": watching.passed,
        "quarantine": watching.held,
        "unreadable": watching.troubles,
    }


class Watching:
    """Shows how far it is: a bar on a terminal, a line from time to time elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        """Say nothing but what is in the way, if ``quiet``."""
        self._quiet = quiet
        self._bar = ProgressBar(sys.stderr, "KB")
        self._reported = time.monotonic()
        self._mails = self._bytes = self._total = self._shown = 0
        self.passed = 0
        self.held: list[dict[str, str]] = []
        self.troubles: list[dict[str, str]] = []

    def total(self, size: int) -> None:
        """Note how much there is."""
        self._total = size
        self._bar.more(size // _KILO)

    def read(self, size: int) -> None:
        """Note how much of it was read."""
        self._bytes += size
        self._bar.done(self._bytes // _KILO - self._shown)
        self._shown = self._bytes // _KILO

    def taken(self, mails: int) -> None:
        """Note how many mails are in."""
        self._mails += mails
        now = time.monotonic()
        if not (self._quiet or sys.stderr.isatty()) and now - self._reported > _REPORT:
            self._reported = now
            part = 100 * self._bytes // self._total if self._total else 100
            self._say(f"{self._mails:,} mails so far, {min(part, 100)} % of the files read")

    def trouble(self, place: str, reason: str) -> None:
        """Tell what cannot be read."""
        self.troubles.append({"path": place, "error": reason})
        self._say(f"deskwatch: {place}: {reason}")

    def quarantined(self, place: str, reason: str) -> None:
        """Tell of a mail that is kept but could not be understood."""
        self.held.append({"path": place, "reason": one_line(reason)})
        if not self._quiet:
            self._say(f"quarantine: {place}: {one_line(reason)}")

    def passed_over(self, place: str) -> None:
        """Tell of the first few files that are no mail."""
        self.passed += 1
        if not self._quiet and self.passed <= _PASSED_OVER_SHOWN:
            self._say(f"passed over, no mail: {place}")

    def end(self) -> None:
        """Take the bar away, and tell how many files were passed over if not all were named."""
        self._bar.clear()
        if not self._quiet and self.passed > _PASSED_OVER_SHOWN:
            self._say(f"passed over, no mail: {self.passed - _PASSED_OVER_SHOWN:,} more files")

    def _say(self, line: str) -> None:
        self._bar.clear()
        print(line, file=sys.stderr)
