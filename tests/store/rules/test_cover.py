"""Who is on watch for the board, and what is refused in a roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from store.rules.cover import (
    Band,
    Change,
    ChangeKind,
    Cover,
    GapChange,
    Roster,
    Rotation,
    Stretch,
    backup,
    coverage,
    gap_change,
    on_watch,
    with_change,
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


SATURDAY = ("sat", "00:00", "sun", "00:00")


def away(who: str, day: int, days: int = 1, kind: ChangeKind = ChangeKind.ABSENT) -> Change:
    """Return a change of some days of June 2026."""
    start = datetime(2026, 6, day)  # noqa: DTZ001
    return Change(kind, start, start + timedelta(days=days), who)


def test_nobody_can_be_a_choice():
    """Where best effort was agreed on, nobody is no gap; who is there all the same counts."""
    agreed = roster(away("ana", 5, 3), best_effort=[SATURDAY])
    found = coverage(agreed, at(4, 17), at(7, 8))
    assert [(each.state, each.start, each.end) for each in found.timeline] == [
        (Cover.GAP, at(4, 17), at(5, 0)),
        (Cover.BEST_EFFORT, at(5, 0), at(6, 0)),
        (Cover.GAP, at(6, 0), at(7, 0)),
        (Cover.COVERED, at(7, 0), at(7, 8)),
    ]
    assert [gap.start for gap in found.gaps] == [at(4, 17), at(6, 0)]
    somebody = coverage(roster(best_effort=[SATURDAY]), at(4, 17), at(7, 8))
    assert {each.state for each in somebody.timeline} == {Cover.COVERED}


def test_best_effort_is_nothing_while_the_desk_is_there():
    """A window over desk hours changes nothing in them."""
    found = coverage(roster(best_effort=[("mon", "00:00", "sun", "24:00")]), at(1, 9), at(1, 12))
    assert [each.state for each in found.timeline] == [Cover.STAFFED]


@pytest.mark.parametrize(
    ("changes", "hour", "expected"),
    [
        ((), at(1, 10), ""),
        ((), at(1, 20), "bo"),
        ((), at(8, 20), "cy"),
        ((away("bo", 2),), at(1, 20), "cy"),
        ((away("ana", 2),), at(1, 20), "bo"),
        ((away("bo", 2, kind=ChangeKind.COVER),), at(1, 20), "cy"),
        ((away("cy", 2, kind=ChangeKind.COVER),), at(1, 20), "bo"),
        ((away("lou", 2, kind=ChangeKind.COVER), away("bo", 2), away("cy", 2)), at(1, 20), "ana"),
        ((away("ana", 2), away("bo", 2), away("cy", 2)), at(1, 20), ""),
        ((away("bo", 2), away("bo", 2, kind=ChangeKind.ADD)), at(1, 20), "bo"),
    ],
)
def test_backup(changes, hour, expected):
    """The next of the rotation who is somebody else and there; nobody while the desk is."""
    rotation = Rotation("main", date(2026, 6, 1), "17:00", ("ana", "bo", "cy"))
    assert backup(Roster("UTC", OFFICE, [rotation], changes=changes), hour) == expected


def test_no_rotation_no_backup():
    """Where no rotation holds, nobody is next in one."""
    rotation = Rotation("main", date(2026, 6, 8), "17:00", ("ana", "bo"))
    assert backup(Roster("UTC", OFFICE, [rotation]), at(1, 20)) == ""


def test_the_backup_on_the_board():
    """Of who is on watch; while the desk is there, of who comes next."""
    assert on_watch(roster(), at(1, 20)).backup == "bo"
    assert on_watch(roster(), at(1, 10)).backup == "bo"
    assert on_watch(roster(), at(7, 12)).backup == "ana"


def test_what_a_change_does_to_gaps():
    """An absence opens a gap, who comes then closes it."""
    before = roster()
    after = with_change(before, away("ana", 2))
    opened = (
        Stretch(at(1, 0), at(1, 8), Cover.GAP),
        Stretch(at(1, 17), at(2, 0), Cover.GAP),
    )
    assert gap_change(before, after, MONDAY, at(7, 0)) == GapChange(opened, ())
    assert gap_change(after, before, MONDAY, at(7, 0)) == GapChange((), opened)
    filled = with_change(after, away("bo", 2, kind=ChangeKind.ADD))
    assert gap_change(before, filled, MONDAY, at(7, 0)) == GapChange((), ())


def test_changes_over_the_whole_time():
    """However many changes hold at once, the last one that does something counts."""
    many = [
        away(who, 1, 7, kind) for _ in range(300) for who in ("ana", "lou") for kind in ChangeKind
    ]
    found = coverage(roster(*many), at(1, 17), at(2, 8))
    assert [(each.who, each.state) for each in found.timeline] == [(None, Cover.GAP)]
    last = with_change(roster(*many), away("bo", 2, 1, ChangeKind.ADD))
    found = coverage(last, at(1, 17), at(2, 8))
    assert [(each.who, each.source) for each in found.timeline] == [("bo", "add"), (None, None)]


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
