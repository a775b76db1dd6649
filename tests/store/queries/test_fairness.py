"""How often urgency is claimed, and how often it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from store import commands, queries
from store.facts.requests import request
from store.fairness_records import Claims
from store.records import Address
from store.rules.periods import Period
from store.words import Level
from tests.conftest import NOW
from tests.store.people import ANA, BEN, a_request, the

OFFICE = Address("Cassandra Voss", "voss@northgate.example")
STRANGER = Address("Somebody", "x@elsewhere.example")


def ask(desk, count, *, claimed=True, impact=Level.LOW, **more):
    """Open requests; return the last one's number."""
    numbers = [a_request(desk, impact=impact, urgency=Level.LOW, **more) for _ in range(count)]
    with desk.writing() as writing:
        these = update(request).where(request.c.number.in_(numbers))
        writing.connection.execute(these.values(claimed_urgent=claimed))
    return numbers[-1]


def test_departments_are_named_to_leads(desk):
    """Who claims most comes first; those of no department are counted too."""
    ask(desk, 3, claimed=False)
    ask(desk, 2, requester=OFFICE)
    ask(desk, 1, claimed=False, requester=STRANGER)
    view = queries.claims(desk, ANA)
    assert view.since == NOW - timedelta(weeks=12)
    assert view.team == Claims("", 6, 2, None, None)
    assert view.departments == (
        Claims("office", 2, 2, None, None),
        Claims("maths", 3, 0, None, None),
        Claims("", 1, 0, None, None),
    )
    assert queries.claims(desk, BEN).departments == ()
    assert queries.claims(desk, replace(ANA, read_only=True)).departments == ()
    assert queries.claims(desk, BEN).team == view.team


@pytest.mark.parametrize(
    ("claimed", "really", "told", "share"),
    [(5, 3, None, None), (6, 3, 3, None), (19, 4, 4, None), (20, 5, 5, 0.25)],
)
def test_few_claims_tell_no_more_than_their_count(desk, claimed, really, told, share):
    """From six on how many were urgent, from twenty on their share."""
    ask(desk, really, impact=Level.HIGH)
    with desk.writing() as writing:
        writing.connection.execute(update(request).values(priority="P2"))
    ask(desk, claimed - really)
    assert queries.claims(desk, ANA).team == Claims("", claimed, claimed, told, share)


def test_an_emergency_is_really_urgent_until_it_is_stood_down(desk):
    """What was rated or declared since counts as it is now."""
    number = ask(desk, 6)
    assert queries.claims(desk, ANA).team.really == 0
    commands.emergency(desk, ANA, the(number), "Everything is dark")
    assert queries.claims(desk, ANA).team.really == 1
    commands.stand_down(desk, ANA, the(number), "It was the switch")
    assert queries.claims(desk, ANA).team.really == 0


def test_what_is_older_than_the_period_is_history(desk, clock):
    """It counts no more; without another wish these are twelve weeks."""
    ask(desk, 2)
    clock.advance(timedelta(weeks=12, seconds=1))
    assert queries.claims(desk, ANA).team == Claims("", 0, 0, None, None)
    assert queries.claims(desk, ANA, Period.YEAR).team == Claims("", 2, 2, None, None)
