"""The figures of end-runs, against counts made another way."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.end_run_records import Period, Run, RunCount, Speed
from store.facts.columns import microseconds
from store.rules import end_run_stats as stats
from store.rules.hours import compile_hours
from tests.conftest import NOW
from tests.rulebook import OFFICE

LONDON = ZoneInfo("Europe/London")
SINCE = datetime(2026, 9, 7, tzinfo=LONDON)
CHANNELS = ("direct_mail", "walk_up", "phone", "chat", "forwarded")

RUNS = st.lists(
    st.builds(
        Run,
        person=st.sampled_from(["ana", "ben", "chi"]),
        at=st.timedeltas(timedelta(0), NOW - SINCE).map(
            lambda later: SINCE.astimezone(UTC) + later
        ),
        channel=st.sampled_from(CHANNELS),
        requester=st.integers(1, 4),
        department=st.sampled_from(["", "maths", "office"]),
        minutes=st.none() | st.integers(0, 90),
        emergency=st.booleans(),
        probable=st.booleans(),
    ),
    max_size=40,
)


@given(RUNS)
def test_counts_are_those_of_counting(runs):
    """Each figure by a loop of its own."""
    known = [run.minutes for run in runs if run.minutes is not None]
    assert stats.counted(runs) == RunCount(
        len(runs),
        len([run for run in runs if run.emergency]),
        len([run for run in runs if run.probable]),
        sum(known),
        len(known),
        len([run for run in runs if run.channel in {"walk_up", "phone", "chat"}]),
    )


@given(RUNS, st.dictionaries(st.sampled_from(["ana", "ben", "dee"]), st.integers(0, 40)))
def test_the_parts_are_as_much_as_the_whole(runs, others):
    """By person, requester, channel, hour and week: nothing is lost and nothing counted twice."""
    people = stats.by_person(runs, others)
    assert {one.login: one.runs.count for one in people} == Counter(run.person for run in runs)
    for one in people:
        work = one.runs.count + others.get(one.login, 0)
        assert one.work == work
        assert one.share == (one.runs.count / work if work >= 20 else None)
    assert [one.runs.count for one in people] == sorted(
        (one.runs.count for one in people), reverse=True
    )
    requesters = stats.tallies(runs, lambda run: run.requester)
    assert {one.key: one.count for one in requesters} == Counter(str(r.requester) for r in runs)
    assert sum(one.emergencies for one in requesters) == sum(run.emergency for run in runs)
    assert sum(stats.by_hour(runs, LONDON)) == len(runs)
    assert sum(one.count for one in stats.by_week(runs, NOW, LONDON)) == len(runs)


def test_weeks_begin_on_monday_by_the_desks_own_clock():
    """Summer time ended in one of them: its Sunday has an hour more."""
    late = datetime(2026, 10, 25, 23, 59, tzinfo=LONDON)
    weeks = stats.by_week([_run(late), _run(late + timedelta(minutes=1))], NOW, LONDON)
    assert [week.key for week in weeks][:1] == ["2026-09-07"]
    assert {week.key: week.count for week in weeks if week.count} == {
        "2026-10-19": 1,
        "2026-10-26": 1,
    }
    assert len(weeks) == 12
    assert stats.monday(NOW, LONDON, 12) == SINCE
    assert stats.by_hour([_run(late)], LONDON)[23] == 1


def _run(at: datetime, **more: object) -> Run:
    return Run("ben", at.astimezone(UTC), "walk_up", 1, **more)


@pytest.mark.parametrize(
    ("period", "days", "passed"),
    [(Period.WEEK, 0.5, 1), (Period.FOUR_WEEKS, 24.5, 3.5), (Period.FOUR_WEEKS, 28, 4)],
)
def test_what_is_told_per_week_is_divided_by_the_weeks_that_have_passed(period, days, passed):
    """A week that has just begun does not make the others look better; one is the least."""
    assert stats.weeks_passed(period, SINCE, SINCE + timedelta(days=days)) == passed


@given(
    st.lists(
        st.tuples(
            st.timedeltas(timedelta(0), timedelta(days=14)),
            st.timedeltas(timedelta(0), timedelta(days=5)),
        ),
        max_size=40,
    )
)
def test_answers_are_measured_in_open_time(asked):
    """As the clocks measure it, nights and lunch left out."""
    hours = compile_hours(OFFICE)
    pairs = [(NOW + later, NOW + later + taken) for later, taken in asked]
    until = NOW + timedelta(days=30)
    spans = hours.spans(microseconds(NOW), microseconds(until))
    told = stats.speed([(microseconds(a), microseconds(b)) for a, b in pairs], spans)
    if len(pairs) < 6:
        assert told == Speed(len(pairs))
        return
    taken = sorted(hours.open_between(a, b) for a, b in pairs)
    middle = median(each.total_seconds() for each in taken)
    assert told.n == len(pairs)
    assert abs(told.median.total_seconds() - middle) < 1e-5
    assert told.low in taken
    assert told.high in taken
    assert told.low <= told.median <= told.high


@pytest.mark.parametrize(("one", "other", "may"), [(30, 30, True), (29, 300, False)])
def test_two_medians_are_compared_where_there_are_enough_of_both(one, other, may):
    """Thirty of each."""
    assert stats.comparable(Speed(one), Speed(other)) is may


def test_each_interruption_costs_a_quarter_of_an_hour_beside_its_minutes():
    """It is an assumption; mail interrupts nobody."""
    runs = [_run(NOW), _run(NOW), Run("ben", NOW, "direct_mail", 1)]
    assert stats.counted(runs).focus_lost == timedelta(minutes=30)
