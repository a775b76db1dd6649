"""The rules agree with stepping through time a minute at a time."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from store.rules import cover, whatif_read
from store.rules.whatif import answer
from store.rules.whatif_fields import Fields
from tests.store.rules import case_strategies as cases
from tests.store.rules import minute_clocks, minute_cover, minute_reference

MINUTE = minute_reference.MINUTE
HORIZON = timedelta(days=25)
CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def few(examples):
    """Return the settings of a slow property."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=CHECKS)


def computed(kind, given_):
    """Return what the program answers."""
    found = answer(json.dumps({"id": "x", "kind": kind, "input": given_}))
    assert found.error == ""
    return found.result


def stepped(step, *args):
    """Return what stepping answers; beyond the minutes it looks at, the case is no use."""
    try:
        return step(*args)
    except IndexError:
        assume(False)


@few(100)
@given(cases.deadlines())
def test_due_times(case):
    """A deadline is the first minute with enough open minutes behind it."""
    assert computed("deadline", case) == stepped(minute_reference.deadline, case, HORIZON)


@few(100)
@given(cases.elapsed())
def test_open_time(case):
    """Open time is the number of minutes that are open."""
    assert computed("elapsed", case) == minute_reference.elapsed(case)


@few(70)
@given(cases.clocks())
def test_clocks(case):
    """The four clocks say what counting minutes says, whatever happens in whatever order."""
    assert computed("clock", case) == stepped(minute_clocks.clock, case, HORIZON)


@few(40)
@given(cases.covers())
def test_cover(case):
    """Cover is who the rules put there in each minute."""
    expected = minute_cover.coverage(case)
    found = computed("coverage", case)
    assert {
        **found,
        "weighted_hours": pytest.approx(found["weighted_hours"], abs=0.011),
    } == expected


@few(25)
@given(cases.covers())
def test_backup(case):
    """The backup is the next of the rotation that holds who is not away."""
    start, end = (minute_reference.instant(case[name]) for name in ("start", "end"))
    agreed = whatif_read.roster(Fields(case, ""))
    watch = minute_cover.Watch(case["roster"], start, end)
    for part in range(8):
        at = start + part * (end - start) // 8 // MINUTE * MINUTE
        assert cover.backup(agreed, at) == watch.backup(at)


@few(25)
@given(cases.covers(), st.data())
def test_what_a_change_does_to_gaps(case, data):
    """Gaps before, without those closed and with those opened, are the gaps after."""
    start, end = (minute_reference.instant(case[name]) for name in ("start", "end"))
    people = st.sampled_from(("ana", "bo"))
    changed = case["roster"] | {"changes": [data.draw(cases.roster_changes(start.date(), people))]}
    change = whatif_read.roster(Fields({"roster": changed}, "")).changes[0]
    before = whatif_read.roster(Fields(case, ""))
    after = cover.with_change(before, change)
    done = cover.gap_change(before, after, start, end)
    old, new = (minutes(cover.coverage(each, start, end).gaps) for each in (before, after))
    assert (minutes(done.opened), minutes(done.closed)) == (new - old, old - new)


def minutes(stretches):
    """Return every minute of some stretches."""
    return {
        each.start + number * MINUTE
        for each in stretches
        for number in range((each.end - each.start) // MINUTE)
    }
