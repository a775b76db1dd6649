"""The demo's roster: a half day, a holiday and a gap are always just ahead, and two agreed to swap.

The first two are put into the config, for whatever day the demo is on; the rest is entered as
people enter it on the board.
"""

from __future__ import annotations

import contextlib
from datetime import date, datetime, time, timedelta

from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.errors import CommandRefused
from store.records import Actor
from store.rules.cover import coverage
from store.rules.roster import Change, ChangeKind, Roster
from store.rules.walltime import from_us, local_us, zone
from store.words import Role

_LEAD = Actor("dee", "Dee Osei", Role.LEAD)
_DAY = timedelta(days=1)
_SPECIAL = "[calendars.office.special]\n"
_HOLIDAYS = "\nholidays = [\n"
_BEST_EFFORT = "\nbest_effort = []"
_SATURDAY = 5
_HALF_DAY, _HOLIDAY = 3, 6


def with_days_off(text: str, today: date) -> str:
    """Return the config with a half day and a holiday soon after ``today``, and best effort."""
    half, holiday = (_working_day(today + days * _DAY) for days in (_HALF_DAY, _HOLIDAY))
    if f"{half} = " not in text:
        text = text.replace(_SPECIAL, f'{_SPECIAL}{half} = "08:00-12:00"\n')
    if str(holiday) not in text:
        text = text.replace(_HOLIDAYS, f"{_HOLIDAYS}    {holiday},\n", 1)
    return text.replace(_BEST_EFFORT, '\nbest_effort = ["sat 22:00 - sun 08:00"]', 1)


def agree(url: str, now: datetime) -> None:
    """Enter what colleagues agreed on yesterday: who cannot come, and who stands in."""
    with contextlib.closing(Desk.open(url, SetClock(now - _DAY))) as desk:
        roster = desk.rules.roster
        if roster is None:
            return
        today = now.astimezone(zone(roster.tz)).date()
        half = _working_day(today + _HALF_DAY * _DAY)
        saturday = today + ((_SATURDAY - today.weekday() - 1) % 7 + 1) * _DAY
        for day, begins, ends in (
            (saturday, time(14), datetime.combine(saturday + _DAY, time(8))),
            (half, time(12), datetime.combine(half, time(16, 30))),
        ):
            start = datetime.combine(day, begins)
            if who := _on_watch(roster, start):
                # Where a special day of the example comes in between there may be nothing to do.
                with contextlib.suppress(CommandRefused):
                    commands.change_cover(desk, _LEAD, Change(ChangeKind.ABSENT, start, ends, who))
        start = datetime.combine(saturday + 2 * _DAY, time(18))
        if who := _on_watch(roster, start):
            stands_in = Change(ChangeKind.COVER, start, start + timedelta(hours=4), "ana", who)
            with contextlib.suppress(CommandRefused):
                commands.change_cover(desk, _LEAD, stands_in)


def _working_day(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return day


def _on_watch(roster: Roster, local: datetime) -> str:
    at = from_us(local_us(local, zone(roster.tz)))
    return coverage(roster, at, at + timedelta(minutes=1)).timeline[0].who or ""
