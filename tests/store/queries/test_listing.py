"""Lists for the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.words import Ending, Level, State
from tests.store.people import ANA, BEN, a_request, the

DAY = timedelta(days=1)


@pytest.fixture
def mixed(desk, clock):
    """Six requests in several states, asked an hour apart; 1006 is the most pressing."""
    for place in range(6):
        level = Level.HIGH if place == 5 else Level.MEDIUM
        a_request(desk, f"No. {place}", impact=level, urgency=level)
        clock.advance(timedelta(minutes=1))
    commands.claim(desk, BEN, the(1002))
    commands.claim(desk, BEN, the(1003))
    commands.snooze(desk, BEN, the(1003), clock.now() + DAY)
    commands.resolve(desk, BEN, the(1004), Ending.FIXED)
    commands.resolve(desk, ANA, the(1005), Ending.FIXED)
    commands.close(desk, ANA, the(1005))
    return desk


def numbers(rows) -> list[int]:
    """Return the numbers of rows."""
    return [row.number for row in rows]


def test_live_requests_are_in_the_order_of_the_board(mixed):
    """What is due first comes first, what is put aside last."""
    assert numbers(queries.requests(mixed)) == [1006, 1001, 1002, 1003]


def test_ended_requests_come_after_the_live_ones_newest_first(mixed):
    """Everything there ever was, if it is wanted."""
    everything = queries.requests(mixed, states=tuple(State), limit=None)
    assert numbers(everything) == [1006, 1001, 1002, 1003, 1005, 1004]


NARROWED = [
    ({"states": (State.NEW,)}, [1006, 1001]),
    ({"states": (State.RESOLVED,)}, [1004]),
    ({"states": (State.OPEN, State.CLOSED)}, [1002, 1003, 1005]),
    ({"states": ()}, []),
    ({"assignee": "ben"}, [1002, 1003]),
    ({"assignee": ""}, [1006, 1001]),
    ({"assignee": "ben", "states": tuple(State)}, [1002, 1003, 1004]),
    ({"search": "no"}, [1006, 1001, 1002, 1003]),
    ({"search": "@me", "me": "ben"}, [1002, 1003]),
    ({"search": "no", "states": (State.RESOLVED, State.CLOSED)}, [1005, 1004]),
    ({"search": "#1004", "states": tuple(State)}, [1004]),
    ({"search": "#1004"}, []),
    ({"search": "nothing has this"}, []),
    ({"limit": 2}, [1006, 1001]),
    ({"limit": 5, "states": tuple(State)}, [1006, 1001, 1002, 1003, 1005]),
    ({"limit": 1, "search": "no"}, [1006]),
    ({"limit": 0}, []),
]


def test_a_list_can_be_narrowed_down(mixed):
    """By state, person, words and length, in the same order."""
    found = [(wanted, numbers(queries.requests(mixed, **wanted))) for wanted, _ in NARROWED]
    assert found == NARROWED
