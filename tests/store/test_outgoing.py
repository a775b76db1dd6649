"""What people of the desk send: replies with files, redirects, resolutions; and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from store import commands, queries
from store.commands.outbox import came_back, handed_over, hinder, lease, put_off, recover, refuse
from store.errors import CommandRefused, NotFound, NotPossible
from store.facts.mail import outbox
from store.facts.messages import original
from store.mail_records import STUCK_AFTER, Lease, OutgoingFile, Unsent
from store.records import Address, Target
from store.rulebook import AnswerRules, CannedRule
from store.words import Delivery, Direction, Ending, Level, Machine, Sends, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import how, verified
from tests.store.people import ANA, BEN, HOPPER, a_request, the

LOVELACE = Address("Ada Lovelace", "ada@physics.northgate.example")
_MAP = OutgoingFile("plans/north wing.pdf", "application/pdf", b"%PDF" * 1000)


@pytest.fixture
def desk(desk):
    """A desk that tells of resolutions, and has a canned answer."""
    canned = (CannedRule("hi", "Say hello", "Hello {name},\n{service}\n{number}: {subject}"),)
    answers = AnswerRules(acknowledge=False)
    desk.rules = replace(desk.rules, answers=answers, canned=canned)
    return desk


@pytest.fixture
def number(desk) -> int:
    """A request that came by mail."""
    commands.take_in(desk, "help", 1, [letter(1, NOW, text="It is dark.\n\n> why\nHelp!")])
    return 1001


@pytest.fixture
def ran_to_ben(desk) -> int:
    """An end-run: it went to Ben instead of the desk."""
    return _end_run(desk)


def _end_run(desk, certainty: str = "certain") -> int:
    mail = letter(9, NOW, "Can you come?")
    found = replace(
        mail.triage, end_run_person="ben", end_run_rule="R4", end_run_certainty=certainty
    )
    return commands.take_in(desk, "ben", 1, [replace(mail, triage=found)])[0].number


def _mail(desk, number: int):
    ids = [each.id for each in queries.outbox(desk, 50) if each.number == number]
    return queries.dispatch(desk, ids[-1])


def test_a_reply_quotes_the_last_words_of_who_asked(desk, number):
    """Below its own, with who wrote them when."""
    commands.reply(desk, ANA, the(number), "Coming at eleven.")
    mail = _mail(desk, number)
    assert mail.text == "Coming at eleven."
    assert mail.quoted == (
        "On Mon 23 Nov 2026 at 10:42, Grace Hopper wrote:\n> It is dark.\n>\n>> why\n> Help!"
    )
    assert mail.sender == Address("Ana Lovelace, Northgate IT", "help@northgate.example")
    shown = queries.request(desk, number).messages[-1]
    assert (shown.sender.name, shown.quoted) == ("Ana Lovelace", mail.quoted)


def test_a_long_mail_is_quoted_in_part(desk):
    """Its writer has the rest."""
    commands.take_in(desk, "help", 1, [letter(1, NOW, text="line\n" * 500)])
    commands.reply(desk, ANA, the(1001), "Thanks")
    quoted = _mail(desk, 1001).quoted.split("\n")
    assert len(quoted) == 102
    assert quoted[-1] == "> […]"


def test_files_are_kept_once_and_shown(desk, number):
    """However often they are sent; their bytes can be had from the message."""
    for _ in range(2):
        commands.reply(desk, ANA, the(number), "The plan", [_MAP])
    with desk.store.reading() as connection:
        kept = connection.scalar(select(func.count()).select_from(original))
    assert kept == 2  # the requester's mail, and the plan
    shown = queries.request(desk, number).messages[-1]
    assert [each.name for each in shown.attachments] == ["north wing.pdf"]
    assert queries.attachment(desk, shown.id, 0) == _MAP.data
    assert _mail(desk, number).files == (replace(_MAP, name="north wing.pdf"),)
    assert verified(desk) == []


def test_files_that_no_server_takes_are_refused(desk, number):
    """Before anything is written, with what to do."""
    heavy = replace(_MAP, data=bytes(10_000_000))
    with pytest.raises(NotPossible, match=r"These files have 20.0 MB, and mail carries 18 MB; put"):
        commands.reply(desk, ANA, the(number), "All of it", [heavy, heavy])


@pytest.mark.parametrize(
    ("address", "sender", "why"),
    [
        ("hopper@maths.example", "", r"no \[outgoing\]; write a note instead"),
        ("hopper", "help@northgate.example", "No mail can be sent to hopper"),
        ("a b@c", "help@northgate.example", "No mail can be sent to a b@c"),
        ("", "help@northgate.example", "has no mail address to reply to"),
        ("help@northgate.example", "help@northgate.example", "the desk's own address"),
    ],
)
def test_nothing_is_queued_that_cannot_be_sent(desk, address, sender, why):
    """A desk without a server, requesters without an address."""
    desk.rules = replace(desk.rules, sender=sender)
    number = a_request(desk, requester=Address("Grace", address))
    with pytest.raises(NotPossible, match=why):
        commands.reply(desk, ANA, the(number), "Hello")
    commands.resolve(desk, ANA, the(number), Ending.FIXED, "New lamp")
    assert queries.outbox(desk, 5) == []
    shown = queries.request(desk, number).messages[-1]
    assert (shown.direction, shown.text) == (Direction.NOTE, "New lamp")


def test_a_template_that_comes_out_empty_is_no_mail(desk, ran_to_ben, number):
    """A redirect is refused, a resolution is told to nobody."""
    empty = replace(desk.rules.templates, welcome="{text}", resolution="{text}")
    desk.rules = replace(desk.rules, templates=empty, answers=AnswerRules())
    with pytest.raises(NotPossible, match=f"The redirect of #{ran_to_ben} comes out empty"):
        commands.redirect(desk, BEN, the(ran_to_ben))
    commands.resolve(desk, ANA, the(number), Ending.FIXED)
    assert (queries.outbox(desk, 5), how(desk, number)["state"]) == ([], State.RESOLVED)


def test_a_resolution_is_told_after_a_minute(desk, number, clock):
    """With what was done and by whom; undone in time, nobody hears of it."""
    commands.resolve(desk, ANA, the(number), Ending.FIXED, "New lamp.")
    (waiting,) = queries.outbox(desk, 5)
    assert (waiting.kind, waiting.next_try_at) == (Sends.RESOLUTION, NOW + timedelta(minutes=1))
    text = _mail(desk, number).text
    assert f"your request #{number} is resolved.\n\nNew lamp.\n\nIf something" in text
    assert text.endswith("Ana Lovelace\nNorthgate IT")
    commands.undo(desk, ANA)
    assert [each.state for each in queries.outbox(desk, 5)] == [Delivery.GIVEN_UP]
    assert (how(desk, number)["state"], how(desk, number)["messages"]) == (State.NEW, 1)
    assert verified(desk) == []


def test_a_resolution_that_was_sent_can_still_be_undone(desk, number, clock):
    """The request is as it was; the mail stays in the conversation, for it is out."""
    commands.resolve(desk, ANA, the(number), Ending.FIXED)
    with desk.store.writing() as writing:
        writing.connection.execute(outbox.update().values(state=Delivery.SENT, sent_at=NOW))
    (done,) = commands.undo(desk, ANA)
    assert done.text == f"#{number}: resolution taken back; its mail has gone out already"
    view = queries.request(desk, number)
    assert view.row.state is State.NEW
    assert [each.delivery for each in view.messages] == ["", "sent 10:42"]
    assert verified(desk) == []


def test_no_machine_is_told_of_a_resolution(desk):
    """What was done stays as a note."""
    mail = letter(1, NOW)
    report = replace(mail, triage=replace(mail.triage, machine=Machine.REPORT))
    commands.take_in(desk, "help", 1, [report])
    commands.resolve(desk, ANA, the(1001), Ending.FIXED, "Disk changed")
    assert queries.outbox(desk, 5) == []
    assert queries.request(desk, 1001).messages[-1].direction is Direction.NOTE


def test_canned_answers_are_filled_in(desk, number):
    """For the request they are to answer."""
    (answer,) = queries.canned(desk, number)
    said = f"Hello Grace Hopper,\nProjectors\n#{number}: Projector dead"
    assert (answer.key, answer.name, answer.text) == ("hi", "Say hello", said)
    with pytest.raises(NotFound, match="no request #7"):
        queries.canned(desk, 7)


def test_a_mail_that_came_back_was_not_delivered(desk, number):
    """Known by our Message-ID; it can be sent again."""
    commands.reply(desk, ANA, the(number), "Coming")
    mail = _mail(desk, number)
    with desk.store.writing() as writing:
        came_back(writing, mail.message_id, "", "550 no such user")
        came_back(writing, "unknown@elsewhere", "", "x")
        came_back(writing, "", "", "x")
    (stuck,) = queries.outbox(desk, 5)
    assert (stuck.state, stuck.error) == (Delivery.FAILED, "550 no such user")
    shown = queries.request(desk, number).messages[-1].delivery
    assert shown == "could not be delivered: 550 no such user"
    commands.send_again(desk, ANA, stuck.id)
    with desk.store.reading() as connection:
        assert connection.scalar(select(outbox.c.remaining)) == [HOPPER.address]


@pytest.fixture
def held_for_two(desk, number) -> Lease:
    """A reply to two people, about to be handed over."""
    other = commands.take_in(desk, "help", 9, [letter(9, NOW, "Same", sender=LOVELACE)])[0].number
    commands.merge(desk, BEN, the(other), number)
    commands.reply(desk, BEN, the(number), "Coming")
    held = lease(desk, "a", NOW + timedelta(minutes=5))
    assert held is not None
    assert held.left == (HOPPER.address, LOVELACE.address)
    return held


def _left(desk) -> list[str]:
    with desk.store.reading() as connection:
        return connection.scalar(select(outbox.c.remaining))


def test_everybody_whom_a_mail_came_back_from_gets_it_again(desk, held_for_two):
    """Two reports about one mail: the second does not make the first forgotten."""
    key = queries.dispatch(desk, held_for_two.outbox_id).message_id
    handed_over(desk, held_for_two, {}, {}, NOW)
    for address, left in ((LOVELACE, [LOVELACE]), (HOPPER, [HOPPER, LOVELACE])):
        with desk.store.writing() as writing:
            came_back(writing, key, address.address.upper(), "550 no such user")
        assert _left(desk) == [each.address for each in left]


def test_who_was_to_get_a_mail_later_still_is_when_it_comes_back(desk, held_for_two):
    """One server put it off, the other returned it."""
    key = queries.dispatch(desk, held_for_two.outbox_id).message_id
    handed_over(desk, held_for_two, {}, {LOVELACE.address: "451 greylisted"}, NOW)
    with desk.store.writing() as writing:
        came_back(writing, key, HOPPER.address, "550 no such user")
    assert _left(desk) == [HOPPER.address, LOVELACE.address]


def test_a_mail_that_has_gone_out_to_some_is_not_taken_back(desk, number, clock):
    """Undo says so; who was to get it later still gets it."""
    commands.resolve(desk, BEN, the(number), Ending.DONE)
    clock.advance(timedelta(minutes=30))
    held = lease(desk, "a", clock.now() + timedelta(minutes=5))
    assert held is not None
    handed_over(desk, held, {}, {HOPPER.address: "451 greylisted"}, clock.now())
    (done,) = commands.undo(desk, BEN)
    assert done.text.endswith("its mail has gone out already")
    assert queries.outbox(desk, 1)[0].state is Delivery.PENDING


def test_a_mail_that_is_not_there_cannot_be_decided_about(desk):
    """Somebody else's list is old."""
    for command in (commands.send_again, commands.give_up, commands.was_sent):
        with pytest.raises(NotFound, match="no such mail"):
            command(desk, ANA, 77)


def test_resolving_many_tells_each(desk, number):
    """And one undo takes all of it back."""
    other = a_request(desk)
    results = commands.many(
        desk, commands.resolve, ANA, [Target(number), Target(other)], ending=Ending.DONE
    )
    assert not any(isinstance(each, CommandRefused) for each in results)
    assert {each.number for each in queries.outbox(desk, 5)} == {number, other}
    commands.undo(desk, ANA)
    assert {each.state for each in queries.outbox(desk, 5)} == {Delivery.GIVEN_UP}


def test_what_becomes_of_a_mail_is_no_race(desk, number):
    """It changes nothing of the request: nobody loses a claim to it, and undo goes past it."""
    version = how(desk, number)["version"]
    commands.reply(desk, BEN, the(number), "Coming")
    commands.claim(desk, BEN, the(number))
    held = lease(desk, "a", NOW + timedelta(minutes=5))
    assert held is not None
    refuse(desk, held, "550 no such user")
    assert queries.request(desk, number).history[-1].text == (
        "could not deliver the reply: 550 no such user"
    )
    commands.rate(desk, BEN, Target(number, version), Level.LOW, Level.LOW)
    commands.undo(desk, BEN)
    commands.send_again(desk, ANA, queries.outbox(desk, 1)[0].id)
    (done,) = commands.undo(desk, BEN)
    assert done.text == f"#{number}: claim taken back"


def test_what_no_server_could_be_asked_for_is_stuck(desk, number):
    """A refused log-in keeps mail from being tried at all: soon every board says since when."""
    commands.reply(desk, BEN, the(number), "Coming")
    assert queries.unsent(desk) == Unsent()
    hinder(desk, "outgoing mail: the log-in was refused", NOW + timedelta(minutes=5))
    assert queries.unsent(desk) == Unsent()
    assert queries.outbox(desk, 1)[0].is_tried_again
    desk.clock.advance(STUCK_AFTER)
    assert queries.unsent(desk) == Unsent(stuck=1, stuck_since=NOW)


def test_a_clock_that_was_years_ahead_holds_no_mail_back(desk, number):
    """Neither what waits nor what was in hand, and its answers do not fill the rate valve."""
    for text in ("in hand", "waits"):
        commands.reply(desk, ANA, the(number), text)
    desk.clock.advance(timedelta(days=2000))
    now = desk.clock.now()
    assert lease(desk, "elsewhere/1/x", now + timedelta(minutes=5)) is not None
    held = lease(desk, "elsewhere/1/y", now + timedelta(minutes=5))
    assert held is not None
    put_off(desk, held, "busy", now + timedelta(hours=1))
    desk.clock.advance(timedelta(days=-2000))
    assert recover(desk, lambda _: False) == 1
    found = queries.next_sending(desk)
    assert found is not None
    assert found <= desk.clock.now()
    until = desk.clock.now() + timedelta(minutes=5)
    assert [lease(desk, name, until) is not None for name in "abc"] == [True, True, False]
