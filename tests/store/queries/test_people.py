"""Who is on the desk, who is here, who looks at what."""

from __future__ import annotations

from store import commands, queries
from store.commands.looking import GONE_AFTER
from store.records import Actor, Colleague, Reader
from store.words import Role, State
from tests.store.people import ANA, BEN, CHI, a_request, the


def test_everybody_who_can_be_given_work_is_listed(desk):
    """By name, with what they have, what of it waits, and whether they are in."""
    numbers = [a_request(desk) for _ in range(3)]
    for number in numbers:
        commands.claim(desk, BEN, the(number))
    commands.wait(desk, BEN, the(numbers[0]), State.WAITING_SUPPLIER)
    commands.presence(desk, CHI, None)
    assert queries.colleagues(desk) == [
        Colleague("ana", "Ana Lovelace", Role.LEAD, live=0, waiting=0, present=False),
        Colleague("ben", "Ben Okafor", Role.TECHNICIAN, live=3, waiting=1, present=False),
        Colleague("chi", "Chi Nakamura", Role.TECHNICIAN, live=0, waiting=0, present=True),
        Colleague("dee", "Dee Ostrom", Role.TECHNICIAN, live=0, waiting=0, present=False),
    ]


def test_two_people_in_one_request_see_each_other(desk):
    """Each sees the other, and not themselves."""
    number = a_request(desk)
    commands.presence(desk, ANA, number)
    commands.presence(desk, BEN, number)
    commands.presence(desk, CHI, None)
    assert queries.reading(desk, ANA) == {number: (Reader("ben"),)}
    assert queries.reading(desk, CHI) == {number: (Reader("ana"), Reader("ben"))}
    assert queries.present(desk) == {"ana", "ben", "chi"}


def test_who_writes_a_reply_is_seen_to(desk):
    """On whichever of their boards; nobody writes on the queue, and all ends with the reply."""
    number = a_request(desk)
    commands.presence(desk, BEN, number, "left", writing=True)
    commands.presence(desk, BEN, number, "right")
    commands.presence(desk, CHI, number)
    assert queries.reading(desk, ANA) == {number: (Reader("ben", writing=True), Reader("chi"))}
    commands.presence(desk, BEN, number, "left")
    commands.presence(desk, CHI, None, writing=True)
    assert queries.reading(desk, ANA) == {number: (Reader("ben"),)}


def test_who_says_nothing_any_more_is_gone(desk, clock):
    """A board that was cut off does not stay in a request for ever."""
    number = a_request(desk)
    commands.presence(desk, ANA, number)
    clock.advance(GONE_AFTER)
    assert queries.reading(desk, BEN) == {}
    assert queries.present(desk) == frozenset()


def test_who_has_gone_on_is_not_there_any_more(desk):
    """A board shows one request at a time, or the queue."""
    number, other = a_request(desk), a_request(desk)
    commands.presence(desk, ANA, number)
    commands.presence(desk, ANA, other)
    assert queries.reading(desk, BEN) == {other: (Reader("ana"),)}
    commands.absence(desk, ANA)
    assert queries.reading(desk, BEN) == {}


def test_the_wall_is_nobody(desk):
    """A board without a login shows no name to others."""
    number = a_request(desk)
    commands.presence(desk, Actor("", "", read_only=True), number, board="wall")
    assert queries.reading(desk, BEN) == {}
