"""Who is on watch for the board, and what is refused in a roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from store.rules.cover import (
    Band,
    Change,
    ChangeKind,
    Cover,
    Roster,
    Rotation,
    Stretch,
    coverage,
    on_watch,
)
from store.rules.hours import CalendarSpec, compile_hours

OFFICE = compile_hours(
    CalendarSpec("UTC", dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:00", "17:00"),)))
)
#: A Monday.
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)


def at(days: int, hour: int) -> datetime:
    """Return an hour some days after that Monday."""
    return MONDAY + timedelta(days=days, hours=hour)


def roster(*changes: Change, **more) -> Roster:
    """Return a roster of two who take weeks in turn, from Monday 17:00."""
    rotation = Rotation("main", date(2026, 6, 1), "17:00", ("ana", "bo"))
    return Roster("UTC", OFFICE, [rotation], changes=changes, **more)


def test_on_watch_while_the_desk_is_there():
    """Now nobody; next who comes in the evening; no gaps."""
    watch = on_watch(roster(), at(1, 10))
    assert watch.now == Stretch(at(1, 10), at(1, 17), Cover.STAFFED)
    assert watch.next == Stretch(at(1, 17), at(2, 8), Cover.COVERED, "ana", "main")
    assert watch.gaps == ()


def test_next_is_somebody_else():
    """Ana has the nights of this week; after her comes Bo."""
    watch = on_watch(roster(), at(1, 20))
    assert (watch.now.who, watch.now.end) == ("ana", at(2, 8))
    assert (watch.next.who, watch.next.start) == ("bo", at(7, 17))


def test_gaps_of_the_next_fortnight():
    """The gap that is on counts; one in three weeks does not."""
    away = [
        Change(ChangeKind.ABSENT, datetime(2026, 6, day), datetime(2026, 6, day + 1), who)  # noqa: DTZ001
        for day, who in ((2, "ana"), (6, "ana"), (23, "bo"))
    ]
    watch = on_watch(roster(*away), at(1, 20))
    assert watch.now.state is Cover.GAP
    assert [(gap.start, gap.end) for gap in watch.gaps] == [
        (at(1, 20), at(2, 0)),
        (at(5, 0), at(6, 0)),
    ]


def test_watch_to_the_microsecond():
    """A board asks at any instant; its stretch begins then."""
    now = at(1, 20) + timedelta(microseconds=7)
    assert on_watch(roster(), now).now.start == now


def test_burden_by_band_and_weight():
    """A weekend and a holiday weigh more; bands without time are not there."""
    found = coverage(roster(holidays=[date(2026, 6, 8)]), at(4, 17), at(7, 8))
    assert found.burden == {
        "ana": {
            Band.EVENING: timedelta(hours=5),
            Band.NIGHT: timedelta(hours=2),
            Band.WEEKEND: timedelta(hours=48),
            Band.HOLIDAY: timedelta(hours=8),
        }
    }
    assert found.weighted_hours("ana") == pytest.approx(5 + 2 * 1.5 + 48 * 2 + 8 * 3)
    assert found.weighted_hours("bo") == 0


def test_no_time_has_no_cover():
    """An empty stretch has an empty timeline."""
    assert coverage(roster(), MONDAY, MONDAY).timeline == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"handoff": "25:00"}, '"25:00" is not a time of day'),
        ({"every_days": 0}, "a turn lasts at least 1 day, not 0"),
        ({"people": ()}, 'nobody is in the rotation "main"'),
        ({"windows": [("fri", "17:00", "monday", "08:00")]}, '"monday" is not a day'),
        ({"windows": [("fri", "17", "mon", "08:00")]}, '"17" is not a time of day'),
    ],
)
def test_what_is_no_rotation_is_refused(changed, said):
    """The message is for the person who wrote it."""
    whole = {"id": "main", "first_date": date(2026, 6, 1), "handoff": "17:00", "people": ("ana",)}
    with pytest.raises(ValueError, match=r".") as refused:
        Rotation(**whole | changed)
    assert said in str(refused.value)
