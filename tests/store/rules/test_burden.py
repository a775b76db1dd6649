"""Who carries how much of the watch, and who is asked first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from store.rules.burden import Candidate, burdens, fairest
from store.rules.cover import Band, Change, ChangeKind, Roster, Rotation
from store.rules.hours import CalendarSpec, compile_hours

OFFICE = compile_hours(
    CalendarSpec("UTC", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:00", "17:00"),)))
)
#: A Monday, from which on Ana, Bo and Cy have a week each.
MONDAY = datetime(2026, 6, 1, 17, tzinfo=UTC)
WEEK = timedelta(days=7)


def change(kind: ChangeKind, day: int, who: str, days: int = 1, instead_of: str = "") -> Change:
    """Return a change of whole days from a day of June 2026 on."""
    start = datetime(2026, 6, day)  # noqa: DTZ001
    return Change(kind, start, start + timedelta(days=days), who, instead_of)


def roster(*changes: Change) -> Roster:
    """Return a roster of three who take weeks in turn."""
    rotation = Rotation("main", date(2026, 6, 1), "17:00", ("ana", "bo", "cy"))
    return Roster("UTC", OFFICE, [rotation], changes=changes)


def test_everybody_is_in_it():
    """Also who carried nothing; a fair share is an equal part of what all carried."""
    found = burdens(roster(), MONDAY, MONDAY + 2 * WEEK)
    assert [each.login for each in found] == ["ana", "bo", "cy"]
    whole = found[0].weighted_hours
    assert [each.weighted_hours for each in found] == [whole, whole, 0]
    assert [each.fair_hours for each in found] == [pytest.approx(whole * 2 / 3)] * 3
    assert found[2].by_band == {}
    assert found[0].by_band == {
        Band.EVENING: timedelta(hours=5 * 5 + 5 * 2),
        Band.NIGHT: timedelta(hours=5 * 2 + 5 * 6),
        Band.WEEKEND: timedelta(hours=48),
    }


def test_who_only_stood_in():
    """They are last, and no share would be fair; what they took is still to be shared."""
    found = burdens(
        roster(change(ChangeKind.COVER, 6, "lou", days=2), change(ChangeKind.ABSENT, 9, "bo")),
        MONDAY,
        MONDAY + 2 * WEEK,
    )
    assert [each.login for each in found] == ["ana", "bo", "cy", "lou"]
    assert found[3].weighted_hours == 48 * 2
    assert found[3].fair_hours == 0
    total = sum(each.weighted_hours for each in found)
    assert found[0].fair_hours == pytest.approx(total / 3)


def test_nothing_to_carry():
    """Nobody carries anything in no time, and nothing is fair then."""
    found = burdens(roster(), MONDAY, MONDAY)
    assert [(each.weighted_hours, each.fair_hours) for each in found] == [(0, 0)] * 3


def test_fairest_to_ask():
    """Least burdened first; not who is on watch then, nor who is away for a part of it."""
    now = MONDAY + 2 * WEEK
    agreed = roster(
        change(ChangeKind.COVER, 6, "ana", days=2), change(ChangeKind.COVER, 13, "ana", days=2)
    )
    night = datetime(2026, 6, 16, 17, tzinfo=UTC)
    found = fairest(agreed, night, night + timedelta(hours=2), now)
    assert [each.login for each in found] == ["bo", "ana"]
    assert found[0].weighted_hours < found[0].fair_hours < found[1].weighted_hours
    away = Roster(
        "UTC",
        OFFICE,
        agreed.rotations,
        changes=[*agreed.changes, change(ChangeKind.ABSENT, 16, "bo")],
    )
    assert [each.login for each in fairest(away, night, night + WEEK, now)] == []
    assert [each.login for each in fairest(away, night, night + timedelta(hours=2), now)] == ["ana"]


def test_why_somebody_is_fair_to_ask():
    """In words, against the fair share of the year before."""
    now, tonight = MONDAY + 2 * WEEK, MONDAY + 2 * WEEK
    ana, bo = fairest(roster(), tonight, tonight + timedelta(hours=1), now)
    third = round(ana.weighted_hours / 3)
    assert [ana.why, bo.why] == [f"{third} h more than the fair share"] * 2
    nobody = fairest(roster(), MONDAY, MONDAY + timedelta(hours=1), MONDAY)
    assert nobody == (
        Candidate("bo", 0, 0, "no watch in 12 months"),
        Candidate("cy", 0, 0, "no watch in 12 months"),
    )


def test_equal_burdens_are_fair():
    """Who carries as much as the others is told so, in the order of the roster."""
    now = MONDAY + 3 * WEEK
    found = fairest(roster(), now, now + timedelta(hours=1), now)
    assert [(each.login, each.why) for each in found] == [
        ("bo", "carries the fair share"),
        ("cy", "carries the fair share"),
    ]
