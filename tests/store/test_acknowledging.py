"""Acknowledgements: who gets one, what it says, and why somebody gets none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands, queries
from store.facts.mail import outbox
from store.mail_records import Incoming
from store.policy.compile import templates
from store.policy.templates import Templates
from store.records import Address
from store.rulebook import AnswerRules
from store.words import Delivery, Direction, Happened, Machine, Metric, Sends
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import rows


@pytest.fixture
def desk(desk):
    """A desk that acknowledges."""
    desk.rules = replace(desk.rules, answers=AnswerRules())
    return desk


def _why(desk, number: int) -> str:
    return queries.request(desk, number).history[0].why[-1]


def _sent(desk) -> int:
    return len(rows(desk, outbox))


def test_an_acknowledgement_tells_number_and_time(desk):
    """Written with the request, in its thread, from the desk; and it is no first response."""
    commands.take_in(desk, "help", 1, [letter(1, NOW, "Projector dead")])
    (mail,) = queries.outbox(desk, 5)
    assert (mail.kind, mail.number, mail.state) == (
        Sends.ACKNOWLEDGEMENT,
        1001,
        Delivery.PENDING,
    )
    made = queries.dispatch(desk, mail.id)
    assert made.subject == "Re: Projector dead [#1001]"
    assert made.sender == Address("Northgate IT", "help@northgate.example")
    assert (made.in_reply_to, made.references) == (
        "1@mail.northgate.example",
        ("1@mail.northgate.example",),
    )
    assert made.text.startswith("Hello Grace Hopper,\n\nthank you for writing to Northgate IT.")
    assert "You can expect our first answer by today at 15:12." in made.text
    assert "closed" not in made.text
    view = queries.request(desk, 1001)
    assert [each.what for each in view.history] == [Happened.RECEIVED, Happened.ACKNOWLEDGED]
    assert [each.direction for each in view.messages] == [Direction.IN, Direction.OUT]
    first = next(each for each in view.clocks if each.metric is Metric.FIRST_RESPONSE)
    assert first.stopped_at is None


def test_outside_hours_it_says_when_the_desk_opens(desk, clock):
    """Friday evening: Monday morning."""
    clock.advance(timedelta(days=4, hours=9))
    commands.take_in(desk, "help", 1, [letter(1, clock.now())])
    text = queries.dispatch(desk, queries.outbox(desk, 1)[0].id).text
    assert "We are closed now and open again Monday at 08:00." in text
    assert "You can expect our first answer by Monday at 12:00." in text


def _machine(kind: Machine) -> Incoming:
    mail = letter(1, NOW)
    return replace(mail, triage=replace(mail.triage, machine=kind))


def _asked_by(sender: Address) -> Incoming:
    return letter(1, NOW, sender=sender)


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (_machine(Machine.LIST), "it is automatic or list mail (list)"),
        (_machine(Machine.REPORT), "it is automatic or list mail (report)"),
        (letter(1, NOW - timedelta(hours=25)), "it is more than a day old"),
        (_asked_by(Address("Nobody", "")), "there is no address to answer to"),
        (_asked_by(Address("X", "not an address")), "there is no address to answer to"),
        (_asked_by(Address("Us", "Help@Northgate.example")), "the desk asks itself"),
        (
            _asked_by(Address("Ben", "ben@northgate.example")),
            "people of the desk see it on the board",
        ),
        (
            _asked_by(Address("Shop", "no-reply@shop.example")),
            "nobody reads answers to no-reply@shop.example",
        ),
    ],
)
def test_who_gets_none_and_why(desk, mail, why):
    """The request is opened all the same, and its history says why nobody was told."""
    commands.take_in(desk, "help", 1, [mail])
    assert _sent(desk) == 0
    assert _why(desk, 1001) == f"not acknowledged: {why}"


def test_a_forged_sender_gets_none(desk):
    """Whoever they are, they did not write."""
    mail = letter(1, NOW)
    commands.take_in(
        desk, "help", 1, [replace(mail, triage=replace(mail.triage, spoofed="SPF fails"))]
    )
    assert _sent(desk) == 0


def test_a_mail_that_was_written_long_ago_gets_none(desk):
    """Also where the server says that it came just now: somebody has moved old mail here."""
    mail = letter(1, NOW)
    old = replace(mail.mail, date=NOW - timedelta(days=30))
    commands.take_in(desk, "help", 1, [replace(mail, mail=old)])
    assert _sent(desk) == 0


def test_a_follow_up_gets_none(desk):
    """Who writes again knows the number."""
    first = letter(1, NOW)
    again = letter(2, NOW, refers_to=("1@mail.northgate.example",))
    commands.take_in(desk, "help", 1, [first, again])
    assert _sent(desk) == 1


def test_imported_mail_is_not_acknowledged(desk):
    """Nor is there anything to explain in the history."""
    commands.take_in(desk, "help", 1, [letter(1, NOW)], answering=False)
    assert _sent(desk) == 0
    assert "acknowledged" not in _why(desk, 1001)


@pytest.mark.parametrize("changes", [{"sender": ""}, {"answers": AnswerRules(acknowledge=False)}])
def test_a_desk_that_acknowledges_nothing_explains_nothing(desk, changes):
    """Without [outgoing], or turned off."""
    desk.rules = replace(desk.rules, **changes)
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    assert _sent(desk) == 0
    assert "acknowledged" not in _why(desk, 1001)


def test_the_rate_valve_stops_the_third_within_the_hour(desk, clock):
    """In one batch and over several; after an hour it opens again."""
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    commands.take_in(desk, "help", 1, [letter(uid, NOW, f"Number {uid}") for uid in (2, 3)])
    assert _sent(desk) == 2
    said = "hopper@maths.northgate.example had 2 automatic answers within the hour"
    assert _why(desk, 1003) == f"not acknowledged: {said}"
    clock.advance(timedelta(hours=1))
    commands.take_in(desk, "help", 1, [letter(4, clock.now(), "Number 4")])
    assert _sent(desk) == 3


def test_ten_thousand_old_mails_send_nothing(desk):
    """A mailbox that is read for the first time."""
    old = NOW - timedelta(days=400)
    commands.take_in(desk, "help", 1, [letter(uid, old, f"Old {uid}") for uid in range(1, 300)])
    assert _sent(desk) == 0


def test_the_template_is_the_policys(desk):
    """Words of the desk's own, with its fields."""
    text = "{service}: {subject} ({number})"
    desk.rules = replace(desk.rules, templates=templates(Templates(acknowledgement=text)))
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    made = queries.dispatch(desk, queries.outbox(desk, 1)[0].id)
    assert made.text == "Projectors: Projector dead (#1001)"


def test_a_template_that_comes_out_empty_is_no_mail(desk):
    """And the history says why there is none."""
    only_when_closed = Templates(acknowledgement="We open again {closed_until}.")
    desk.rules = replace(desk.rules, templates=templates(only_when_closed))
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    assert (_sent(desk), _why(desk, 1001)) == (
        0,
        "not acknowledged: its template comes out empty",
    )
