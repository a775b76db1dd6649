"""Writes the weeks before the demo's day into its store.

Mails are taken in, end-runs logged and requests worked on as ever, by a clock that is set back.
Each week is one transaction, at the end of which nothing of it is still to be done, but for what
was asked this morning: nobody is warned or called because of it.
"""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from email.utils import parseaddr
from itertools import count
from zoneinfo import ZoneInfo

from intake.imap.fetched import Fetched
from intake.understanding import Understanding
from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import Writing
from store.records import Actor, Address
from store.rules.directory import Directory
from store.rules.entries import Jotted, understood
from store.words import IMPORTED
from tui.cli.demo.colleagues import Colleagues, silently
from tui.cli.demo.story import WEEKS, Logged, Week, story

_NOBODY = Directory(())
_UIDVALIDITY = 1


def write_past(url: str, now: datetime) -> None:
    """Write what happened in the twelve weeks before ``now``."""
    clock = SetClock(now - timedelta(weeks=WEEKS))
    with contextlib.closing(Desk.open(url, clock)) as desk:
        silently(desk)
        chronicle = _Chronicle(desk)
        zone = ZoneInfo(desk.rules.timezone)
        for week in story(now, zone, desk.rules.hours["desk"].is_open):
            with desk.writing() as writing:
                chronicle.write(week, writing)


class _Chronicle:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._colleagues = Colleagues(desk, sent=True)
        self._numbers: dict[str, int] = {}
        self._uids = count(1)

    def write(self, week: Week, writing: Writing) -> None:
        """Take in the week's mails, then do in order what was done, and leave nothing undone."""
        desk = self._colleagues.desk = self._desk.within(writing)
        writing.now = week.ends
        self._take_in(desk, "", week)
        self._take_in(desk, "ben", week)
        for at, run in week.logged:
            self._work_until(at, writing)
            self._log(desk, run, at, writing)
        self._work_until(week.ends, writing)

    def _work_until(self, end: datetime, writing: Writing) -> None:
        while (due := self._colleagues.due()) is not None and due <= end:
            writing.now = due
            self._colleagues.act(due, self._numbers.get)

    def _take_in(self, desk: Desk, box: str, week: Week) -> None:
        some = [(at, mail) for at, mail in week.mails if mail.box == box]
        fetched = []
        for at, mail in some:
            raw = mail.as_bytes(at)
            fetched.append(Fetched(next(self._uids), at, len(raw), raw))
        read = Understanding(desk.rules, box or "help").of(fetched, week.ends)
        taken = commands.take_in(desk, IMPORTED, _UIDVALIDITY, read, answering=False)
        for (at, mail), became in zip(some, taken, strict=True):
            if became.number is not None:
                self._numbers[mail.message_id()] = became.number
            self._colleagues.plan(mail.message_id(), at, mail.deeds)

    def _log(self, desk: Desk, run: Logged, at: datetime, writing: Writing) -> None:
        rules = desk.rules
        person = rules.people[run.login]
        jotted = Jotted(run.key, f"somebody: {run.text}", at, Address(*parseaddr(run.sender)))
        entry = understood(jotted, rules, _NOBODY, run.login)
        writing.now = at + timedelta(minutes=entry.minutes)
        actor = Actor(person.login, person.name, person.role)
        self._numbers[run.key] = commands.log_end_run(desk, actor, entry).number
        self._colleagues.plan(run.key, at, run.deeds)
