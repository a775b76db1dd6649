"""When a request was first answered: kept with its clocks, worked out for old ones."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from store import commands
from store.errors import CommandRefused
from store.facts.requests import request
from store.records import Address
from store.words import Ending
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import how, verified
from tests.store.people import ANA, BEN, a_request, the

MINUTE = timedelta(minutes=1)
BEN_BY_MAIL = Address("Ben Okafor", "ben@northgate.example")


def test_the_first_answer_counts_and_no_later_one(desk, clock):
    """Neither notes nor acknowledgements nor a claim."""
    number = a_request(desk)
    clock.advance(MINUTE)
    commands.claim(desk, BEN, the(number))
    commands.note(desk, BEN, the(number), "A lamp?")
    assert how(desk, number)["answered_at"] is None
    at = clock.advance(MINUTE)
    commands.reply(desk, BEN, the(number), "Which room?")
    clock.advance(MINUTE)
    commands.reply(desk, BEN, the(number), "And since when?")
    commands.resolve(desk, BEN, the(number), Ending.FIXED)
    assert how(desk, number)["answered_at"] == at


def test_a_resolution_is_an_answer_until_it_is_taken_back(desk, clock):
    """As it is to the clock of the first response."""
    number = a_request(desk)
    at = clock.advance(MINUTE)
    commands.resolve(desk, BEN, the(number), Ending.FIXED)
    assert how(desk, number)["answered_at"] == at
    commands.undo(desk, BEN)
    assert how(desk, number)["answered_at"] is None
    assert verified(desk) == []


def test_a_row_that_says_otherwise_is_found_and_mended(desk):
    """It is a cache of what the events say."""
    number = a_request(desk)
    with desk.store.engine.begin() as connection:
        connection.execute(update(request).values(answered_at=NOW))
    assert f"#{number}: answered_at is" in " ".join(verified(desk))
    assert commands.rebuild(desk) == 1
    assert verified(desk) == []


DEEDS = {
    "reply": lambda desk, number, _at: commands.reply(desk, BEN, the(number), "Looking"),
    "note": lambda desk, number, _at: commands.note(desk, ANA, the(number), "Hm"),
    "resolve": lambda desk, number, _at: commands.resolve(desk, BEN, the(number), Ending.DONE),
    "reopen": lambda desk, number, _at: commands.reopen(desk, ANA, the(number)),
    "undo": lambda desk, _number, _at: commands.undo(desk, BEN),
    "mail": lambda desk, number, at: mail(desk, number, at, BEN_BY_MAIL),
    "asks": lambda desk, number, at: mail(desk, number, at, None),
}


def mail(desk, number, at, sender):
    """Let somebody write about a request."""
    more = {"sender": sender} if sender else {}
    uid = int(at.timestamp())
    commands.take_in(desk, "help", 1, [letter(uid, at, "Re: x", tags=(number,), **more)])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(sorted(DEEDS)), max_size=9))
def test_the_migration_finds_what_the_clocks_say(desk, clock, deeds):
    """For the requests of an older version it is worked out by the database."""
    number = a_request(desk)
    for deed in deeds:
        at = clock.advance(MINUTE)
        try:
            DEEDS[deed](desk, number, at)
        except CommandRefused:
            continue
    before = how(desk, number)["answered_at"]
    with desk.writing() as writing:
        writing.connection.execute(update(request).values(answered_at=None))
        writing.connection.execute(text(statement(desk.store.dialect)))
    assert how(desk, number)["answered_at"] == before


def statement(dialect):
    """Return how the migration works it out."""
    migration = import_module("store.facts.migrations.versions.0005_promises_answers_endings")
    return migration._ANSWERED.format(by=migration._BY[dialect])
