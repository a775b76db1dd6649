"""Whom a note from one shift to the next is for, and when nobody is in."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from store.rules.hand_overs import Holder, desk_alone, takes_over
from store.rules.hours import CalendarSpec, always, compile_hours
from store.rules.roster import Change, ChangeKind, Roster, Rotation
from store.rules.unattended import unattended

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE = compile_hours(
    CalendarSpec("Europe/London", dict.fromkeys(WEEKDAYS, (("08:00", "17:00"),)))
)
#: Ben on Mondays, Wednesdays and so on, Dee on the days between; nobody on Thursday night.
ROSTER = Roster(
    "Europe/London",
    OFFICE,
    [Rotation("main", date(2026, 11, 23), "17:00", ("ben", "dee"), every_days=1)],
    changes=[
        Change(
            ChangeKind.ABSENT,
            datetime.fromisoformat("2026-11-26T17:00"),
            datetime.fromisoformat("2026-11-27T08:00"),
            "dee",
        )
    ],
)


def at(local: str) -> datetime:
    """Return the instant of a time of the week from Monday 23 November 2026 on: "tue 16:25"."""
    day, time = local.split()
    days = (*WEEKDAYS, "sat", "sun")
    return datetime.fromisoformat(f"2026-11-{23 + days.index(day)}T{time}").replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("by", "written", "now", "whom"),
    [
        # While the desk is open: for the watch that follows.
        ("ana", "mon 16:55", "mon 16:59", Holder.NOBODY),
        ("ana", "mon 16:55", "mon 17:00", "ben"),
        ("ana", "mon 16:55", "tue 03:00", "ben"),
        # Who has the watch writes for who comes next, the desk in the morning.
        ("ben", "mon 22:00", "tue 03:00", Holder.NOBODY),
        ("ben", "mon 22:00", "tue 08:00", Holder.DESK),
        ("ben", "mon 22:00", "tue 18:00", "dee"),
        # Nobody gets their own, also when they have the watch again.
        ("ben", "mon 22:00", "wed 18:00", Holder.NOBODY),
        ("ben", "mon 22:00", "thu 09:00", Holder.DESK),
        # A note to who has the watch now is theirs at once.
        ("ana", "mon 22:00", "mon 22:00", "ben"),
        ("ana", "mon 22:00", "tue 09:00", Holder.DESK),
        # While nobody has the watch: for the desk in the morning.
        ("dee", "thu 20:00", "fri 03:00", Holder.NOBODY),
        ("dee", "thu 20:00", "fri 08:00", Holder.DESK),
        ("ana", "wed 16:00", "thu 18:00", Holder.NOBODY),
    ],
)
def test_a_note_is_for_the_shift_that_follows(by, written, now, whom):
    """The desk itself is a shift, too."""
    assert takes_over(ROSTER, by, at(written), at(now)) == whom


def test_with_a_watch_all_day_the_desk_is_no_shift():
    """Who has the watch in the morning goes on having it."""
    round_the_clock = Roster("Europe/London", OFFICE, ROSTER.rotations, required="always")
    assert takes_over(round_the_clock, "ben", at("mon 22:00"), at("tue 09:00")) is Holder.NOBODY
    assert takes_over(round_the_clock, "ben", at("mon 22:00"), at("tue 17:00")) == "dee"


def test_without_a_roster_a_note_is_for_the_next_day():
    """There are no shifts but the desk's own."""
    alone = desk_alone("Europe/London", OFFICE)
    assert takes_over(alone, "ana", at("mon 16:55"), at("mon 16:56")) is Holder.NOBODY
    assert takes_over(alone, "ana", at("mon 16:55"), at("mon 20:00")) is Holder.NOBODY
    assert takes_over(alone, "ana", at("mon 16:55"), at("tue 08:00")) is Holder.DESK


@pytest.mark.parametrize(
    ("now", "closes", "opens"),
    [
        ("mon 10:00", "mon 17:00", "tue 08:00"),
        ("mon 17:00", "mon 17:00", "tue 08:00"),
        ("tue 03:00", "tue 03:00", "tue 08:00"),
        ("tue 08:00", "tue 17:00", "wed 08:00"),
    ],
)
def test_nobody_is_in_while_the_desk_is_closed(now, closes, opens):
    """What is left of that time, or the next such time."""
    assert unattended(OFFICE, at(now)) == (at(closes), at(opens))


def test_a_desk_that_never_closes_is_never_without_anybody():
    """And one that never opens has nobody who will come."""
    never = compile_hours(CalendarSpec("Europe/London", {}))
    assert [unattended(hours, at("mon 10:00")) for hours in (always("Europe/London"), never)] == [
        None,
        None,
    ]
