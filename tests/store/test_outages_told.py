"""What requesters and boards are told of outages, and outages of an odd kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from store import commands, queries
from store.errors import NotPossible
from store.facts.requests import request
from store.new_requests import NewRequest
from store.outage_records import OutageFacts, OutageMark
from store.records import Address
from store.rulebook import AnswerRules
from store.words import (
    Ending,
    Level,
    Machine,
    OutageKind,
    Outcome,
    Sends,
)
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import how, take, verified
from tests.store.outages import DARK, about_it, about_printing, declare, person
from tests.store.people import ANA, the
from tests.store.test_outages import MINUTE, joined, mails_to


@pytest.fixture
def answering(desk):
    """A desk that acknowledges and tells of resolutions."""
    desk.rules = replace(desk.rules, answers=AnswerRules())
    return desk


def acknowledgement(desk, number):
    """Return the newest acknowledgement of a request."""
    return mails_to(desk, number, Sends.ACKNOWLEDGEMENT)[-1]


def test_whoever_asks_for_the_service_is_told_what_is_known(answering, clock):
    """Also who writes about something else of it; nothing of what is over."""
    desk = answering
    clock.advance(18 * MINUTE)
    declare(desk, replace(DARK, ends_at=NOW + 78 * MINUTE))
    known = "Known: Projectors is down since 11:00, expected back 12:00. A fuse has gone."
    take(desk, letter(2, clock.now(), "A screen, please", sender=person(2)))
    assert known in acknowledgement(desk, 1002).text
    take(desk, about_printing(3, clock.now()))
    assert "Known" not in acknowledgement(desk, 1003).text
    commands.end_outage(desk, ANA, the(1001))
    take(desk, letter(4, clock.now(), "A screen, please", sender=person(4)))
    assert "Known" not in acknowledgement(desk, 1004).text


def test_who_joins_an_outage_is_acknowledged_in_their_own_thread_and_name(answering, clock):
    """With the parent's number; nothing in it is of the parent's requester."""
    desk = answering
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    clock.advance(MINUTE)
    joined(desk, 3)
    mail = acknowledgement(desk, 1001)
    assert (mail.to, mail.hidden) == ((person(3),), False)
    assert mail.subject == "Re: The projector in room 3 is dark [#1001]"
    assert mail.in_reply_to == "3@mail.northgate.example"
    assert mail.text.startswith("Hello Person 3,")
    assert "Your request has the number #1001." in mail.text
    assert "Known: Projectors is down since 10:42. A fuse has gone." in mail.text
    assert "Person 1" not in mail.text
    assert "expect our first answer" not in mail.text
    # An answer to it comes to the parent, whoever wrote it.
    (taken,) = take(desk, letter(4, clock.now(), sender=person(3), refers_to=(mail.message_id,)))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, 1001)


def test_the_rate_valve_holds_for_who_joins(answering):
    """The third mail of one person within the hour is not answered, and the history says so."""
    desk = answering
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    for uid in (3, 4, 5):
        take(desk, letter(uid, NOW, f"Projector {uid} is dark", sender=person(3)))
    last = queries.request(desk, 1001).history[-1]
    assert last.why[1] == (
        "not acknowledged: p3@maths.northgate.example had 2 automatic answers within the hour"
    )


def test_maintenance_is_announced_from_when_it_is_planned(answering, clock):
    """Before and during; afterwards nothing is said, and before it no mail is about it."""
    desk = answering
    starts, ends = NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2)
    facts = OutageFacts(OutageKind.MAINTENANCE, "projector", (), "New lamps", starts, ends)
    declare(desk, facts)
    joined(desk, 2)
    assert how(desk, 1002)["outage"] is None
    assert (
        "Known: Planned maintenance of Projectors from Tue 24 Nov 10:42 to Tue 24 Nov 12:42."
        " New lamps.\n" in acknowledgement(desk, 1002).text
    )
    clock.advance(timedelta(days=1, hours=1))
    joined(desk, 3)
    assert how(desk, 1003)["outage"] == 1
    assert "Known: Planned maintenance of Projectors since 10:42, until 12:42." in (
        acknowledgement(desk, 1003).text
    )
    clock.advance(timedelta(hours=1))
    joined(desk, 4)
    assert how(desk, 1004)["outage"] is None
    assert "Known" not in acknowledgement(desk, 1004).text


def test_nobody_learns_who_else_gets_an_answer(answering):
    """Of several requesters: no address, no Message-ID, no words and no name of another."""
    desk = answering
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    joined(desk, 3)
    commands.reply(desk, ANA, the(1001), "The fuse is changed")
    commands.resolve(desk, ANA, the(1001), Ending.FIXED, "Light again")
    (mail,), (told,) = mails_to(desk), mails_to(desk, kind=Sends.RESOLUTION)
    for each in (mail, told):
        assert (each.hidden, len(each.to)) == (True, 3)
        assert (each.quoted, each.in_reply_to) == ("", "")
        assert each.subject == "Re: A fuse has gone. [#1001]"
        assert not any("mail.northgate.example" in one for one in each.references)
        assert each.references
    assert told.text.startswith("Hello everybody,")


def test_one_requester_is_answered_by_name_as_ever(answering):
    """An outage nobody else wrote about changes nothing."""
    desk = answering
    declare(desk)
    commands.reply(desk, ANA, the(1001), "The fuse is changed")
    (mail,) = mails_to(desk)
    assert (mail.hidden, mail.to, mail.in_reply_to) == (
        False,
        (person(1),),
        "1@mail.northgate.example",
    )


def test_a_redirect_goes_to_the_one_who_went_to_a_person(desk):
    """Not to those whose requests were merged into it."""
    take(desk, about_it(1), about_it(2))
    with desk.writing() as writing:
        ran = update(request).where(request.c.number == 1001)
        writing.connection.execute(
            ran.values(end_run_person="ben", end_run_rule="R4", end_run_certainty="certain")
        )
    commands.merge(desk, ANA, the(1002), 1001)
    commands.redirect(desk, ANA, the(1001))
    assert mails_to(desk, kind=Sends.REDIRECT)[0].to == (person(1),)


# ---------------------------------------------------------------------------- what is shown


def test_boards_are_told_of_it_and_of_who_wrote(desk, clock):
    """The parent has the people, the others a question; all of it goes when it is over."""
    declare(desk)
    joined(desk, 2)
    assert queries.rows(desk, [1002])[1002].outage == OutageMark(1001, False, DARK.kind, 0)
    (known,) = queries.outages(desk)
    assert (known.people, known.maybe, known.always) == (1, 1, False)
    commands.join_outage(desk, ANA, the(1002))
    joined(desk, 3, 4)
    take(desk, letter(5, NOW, "Projector dark", sender=person(4)))
    shown = queries.rows(desk, [1001, 1002])
    assert shown[1001].outage == OutageMark(1001, True, DARK.kind, 4)
    assert shown[1002].outage is None
    (known,) = queries.outages(desk)
    assert (known.number, known.people, known.maybe) == (1001, 4, 0)
    assert (known.always, known.words, known.text) == (True, DARK.words, DARK.text)
    assert queries.request(desk, 1001).outage == known
    commands.resolve(desk, ANA, the(1001), Ending.FIXED)
    assert (queries.outages(desk), queries.rows(desk, [1001])[1001].outage) == ([], None)
    assert queries.request(desk, 1001).outage is None


# ---------------------------------------------------------------------------- odd parents


def test_an_answer_reaches_those_who_wrote_where_nobody_by_mail_asked_first(answering):
    """The parent came over the counter: those who joined hear of it, by mail."""
    desk = answering
    new = NewRequest(Address("Somebody", ""), "All projectors are dark", service="projector")
    commands.open_request(desk, ANA, new)
    commands.declare_outage(desk, ANA, the(1001), DARK)
    with pytest.raises(NotPossible, match="no mail address to reply to"):
        commands.reply(desk, ANA, the(1001), "Hello")
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    commands.reply(desk, ANA, the(1001), "The fuse is changed")
    assert mails_to(desk)[0].to == (person(2),)
    commands.resolve(desk, ANA, the(1001), Ending.FIXED, "Light again")
    assert mails_to(desk, kind=Sends.RESOLUTION)[0].to == (person(2),)


def test_a_program_that_reported_it_first_gets_no_answer(answering):
    """The people who wrote do."""
    desk = answering
    take(desk, about_it(1, machine=Machine.REPORT, alert="projectors down"))
    commands.declare_outage(desk, ANA, the(1001), DARK)
    joined(desk, 2, 3)
    commands.join_outage(desk, ANA, the(1002))
    commands.resolve(desk, ANA, the(1001), Ending.FIXED, "Light again")
    assert mails_to(desk, kind=Sends.RESOLUTION)[0].to == (person(2), person(3))


def test_an_emergency_does_not_go_under_in_a_parent_that_is_none(desk):
    """It opens a request that may be about it; in a parent that is one, it joins."""
    projector = replace(desk.rules.services["projector"], emergency_impact=Level.HIGH)
    desk.rules = replace(desk.rules, services={**desk.rules.services, "projector": projector})
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    mail = about_it(3)
    assert mail.triage is not None
    mail = replace(mail, triage=replace(mail.triage, impact=Level.HIGH))
    (taken,) = take(desk, mail)
    assert (taken.outcome, how(desk, taken.number)["outage"]) == (Outcome.OPENED, 1)
    assert queries.request(desk, taken.number).row.emergency
    commands.emergency(desk, ANA, the(1001), "Everything is dark")
    other = about_it(4)
    assert other.triage is not None
    (taken,) = take(desk, replace(other, triage=replace(other.triage, impact=Level.HIGH)))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, 1001)
    assert verified(desk) == []


def test_a_technician_who_answers_somebody_affected_by_mail_has_answered(desk):
    """As anybody else of the request's requesters."""
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    joined(desk, 3)
    ben = Address("Ben Okafor", "ben@northgate.example")
    take(desk, letter(4, NOW, "Re: dark", sender=ben, to=(person(3),), tags=(1001,)))
    assert queries.request(desk, 1001).history[-1].text == "answered by mail"
