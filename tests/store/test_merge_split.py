"""Merging requests and splitting messages off, and taking either back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.commands import take_in
from store.facts.mail import ledger
from store.facts.messages import message
from store.records import Address
from store.words import Ending, Outcome, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import how, rows, verified
from tests.store.people import ANA, BEN, the

VOSS = Address("Erich Voss", "voss@northgate.example")
LATER = timedelta(hours=2)


def key(uid):
    """Return the Message-ID that a letter with this UID has."""
    return f"{uid}@mail.northgate.example"


def take(desk, *items):
    """Take mails of the mailbox in."""
    return take_in(desk, "help", 7, items)


def places(desk):
    """Return which request has each message."""
    return dict(rows(desk, message, "id", "number"))


@pytest.fixture
def two(desk, clock):
    """Two requests of two people about one projector, the second two hours later."""
    take(desk, letter(1, NOW))
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "The beamer is dead", sender=VOSS))
    return desk


def test_a_merged_request_is_part_of_the_other(two):
    """Its messages are in one conversation, and the other's clocks begin with the earlier."""
    done = commands.merge(two, BEN, the(1001, 1), into=1002)
    assert done.text == "#1001 merged into #1002"
    assert how(two, 1001)["state"] == State.MERGED
    assert not how(two, 1001)["live"]
    assert how(two, 1001)["due_at"] is None
    stays = queries.request(two, 1002)
    assert [each.text.split(",")[0] for each in stays.messages] == [
        "Projector dead",
        "The beamer is dead",
    ]
    assert stays.row.received_at == NOW
    assert stays.merged == (1001,)
    assert queries.request(two, 1001).merged_into == 1002
    assert queries.request(two, 1001).history[-1].text == "merged it into #1002"
    assert stays.history[-1].text == "merged #1001 into it"
    assert verified(two) == []


def test_a_merger_is_taken_back_with_one_key(two):
    """Both stand as they did, clocks included."""
    before = [dict(how(two, number)) for number in (1001, 1002)]
    commands.merge(two, BEN, the(1001), into=1002)
    commands.undo(two, BEN)
    after = [dict(how(two, number)) for number in (1001, 1002)]
    for old, new in zip(before, after, strict=True):
        assert {**old, "version": 3, "changed_at": two.clock.now()} == new
    assert places(two) == {1: 1001, 2: 1002}
    assert verified(two) == []


def test_a_split_message_opens_a_request_of_its_own(desk, clock):
    """As if it had: the one it went out of is resolved again, and later replies follow it."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "Re: projector", refers_to=(key(1),), text="New laptop"))
    assert how(desk, 1001)["state"] == State.OPEN
    done = commands.split(desk, ANA, the(1001, 3))
    assert done.text == "#1002 split off from #1001"
    assert how(desk, 1001)["state"] == State.RESOLVED
    assert how(desk, 1001)["due_at"] is None
    opened = how(desk, 1002)
    assert (opened["state"], opened["linked_to"]) == (State.NEW, 1001)
    assert opened["received_at"] == clock.now()
    assert opened["due_at"] > clock.now()
    assert rows(desk, ledger, "uid", "outcome", "number") == [
        (1, "opened", 1001),
        (2, "opened", 1002),
    ]
    assert verified(desk) == []
    (later,) = take(
        desk, letter(3, clock.now(), "Re: [#1001]", refers_to=(key(1), key(2)), tags=(1001,))
    )
    assert (later.outcome, later.number) == (Outcome.FOLLOWED_UP, 1002)
    assert verified(desk) == []
