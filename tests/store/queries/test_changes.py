"""What a board hears of the others."""

from __future__ import annotations

from store import commands, queries
from store.words import Happened
from tests.store.people import ANA, BEN, a_request, the


def test_a_board_hears_what_happened_since_it_looked(desk):
    """In the order in which it happened, once."""
    first = a_request(desk)
    seen = queries.last_event_id(desk)
    second = a_request(desk, "Printer jam")
    commands.claim(desk, BEN, the(first))
    changes = queries.changes_since(desk, seen)
    assert [(one.number, one.who, one.what, one.text) for one in changes.events] == [
        (second, "Ana", Happened.RECEIVED, "took it in from Grace Hopper, who walked up: P4"),
        (first, "Ben", Happened.CLAIMED, "claimed it"),
    ]
    assert changes.last_event_id == queries.last_event_id(desk) == changes.events[-1].id
    again = queries.changes_since(desk, changes.last_event_id)
    assert (again.last_event_id, again.events) == (changes.last_event_id, ())


def test_what_was_taken_back_is_marked(desk):
    """A claim that is undone is still told, as undone."""
    number = a_request(desk)
    commands.claim(desk, BEN, the(number))
    commands.undo(desk, BEN)
    events = queries.changes_since(desk, 0).events
    assert [(one.text, one.undone) for one in events] == [
        ("took it in from Grace Hopper, who walked up: P4", False),
        ("claimed it", True),
        ("took back the claim", False),
    ]


def test_a_board_that_was_away_for_long_is_told_in_parts(desk):
    """It asks on from where it is, and misses nothing."""
    for _ in range(5):
        a_request(desk)
    heard: list[int] = []
    at = 0
    while (changes := queries.changes_since(desk, at, most=2)).events:
        heard += [one.number for one in changes.events]
        at = changes.last_event_id
    assert heard == [1001, 1002, 1003, 1004, 1005]


def test_nothing_has_happened_in_an_empty_store(desk):
    """Ids begin at 1; before the first there is 0."""
    assert queries.last_event_id(desk) == 0
    changes = queries.changes_since(desk, 0)
    assert (changes.last_event_id, changes.events) == (0, ())


def test_a_bulk_command_is_told_request_by_request(desk):
    """Each of its requests has a line."""
    numbers = [a_request(desk) for _ in range(3)]
    seen = queries.last_event_id(desk)
    commands.many(desk, commands.claim, ANA, [the(number) for number in numbers])
    assert [one.number for one in queries.changes_since(desk, seen).events] == numbers
