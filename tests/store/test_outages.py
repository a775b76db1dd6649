"""Known outages: mail about them is asked about once, then joins the parent by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import CommandRefused, NotPossible
from store.facts.outages import outage
from store.records import Address, Done
from store.words import (
    Ending,
    Happened,
    Level,
    Machine,
    OutageKind,
    Outcome,
    Sends,
    State,
)
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import how, rows, take, verified
from tests.store.outages import DARK, about_it, about_printing, declare, person
from tests.store.people import ANA, BEN, VISITOR, the

MINUTE = timedelta(minutes=1)


def mails_to(desk, number=1001, kind=Sends.REPLY):
    """Return the mails of a kind that go out about a request, as they are to be made."""
    box = queries.outbox(desk, number=number)
    return [queries.dispatch(desk, each.id) for each in box if each.kind is kind]


def joined(desk, *uids):
    """Take mails in that are about the outage; return where they went."""
    taken = take(desk, *(about_it(uid, desk.clock.now()) for uid in uids))
    return [(each.outcome, each.number) for each in taken]


def test_the_first_mail_about_it_asks_and_the_next_ones_join(desk):
    """``y`` merges the first, and one answer then reaches all three."""
    declare(desk)
    assert joined(desk, 2) == [(Outcome.OPENED, 1002)]
    received = queries.request(desk, 1002).history[0]
    assert received.why[0].endswith('; it may be about the outage of #1001: "projector" is in it')
    done = commands.join_outage(desk, BEN, the(1002))
    assert done.text == (
        "#1002 merged into #1001; further mail about the outage joins it by itself"
    )
    assert joined(desk, 3, 4) == [(Outcome.FOLLOWED_UP, 1001)] * 2
    last = queries.request(desk, 1001).history[-1]
    assert (last.what, last.text, last.who) == (
        Happened.FOLLOWED_UP,
        "wrote about the same outage",
        "Person 4",
    )
    assert last.why == ('it is about the outage of #1001: "projector" is in it',)
    commands.reply(desk, ANA, the(1001), "The fuse is changed")
    (mail,) = mails_to(desk)
    assert mail.to == (person(1), person(2), person(3), person(4))
    assert verified(desk) == []


def test_those_that_came_before_anybody_was_asked_come_along(desk):
    """Not what somebody has taken up already; undo takes all of it back, and asks again."""
    declare(desk)
    joined(desk, 2, 3, 4, 5)
    commands.claim(desk, BEN, the(1004))
    done = commands.join_outage(desk, ANA, the(1003))
    assert done.text.startswith("#1003 merged into #1001, and 2 more with it; further mail")
    states = [how(desk, number)["state"] for number in range(1002, 1006)]
    assert states == [State.MERGED, State.MERGED, State.OPEN, State.MERGED]
    assert joined(desk, 6) == [(Outcome.FOLLOWED_UP, 1001)]
    assert verified(desk) == []


def test_undo_takes_the_joining_and_its_consequences_back(desk):
    """The next mail asks again."""
    declare(desk)
    joined(desk, 2, 3)
    commands.join_outage(desk, ANA, the(1002))
    joined(desk, 4)
    results = commands.undo(desk, ANA)
    assert [isinstance(each, Done) for each in results] == [True] * 3
    assert [how(desk, number)["state"] for number in (1002, 1003)] == [State.NEW, State.NEW]
    assert joined(desk, 5) == [(Outcome.OPENED, 1004)]
    assert rows(desk, outage, "always", "ended_at") == [(False, None)]
    assert verified(desk) == []


def test_no_clears_the_mark_and_goes_on_asking(desk):
    """Of this one nobody asks again; undo brings the question back."""
    declare(desk)
    joined(desk, 2)
    done = commands.not_outage(desk, BEN, the(1002))
    assert done.text == "#1002 is not about #1001"
    assert how(desk, 1002)["outage"] is None
    assert queries.request(desk, 1002).history[-1].text == (
        "says it is not about the outage of #1001"
    )
    assert joined(desk, 3) == [(Outcome.OPENED, 1003)]
    assert how(desk, 1003)["outage"] == 1
    commands.undo(desk, BEN)
    assert how(desk, 1002)["outage"] == 1
    with pytest.raises(NotPossible, match="Nothing says that #1001 is about"):
        commands.join_outage(desk, ANA, the(1001))
    assert verified(desk) == []


def test_what_joined_can_be_split_off_again(desk):
    """It opens a request as if it had never joined; who wrote it hears no more of the outage."""
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    joined(desk, 3)
    commands.split(desk, ANA, the(1001))
    assert queries.request(desk, 1003).row.requester == person(3)
    commands.reply(desk, ANA, the(1001), "Soon")
    assert mails_to(desk)[0].to == (person(1), person(2))
    assert verified(desk) == []


@pytest.mark.parametrize(
    "mail",
    [
        about_printing(9),
        letter(9, NOW, "The beamer is out of order"),
        about_it(9, NOW - MINUTE),
        about_it(9, machine=Machine.LIST),
        about_it(9, machine=Machine.REPORT),
        about_it(9, spoofed="DMARC failed"),
        letter(9, NOW, "Projector dark", sender=Address("Ben Okafor", "ben@northgate.example")),
    ],
    ids=["service", "words", "before", "list", "program", "forged", "technician"],
)
def test_other_mail_is_not_about_it(desk, mail):
    """Another service, other words, from before, of programs, forged, of the desk's people."""
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    (taken,) = take(desk, mail)
    assert (taken.outcome, taken.number) == (Outcome.OPENED, 1003)
    assert how(desk, 1003)["outage"] is None


def test_an_emergency_of_another_service_is_never_swallowed(desk):
    """Words alone are enough for mail of any service, and not for that."""
    printing = replace(desk.rules.services["printing"], emergency_impact=Level.MEDIUM)
    desk.rules = replace(desk.rules, services={**desk.rules.services, "printing": printing})
    declare(desk, replace(DARK, service="", words=("dark",)))
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    taken = take(desk, about_printing(3), about_it(4))
    assert [each.outcome for each in taken] == [Outcome.OPENED, Outcome.FOLLOWED_UP]
    assert queries.request(desk, taken[0].number).row.emergency


def test_the_parent_keeps_waiting_and_sleeping_whoever_writes(desk, clock):
    """Thirty mails wake nobody up; after an answer they ask for the next one."""
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    commands.wait(desk, ANA, the(1001), State.WAITING_SUPPLIER)
    clock.advance(MINUTE)
    joined(desk, 3)
    assert how(desk, 1001)["state"] == State.WAITING_SUPPLIER
    commands.resume(desk, ANA, the(1001))
    commands.snooze(desk, ANA, the(1001), clock.now() + timedelta(days=1))
    joined(desk, 4)
    assert how(desk, 1001)["snoozed_until"] is not None
    assert verified(desk) == []


def test_it_is_over_when_its_parent_is_and_comes_back_with_it(desk):
    """Resolved: mail opens requests again. Undo brings it back."""
    declare(desk)
    joined(desk, 2)
    commands.join_outage(desk, ANA, the(1002))
    commands.resolve(desk, ANA, the(1001), Ending.FIXED)
    assert joined(desk, 3) == [(Outcome.OPENED, 1003)]
    assert how(desk, 1003)["outage"] is None
    commands.undo(desk, ANA)
    assert joined(desk, 4) == [(Outcome.FOLLOWED_UP, 1001)]
    commands.end_outage(desk, ANA, the(1001))
    assert joined(desk, 5) == [(Outcome.OPENED, 1004)]
    assert queries.request(desk, 1001).history[-1].text == "says its outage is over"
    commands.undo(desk, ANA)
    assert joined(desk, 6) == [(Outcome.FOLLOWED_UP, 1001)]
    assert verified(desk) == []


def test_what_is_known_can_be_changed_and_changed_back(desk):
    """The words and the end of an outage are guesses at first."""
    declare(desk)
    later = replace(DARK, words=("beamer",), ends_at=NOW + 60 * MINUTE)
    done = commands.change_outage(desk, ANA, the(1001), later)
    assert done.text == "#1001: outage changed"
    assert queries.request(desk, 1001).history[-1].text == (
        "changed what is known of its outage: Projectors, since Mon 23 Nov 10:42,"
        " until Mon 23 Nov 11:42, “A fuse has gone.”"
    )
    joined(desk, 2)
    assert how(desk, 1002)["outage"] is None
    with pytest.raises(NotPossible, match="That is what is known already"):
        commands.change_outage(desk, ANA, the(1001), later)
    commands.undo(desk, ANA)
    joined(desk, 3)
    assert how(desk, 1003)["outage"] == 1
    assert verified(desk) == []


def test_a_declaration_can_be_taken_back(desk):
    """As if it had never been made."""
    declare(desk)
    (done,) = commands.undo(desk, ANA)
    assert done.text == "#1001: change of the outage taken back"
    assert how(desk, 1001)["outage"] is None
    joined(desk, 2)
    assert how(desk, 1002)["outage"] is None
    commands.declare_outage(desk, ANA, the(1001), DARK)
    joined(desk, 3)
    assert how(desk, 1003)["outage"] == 2
    assert verified(desk) == []


NEXT_HOUR = NOW + 60 * MINUTE


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (replace(DARK, service="pianos"), "There is no service 'pianos'"),
        (replace(DARK, service="", words=()), "Name a service or some words"),
        (replace(DARK, service="", text=" "), "say what requesters are told"),
        (replace(DARK, words=("!?",)), "no letter or digit in '!\\?'"),
        (replace(DARK, words=tuple(f"w{n}" for n in range(21))), "20 are enough"),
        (replace(DARK, kind=OutageKind.MAINTENANCE), "say until when"),
        (replace(DARK, starts_at=NEXT_HOUR, ends_at=NEXT_HOUR), "end before it begins"),
        (replace(DARK, starts_at=NOW - 9 * MINUTE, ends_at=NOW - MINUTE), "has passed already"),
    ],
)
def test_what_makes_no_sense_is_refused(desk, facts, why):
    """Each with what to do instead; nothing is written."""
    take(desk, about_it(1))
    with pytest.raises(NotPossible, match=why):
        commands.declare_outage(desk, ANA, the(1001), facts)
    assert rows(desk, outage) == []


def test_who_may_not_and_where_it_cannot_be(desk):
    """Visitors only look; a parent is not merged away, nor declared twice; ended ones are over."""
    declare(desk)
    joined(desk, 2)
    for command, more in (
        (commands.declare_outage, (DARK,)),
        (commands.change_outage, (DARK,)),
        (commands.end_outage, ()),
        (commands.join_outage, ()),
        (commands.not_outage, ()),
    ):
        with pytest.raises(CommandRefused, match="only looking"):
            command(desk, VISITOR, the(1001), *more)
    with pytest.raises(NotPossible, match="parent of an outage already"):
        commands.declare_outage(desk, ANA, the(1001), DARK)
    with pytest.raises(NotPossible, match="#1002 is the parent of no outage"):
        commands.end_outage(desk, ANA, the(1002))
    with pytest.raises(NotPossible, match="merge #1002 into #1001 instead"):
        commands.merge(desk, ANA, the(1001), 1002)
    commands.resolve(desk, ANA, the(1002), Ending.NOTHING)
    with pytest.raises(NotPossible, match="is resolved"):
        commands.join_outage(desk, ANA, the(1002))
