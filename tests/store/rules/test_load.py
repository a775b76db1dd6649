"""Load: priority, age, and what does not count."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.rules.load import Burdening, LoadRules, age_factor, load, over, weight
from store.words import Priority, State
from tests.conftest import NOW

HOUR = timedelta(hours=1)
RULES = LoadRules()


def one(priority=Priority.P3, state=State.OPEN, due=HOUR, warn_75=HOUR / 2):
    """Return a request that is due after ``due``; None: never."""
    return Burdening(
        priority,
        state,
        None if due is None else NOW + due,
        None if warn_75 is None else NOW + warn_75,
    )


@pytest.mark.parametrize(
    ("due", "warn_75", "factor"),
    [
        (HOUR, HOUR / 2, 1),
        (HOUR, timedelta(), 1.5),
        (HOUR, -HOUR, 1.5),
        (timedelta(), -HOUR, 1.5),
        (-timedelta(microseconds=1), -HOUR, 2),
        (None, None, 1),
    ],
)
def test_what_is_late_weighs_more(due, warn_75, factor):
    """Half as much again from 75 % on, twice when overdue; due at this instant is not late yet."""
    given = one(due=due, warn_75=warn_75)
    assert age_factor(given.due, given.warn_75, NOW) == factor


@pytest.mark.parametrize(("priority", "weighs"), [("P1", 4), ("P2", 3), ("P3", 2), ("P4", 1)])
def test_the_priority_weighs(priority, weighs):
    """As long as the policy does not say otherwise."""
    given = one(Priority(priority))
    assert weight(given, RULES, NOW) == weighs
    assert weight(given, LoadRules(dict.fromkeys(Priority, 0.5)), NOW) == 0.5


@pytest.mark.parametrize("state", [State.WAITING_REQUESTER, State.WAITING_SUPPLIER])
def test_what_waits_for_others_weighs_nothing(state):
    """Even if it is late by a clock that goes on."""
    assert weight(one(state=state, due=-HOUR), RULES, NOW) == 0


def test_a_load_is_the_sum():
    """4 × 2 + 3 × 1.5 + 1."""
    some = [
        one(Priority.P1, due=-HOUR),
        one(Priority.P2, warn_75=-HOUR),
        one(Priority.P4, state=State.NEW),
        one(Priority.P1, state=State.WAITING_REQUESTER),
    ]
    assert (load(some, RULES, NOW), load([], RULES, NOW)) == (13.5, 0)


@pytest.mark.parametrize(
    ("carried", "capacity", "too_much"),
    [(10, 10, False), (10.04, 10, False), (10.1, 10, True), (0, 0, False)],
)
def test_more_than_the_capacity_is_told(carried, capacity, too_much):
    """As the screen writes figures: what reads the same is the same."""
    assert over(carried, capacity) is too_much
