"""Emergencies from beginning to end: by the catalogue or by hand, stood down, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from store import commands, queries
from store.errors import NotPossible
from store.facts.requests import request
from store.queries.integrity import problems
from store.records import DESK
from store.rulebook import AnswerRules
from store.words import ClockStatus, Ending, Happened, Level, Metric, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, a_request, the

QUARTER = timedelta(minutes=15)


@pytest.fixture
def desk(desk):
    """A desk where a projector that keeps many from working is an emergency."""
    projector = replace(desk.rules.services["projector"], emergency_impact=Level.MEDIUM)
    services = {**desk.rules.services, "projector": projector}
    desk.rules = replace(desk.rules, services=services)
    return desk


def stands(desk, number=1001):
    """Return the request in full."""
    return queries.request(desk, number)


def first(desk, number=1001):
    """Return its clock of the first response."""
    return next(
        each for each in stands(desk, number).clocks if each.metric is Metric.FIRST_RESPONSE
    )


def test_a_mail_that_the_catalogue_calls_an_emergency_is_one_from_its_receipt(desk):
    """At night too: its clock runs round the clock, and its history says why."""
    night = NOW - timedelta(hours=8)
    commands.take_in(desk, "help", 1, [letter(1, night)])
    view = stands(desk)
    assert (view.emergency_at, view.row.emergency, view.row.state) == (night, True, State.NEW)
    assert [each.what for each in view.history] == [Happened.RECEIVED, Happened.EMERGENCY]
    declared = view.history[1]
    assert (declared.login, declared.at) == ("", night)
    assert declared.text == ("declared an emergency: Projectors, impact medium, by the catalogue")
    assert (first(desk).calendar, first(desk).breached_at) == ("always", (night + QUARTER,))
    assert list(problems(desk)) == []


def test_its_acknowledgement_promises_what_an_emergency_is_promised(desk):
    """And does not tell when the desk opens."""
    desk.rules = replace(desk.rules, answers=AnswerRules())
    desk.clock.advance(timedelta(hours=12))
    commands.take_in(desk, "help", 1, [letter(1, desk.clock.now())])
    text = stands(desk).messages[-1].text
    assert "our first answer by today at 22:57." in text
    assert "closed" not in text


@pytest.mark.parametrize(
    ("impact", "service", "is_one"),
    [
        (Level.HIGH, "projector", True),
        (Level.MEDIUM, "projector", True),
        (Level.LOW, "projector", False),
        (Level.HIGH, "printing", False),
        (Level.HIGH, "", False),
    ],
)
def test_what_somebody_takes_in_at_the_counter_goes_by_the_catalogue_too(
    desk, impact, service, is_one
):
    """By impact on the organisation, and only where the service has the rule."""
    number = a_request(desk, impact=impact, service=service)
    assert stands(desk, number).row.emergency is is_one
    assert list(problems(desk)) == []


def test_what_was_split_off_is_an_emergency_as_if_it_had_opened_the_request(desk):
    """Taking the split back is still possible: nobody has done anything to it."""
    with_rule, desk.rules = desk.rules, replace(desk.rules, services={})
    commands.take_in(desk, "help", 1, [letter(1, NOW), letter(2, NOW, tags=(1001,))])
    desk.rules = with_rule
    commands.split(desk, ANA, the(1001))
    assert stands(desk, 1002).row.emergency
    commands.undo(desk, ANA)
    assert stands(desk, 1002).merged_into == 1001
    assert list(problems(desk)) == []


def test_a_rating_that_the_catalogue_would_call_an_emergency_says_so(desk):
    """It declares nothing by itself."""
    number = a_request(desk, impact=Level.LOW, service="projector")
    done = commands.rate(desk, BEN, the(number), Level.HIGH, Level.HIGH)
    assert done.text.endswith("; by the catalogue that is an emergency: declare it")
    assert not stands(desk, number).row.emergency


def test_standing_down_takes_the_clocks_back_to_the_priority(desk, clock):
    """A sentence says why; what was late as an emergency was late."""
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    clock.advance(2 * QUARTER)
    with pytest.raises(NotPossible, match="needs some words"):
        commands.stand_down(desk, ANA, the(1001), " ")
    done = commands.stand_down(desk, ANA, the(1001), "Only one room")
    assert done.text == "#1001 is no emergency any more: P3"
    view = stands(desk)
    assert (view.emergency_at, view.row.emergency) == (None, False)
    assert view.history[-1].text == "stood it down, it is no emergency: Only one room"
    assert (first(desk).calendar, first(desk).due) == ("desk", NOW + timedelta(hours=4, minutes=30))
    assert first(desk).breached_at == (NOW + QUARTER,)
    assert list(problems(desk)) == []
    with pytest.raises(NotPossible, match="is no emergency"):
        commands.stand_down(desk, ANA, the(1001), "Again")


def test_standing_down_can_be_taken_back_and_so_can_the_declaration(desk, clock):
    """Each leaves the clocks as they would be without it."""
    number = a_request(desk)
    before = first(desk, number).due
    commands.emergency(desk, ANA, the(number), "Everything is dark")
    declared = first(desk, number).due
    clock.advance(timedelta(minutes=5))
    commands.stand_down(desk, ANA, the(number), "It was the switch")
    assert first(desk, number).due == before
    (done,) = commands.undo(desk, ANA)
    assert done.text == f"#{number}: standing down taken back"
    assert (stands(desk, number).emergency_at, first(desk, number).due) == (NOW, declared)
    commands.undo(desk, ANA)
    assert (stands(desk, number).row.emergency, first(desk, number).due) == (False, before)
    assert list(problems(desk)) == []


def test_nobody_is_on_an_emergency_any_more_that_was_stood_down(desk):
    """Who had answered the call is free."""
    number = a_request(desk)
    commands.emergency(desk, ANA, the(number), "Everything is dark")
    with desk.writing() as writing:
        writing.connection.execute(update(request).values(acknowledged_by="ben"))
    commands.stand_down(desk, ANA, the(number), "It was the switch")
    with desk.store.reading() as connection:
        assert connection.scalar(select(request.c.acknowledged_by)) == ""


def test_an_emergency_that_waits_does_not_pause_and_ended_requests_are_left_alone(desk):
    """Standing down asks for a live request."""
    number = a_request(desk)
    commands.emergency(desk, ANA, the(number), "Everything is dark")
    commands.wait(desk, ANA, the(number), State.WAITING_SUPPLIER)
    commands.stand_down(desk, ANA, the(number), "A spare one is here")
    fix = next(each for each in stands(desk, number).clocks if each.metric is Metric.RESOLUTION)
    assert fix.status is ClockStatus.PAUSED
    commands.emergency(desk, ANA, the(number), "The spare one died")
    commands.resolve(desk, ANA, the(number), Ending.FIXED)
    with pytest.raises(NotPossible, match="is resolved"):
        commands.stand_down(desk, ANA, the(number), "It is over")


def test_the_desk_itself_declared_it(desk):
    """Whose doing it was is nobody's: no undo of a person takes it back."""
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    with pytest.raises(NotPossible, match="nothing of yours"):
        commands.undo(desk, ANA)
    assert stands(desk).history[1].who == DESK.name
