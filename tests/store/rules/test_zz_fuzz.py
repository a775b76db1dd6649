"""The rules agree with stepping through time a minute at a time."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings

from store.rules.whatif import answer
from tests.store.rules import case_strategies as cases
from tests.store.rules import minute_clocks, minute_cover, minute_reference

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


@few(300)
@given(cases.deadlines())
def test_due_times(case):
    """A deadline is the first minute with enough open minutes behind it."""
    assert computed("deadline", case) == stepped(minute_reference.deadline, case, HORIZON)


@few(300)
@given(cases.elapsed())
def test_open_time(case):
    """Open time is the number of minutes that are open."""
    assert computed("elapsed", case) == minute_reference.elapsed(case)


@few(2500)
@given(cases.clocks())
def test_clocks(case):
    """The four clocks say what counting minutes says, whatever happens in whatever order."""
    assert computed("clock", case) == stepped(minute_clocks.clock, case, HORIZON)


@few(1500)
@given(cases.covers())
def test_cover(case):
    """Cover is who the rules put there in each minute."""
    expected = minute_cover.coverage(case)
    found = computed("coverage", case)
    assert {
        **found,
        "weighted_hours": pytest.approx(found["weighted_hours"], abs=0.011),
    } == expected
