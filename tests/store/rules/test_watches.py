"""Appointments of cover stay the same ones when cover changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from store.rules import whatif_read
from store.rules.cover import Change, ChangeKind, Cover, Roster, Rotation, coverage, with_change
from store.rules.hours import CalendarSpec, compile_hours
from store.rules.watches import watches
from store.rules.whatif_fields import Fields
from tests.store.rules import case_strategies as cases
from tests.store.rules.minute_reference import instant

DAYS = ("mon", "tue", "wed", "thu", "fri")
#: A Monday.
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
WEEKEND = ("fri", "17:00", "mon", "08:00")


def at(day: int, hour: int) -> datetime:
    """Return an hour of a day of June 2026."""
    return datetime(2026, 6, day, hour, tzinfo=UTC)


def roster(special=None, people=("ana", "bo", "cy"), **more) -> Roster:
    """Return a roster with a rotation for weekends and one for the nights between."""
    office = CalendarSpec("UTC", dict.fromkeys(DAYS, (("08:00", "17:00"),)), special or {})
    rotations = (
        Rotation("weekends", date(2026, 6, 5), "17:00", people, 7, [WEEKEND]),
        Rotation("nights", date(2026, 6, 1), "17:00", people, 7),
    )
    return Roster("UTC", compile_hours(office), rotations, **more)


def change(kind: ChangeKind, start: datetime, end: datetime, who: str) -> Change:
    """Return a change; the roster's zone is UTC."""
    return Change(kind, start.replace(tzinfo=None), end.replace(tzinfo=None), who)


def told(agreed: Roster, start=MONDAY, end=MONDAY + timedelta(days=7)) -> dict[str, tuple]:
    """Return what is told of every appointment, by its key."""
    found = watches(agreed, start, end)
    keys = {each.key: (each.start, each.end, each.state, each.who) for each in found}
    assert len(keys) == len(found)
    return keys


def test_a_week_of_watches():
    """A night each, and the weekend in one; each is told of whole."""
    found = watches(roster(), at(1, 20), at(5, 18))
    assert [(each.start, each.end, each.who, each.source) for each in found] == [
        (at(1, 17), at(2, 8), "ana", "nights"),
        (at(2, 17), at(3, 8), "ana", "nights"),
        (at(3, 17), at(4, 8), "ana", "nights"),
        (at(4, 17), at(5, 8), "ana", "nights"),
        (at(5, 17), at(8, 8), "ana", "weekends"),
    ]
    assert found[0].key == "nights 2026-06-01 2026-06-01 1"


@pytest.mark.parametrize(
    ("kind", "who", "state", "now"),
    [
        (ChangeKind.SWAP, "bo", Cover.COVERED, "bo"),
        (ChangeKind.COVER, "lou", Cover.COVERED, "lou"),
        (ChangeKind.ABSENT, "ana", Cover.GAP, None),
    ],
)
def test_somebody_else_has_it(kind, who, state, now):
    """It is the same appointment, and all others stay as they are."""
    before = told(roster())
    after = told(with_change(roster(), change(kind, at(2, 17), at(3, 8), who)))
    moved = {key for key in before if after[key] != before[key]}
    assert after.keys() == before.keys()
    assert [after[key] for key in moved] == [(at(2, 17), at(3, 8), state, now)]


def test_a_half_day_moves_it():
    """The watch of that night begins at noon, and is the same appointment."""
    before = told(roster())
    after = told(roster({date(2026, 6, 3): (("08:00", "12:00"),)}))
    assert after.keys() == before.keys()
    [moved] = [key for key in before if after[key] != before[key]]
    assert after[moved] == (at(3, 12), at(4, 8), Cover.COVERED, "ana")


def test_a_part_of_it_is_given_away():
    """What is left keeps the key, the rest is new; the nights after stay as they are."""
    before = told(roster())
    after = told(
        with_change(roster(), change(ChangeKind.COVER, at(2, 20), at(2, 22), "bo")),
    )
    key = "nights 2026-06-01 2026-06-02"
    assert {each: after[each] for each in after if before.get(each) != after[each]} == {
        f"{key} 1": (at(2, 17), at(2, 20), Cover.COVERED, "ana"),
        f"{key} 2": (at(2, 20), at(2, 22), Cover.COVERED, "bo"),
        f"{key} 3": (at(2, 22), at(3, 8), Cover.COVERED, "ana"),
    }
    assert before.keys() < after.keys()


def test_a_hand_off_at_another_time():
    """Who rewrites the hand-off moves appointments, and does not make new ones."""
    early = roster()
    late = Roster(
        "UTC",
        early.staffed,
        [Rotation("nights", date(2026, 6, 1), "18:00", ("ana", "bo", "cy"), 7)],
        changes=[],
    )
    only = Roster("UTC", early.staffed, [early.rotations[1]])
    week = (at(2, 0), at(5, 0))
    assert told(late, *week).keys() == told(only, *week).keys()


def test_the_same_from_every_day():
    """Exported a day later, what is still to come has the same keys."""
    whole = told(roster())
    for hours in range(0, 7 * 24, 13):
        later = told(roster(), MONDAY + timedelta(hours=hours))
        assert {key: whole[key] for key in later} == later


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases.covers())
def test_they_are_all_there(case):
    """Together they are what cover says of the time, and no key is there twice."""
    agreed = whatif_read.roster(Fields(case, ""))
    start, end = instant(case["start"]), instant(case["end"])
    found = watches(agreed, start, end)
    assert len({each.key for each in found}) == len(found)
    expected = [
        (each.start, each.end, each.state, each.who)
        for each in coverage(agreed, start, end).timeline
        if each.state is not Cover.STAFFED
    ]
    cut = [(max(each.start, start), min(each.end, end), each.state, each.who) for each in found]
    assert joined(cut) == joined(expected)


def joined(told):
    """Return stretches, those alike that touch in one."""
    whole = []
    for start, end, *said in told:
        if whole and whole[-1][1] == start and whole[-1][2:] == said:
            whole[-1][1] = end
        else:
            whole.append([start, end, *said])
    return whole


def test_gaps_and_best_effort_are_appointments_too():
    """Also where no rotation has anybody."""
    nobody = Roster(
        "UTC",
        roster().staffed,
        [Rotation("weekends", date(2026, 6, 5), "17:00", ("ana",), 7, [WEEKEND])],
        best_effort=[("tue", "17:00", "wed", "08:00")],
    )
    found = watches(nobody, at(1, 20), at(4, 0))
    assert [(each.start, each.end, each.state, each.source) for each in found] == [
        (at(1, 17), at(2, 8), Cover.GAP, None),
        (at(2, 17), at(3, 8), Cover.BEST_EFFORT, None),
        (at(3, 17), at(4, 8), Cover.GAP, None),
    ]
    assert len({each.key for each in found}) == 3
