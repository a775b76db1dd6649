"""Answers that people of the desk send from their own mail, out of the folder that they named."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import NotPossible
from store.facts.mail import ledger
from store.facts.messages import message, original
from store.mail_records import MailPlace
from store.records import Address
from store.words import Channel, Direction, Ending, Happened, Machine, Metric, Outcome, State
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, HOPPER, a_request, the
from tests.store.taking import address_of, key, take

SENT = "ana-sent"
ANA_MAIL = address_of("ana")
ASKED, LATER = NOW - timedelta(minutes=30), NOW - timedelta(minutes=10)


@pytest.fixture
def desk(desk):
    """A desk on which Ana has named her Sent folder."""
    desk.rules = replace(desk.rules, sent_folders={SENT: "ana"})
    return desk


@pytest.fixture
def number(desk) -> int:
    """A request that came by mail to the desk, with a copy to Ana."""
    return take(desk, letter(1, ASKED))[0].number


def answer(uid: int, **changes):
    """Return an answer that Ana sent from her own mail."""
    told = {
        "sender": ANA_MAIL,
        "to": (HOPPER,),
        "text": "Coming at eleven.",
        "refers_to": (key(1),),
        "message_id": f"{uid}@ana",
    }
    return letter(uid, LATER, "Re: Projector dead", **(told | changes))


def sent(desk, *mails):
    """Take in mail of Ana's Sent folder."""
    return take(desk, *mails, box=SENT)


def test_an_answer_stops_the_clock_and_is_in_the_conversation(desk, number):
    """As that person's, at the time when it was sent; the history says where it was read."""
    (taken,) = sent(desk, answer(7))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, number)
    view = queries.request(desk, number)
    said = view.messages[-1]
    assert (said.sender.name, said.text, said.at) == ("ana", "Coming at eleven.", LATER)
    assert said.direction is Direction.IN
    first = next(each for each in view.clocks if each.metric is Metric.FIRST_RESPONSE)
    assert first.stopped_at == LATER
    event = history(desk, number)[-1]
    assert (event.what, event.actor) == (Happened.FOLLOWED_UP, "ana")
    assert event.detail["why"] == [
        f"it answers a mail of #{number}",
        "read in the Sent folder that Ana Lovelace named",
    ]
    assert how(desk, number)["state"] == State.OPEN
    assert verified(desk) == []


def test_an_answer_from_an_address_with_a_plus_is_theirs_too(desk, number):
    """Some programs reply from the address that was written to."""
    sender = replace(ANA_MAIL, address=ANA_MAIL.address.replace("@", "+maths@"))
    assert sent(desk, answer(7, sender=sender))[0].outcome is Outcome.FOLLOWED_UP


OTHERS = {
    "a private mail": {"refers_to": (), "subject": "Dinner"},
    "an answer to somebody else's mail": {"refers_to": ("x@elsewhere",)},
    "about a request, to a colleague": {"to": (address_of("ben"),)},
    "about a request, to a third": {"to": (Address("Boss", "boss@northgate.example"),)},
    "sent by somebody else from there": {"sender": address_of("ben")},
    "an automatic reply": {"machine": Machine.AUTO_REPLY},
}


@pytest.mark.parametrize("name", OTHERS)
def test_of_everything_else_nothing_is_kept(desk, number, name):
    """Neither who, nor what about, nor a word of it, nor its digest; only that it was seen."""
    changes = dict(OTHERS[name])
    changes.pop("subject", None)
    mail = answer(7, **changes)
    (taken,) = sent(desk, mail)
    assert (taken.outcome, taken.reason) == (Outcome.IGNORED, "not about a request")
    assert taken.number is None
    (row,) = [
        row
        for row in rows(desk, ledger, "mailbox", "sender", "subject", "reason", "original_id")
        if row[0] == SENT
    ]
    assert row[1:4] == ("", "", "not about a request")
    kept = dict(rows(desk, original, "id", "data"))
    assert zlib.decompress(kept[row[4]]) == b""
    assert all(mail.raw not in zlib.decompress(data) for data in kept.values())
    prints = [each[0] for each in rows(desk, ledger, "fingerprint")]
    assert len(set(prints)) == len(prints)
    assert len(rows(desk, message)) == 1
    assert verified(desk) == []


def test_a_mail_that_cannot_be_read_is_not_kept_either(desk):
    """It does not go to quarantine, where everybody could look at it."""
    (taken,) = sent(desk, unreadable(7, LATER))
    assert (taken.outcome, taken.reason) == (Outcome.IGNORED, "not about a request")


def test_many_of_them_are_one_original_of_nothing(desk):
    """However often and in however many batches; nobody is shown a list of them."""
    sent(desk, answer(7, refers_to=()), answer(8, refers_to=()))
    sent(desk, answer(9, refers_to=()))
    assert [data for (data,) in rows(desk, original, "data")] == [zlib.compress(b"")]
    assert queries.mails(desk, [Outcome.IGNORED]) == []
    with pytest.raises(NotPossible, match="Nothing of Mail 7 of ana-sent is kept"):
        commands.open_mail(desk, ANA, MailPlace(SENT, 7, 7))
    assert verified(desk) == []


def test_a_repeat_is_never_shown_twice(desk, number):
    """Read again after a crash, sent twice, or found again under another UIDVALIDITY."""
    first, again = sent(desk, answer(7)) + sent(desk, answer(7))
    assert first == again
    assert sent(desk, answer(8, message_id="7@ana"))[0].outcome is Outcome.DUPLICATE
    (anew,) = take(desk, answer(3, message_id="7@ana"), box=SENT, uidvalidity=8)
    assert (anew.outcome, anew.number) == (Outcome.DUPLICATE, number)
    assert len(rows(desk, message)) == 2
    assert verified(desk) == []


@pytest.mark.parametrize("first", ["help", SENT])
@pytest.mark.parametrize("text", ["Coming at eleven.", "Coming at eleven.\n-- \nNorthgate footer"])
def test_a_copy_to_the_desk_is_one_mail_with_that_in_the_folder(desk, number, first, text):
    """Whichever is read first, and whatever servers put below it on its way."""
    boxes = {"help": answer(20, message_id="7@ana", text=text), SENT: answer(7)}
    second = SENT if first == "help" else "help"
    (one,) = take(desk, boxes[first], box=first)
    (two,) = take(desk, boxes[second], box=second)
    assert (one.outcome, two.outcome) == (Outcome.FOLLOWED_UP, Outcome.DUPLICATE)
    assert one.number == two.number == number
    assert len(rows(desk, message)) == 2
    assert verified(desk) == []


def test_what_the_desk_itself_has_sent_is_its_own(desk, number):
    """Some servers put a copy of every mail they send into the folder."""
    commands.reply(desk, ANA, the(number), "Coming.")
    ours = queries.dispatch(desk, queries.outbox(desk, 5)[0].id).message_id
    (taken,) = sent(desk, answer(7, message_id=ours))
    assert (taken.outcome, taken.reason) == (Outcome.IGNORED, "our own mail coming back")
    assert len(rows(desk, message)) == 2


def test_our_tag_in_the_subject_is_enough(desk, number):
    """For the answer to who asked."""
    (taken,) = sent(desk, answer(7, refers_to=(), tags=(number,)))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, number)


def test_an_answer_to_what_ended_long_ago_opens_nothing(desk, number, clock):
    """It is in the conversation, and the request stays as it is."""
    commands.resolve(desk, BEN, the(number), Ending.FIXED)
    clock.advance(timedelta(days=40))
    (taken,) = sent(desk, answer(7))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, number)
    assert how(desk, number)["state"] == State.RESOLVED


def test_who_asked_may_be_known_by_name_alone(desk):
    """As in what was forwarded out of an address book."""
    number = a_request(desk, requester=Address("Hopper, Grace", ""))
    (taken,) = sent(desk, answer(7, refers_to=(), tags=(number,)))
    assert taken.outcome is Outcome.FOLLOWED_UP


@pytest.mark.parametrize("attached", [True, False])
def test_an_answer_to_what_was_forwarded_to_the_desk(desk, attached):
    """The desk has the forward, and who asked gets an answer to the mail in it."""
    refers_to = () if attached else ("older@maths", "asked@maths")
    forward = letter(1, ASKED, sender=ANA_MAIL, refers_to=refers_to)
    carried = replace(forward.mail, carried_id="asked@maths" if attached else "")
    forward = replace(forward, mail=carried)
    found = replace(forward.triage, channel=Channel.FORWARDED, requester=HOPPER)
    (opened,) = take(desk, replace(forward, triage=found))
    (taken,) = sent(desk, answer(7, refers_to=("asked@maths",)))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, opened.number)
    assert taken.reason == f"it answers what was forwarded as #{opened.number}"
    (other,) = sent(desk, answer(8, refers_to=("older@maths",)))
    assert other.outcome is Outcome.IGNORED
    assert verified(desk) == []
