"""Mails of the ledger that became no request: looked at again, opened, thrown away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands, queries
from store.commands import take_in
from store.errors import LostRace, NotAllowed, NotFound, NotPossible
from store.facts.mail import ledger
from store.mail_records import MailPlace
from store.words import Machine, Outcome, Wish
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, VISITOR

ODD = [Outcome.IGNORED, Outcome.BOUNCED, Outcome.QUARANTINED]


def place(uid):
    """Return where a mail is."""
    return MailPlace("help", 7, uid)


def take(desk, *items):
    """Take mails of the mailbox in."""
    return take_in(desk, "help", 7, items)


def read_now(uid, raw_of, **more):
    """Return a mail as it is read today, with the bytes it had when it could not be."""
    now = letter(uid, NOW, **more)
    return replace(now, raw=raw_of.raw, sha256=raw_of.sha256, size=raw_of.size)


@pytest.fixture
def ruin(desk):
    """A mail in quarantine."""
    mail = unreadable(1, NOW, raw=b"Subject: help\n\n\0\0")
    take(desk, mail)
    return mail


def test_mails_are_listed_newest_first_with_their_outcome(desk, clock, ruin):
    """With all that a person needs to decide, and who wanted what of it."""
    clock.advance(timedelta(minutes=1))
    take(desk, letter(2, clock.now(), "Away", ignore="an automatic reply"), letter(3, NOW))
    assert commands.retry(desk, BEN, place(1)) == "Mail 1 of help is read again"
    ignored, quarantined = queries.mails(desk, ODD, 10)
    assert (ignored.place, ignored.outcome, ignored.subject) == (place(2), "ignored", "Away")
    assert (ignored.wish, ignored.pending) == (None, False)
    assert (quarantined.wish, quarantined.wished_by, quarantined.pending) == ("retry", "ben", True)
    assert quarantined.wished_at == clock.now()
    assert quarantined.reason == "its headers never end"
    assert [each.number for each in queries.mails(desk, [Outcome.OPENED])] == [1001]
    assert len(queries.mails(desk, ODD, 1)) == 1
    assert [each.place for each in queries.wishes(desk)] == [place(1)]
    assert queries.kept(desk, queries.wishes(desk)[0].original_id) == ruin.raw


def test_what_can_be_read_now_opens_its_request(desk, clock, ruin):
    """As if it had come now, but from when it arrived; the ledger says who wanted it."""
    commands.retry(desk, BEN, place(1))
    clock.advance(timedelta(seconds=3))
    taken = commands.look_again(desk, place(1), read_now(1, ruin))
    assert (taken.outcome, taken.number) == (Outcome.OPENED, 1001)
    assert how(desk, 1001)["received_at"] == NOW
    assert history(desk, 1001)[0].detail["why"][-1] == "Ben wanted it read again"
    (mail,) = queries.mails(desk, [Outcome.OPENED])
    assert mail.reason == "it belongs to no request we know; Ben wanted it read again"
    assert (mail.pending, mail.taken_at, mail.subject) == (False, NOW, "Projector dead")
    assert queries.summary(desk, BEN).quarantined == 0
    assert commands.look_again(desk, place(1), read_now(1, ruin)) is None
    assert verified(desk) == []


def test_what_still_cannot_be_read_stays_in_quarantine(desk, ruin):
    """With the reason of today."""
    commands.retry(desk, BEN, place(1))
    again = replace(ruin, quarantine="its headers end in the middle")
    taken = commands.look_again(desk, place(1), again)
    assert taken.outcome == Outcome.QUARANTINED
    (mail,) = queries.mails(desk, ODD)
    assert mail.reason == "its headers end in the middle; Ben wanted it read again"
    assert queries.wishes(desk) == []
    assert verified(desk) == []


def test_what_turns_out_to_be_a_copy_is_a_duplicate(desk, ruin):
    """The same mail came by another mailbox, whole."""
    take(desk, letter(5, NOW, message_id="1@mail.northgate.example"))
    commands.retry(desk, BEN, place(1))
    taken = commands.look_again(desk, place(1), read_now(1, ruin))
    assert (taken.outcome, taken.number) == (Outcome.DUPLICATE, 1001)
    assert verified(desk) == []


def test_an_ignored_mail_opens_a_request_when_somebody_wants_it(desk, clock):
    """Whatever it is: here an automatic reply that is a note already."""
    take(desk, letter(1, NOW))
    away = letter(
        2,
        NOW,
        "Automatic reply: and my laptop is broken",
        refers_to=("1@mail.northgate.example",),
        machine=Machine.AUTO_REPLY,
        ignore="an automatic reply",
    )
    take(desk, away)
    assert commands.open_mail(desk, ANA, place(2)) == "Mail 2 of help opens a request"
    taken = commands.look_again(desk, place(2), away)
    assert (taken.outcome, taken.number) == (Outcome.OPENED, 1002)
    assert how(desk, 1002)["linked_to"] == 1001
    assert history(desk, 1002)[0].detail["why"][0] == (
        "Ana wanted it opened; it was ignored: an automatic reply; it answers a mail of #1001"
    )
    assert rows(desk, ledger, "uid", "outcome", "number") == [
        (1, "opened", 1001),
        (2, "opened", 1002),
    ]
    assert verified(desk) == []


def test_an_ignored_mail_that_is_read_again_is_noted_once(desk):
    """It was a note of the request already."""
    take(desk, letter(1, NOW))
    away = letter(
        2,
        NOW,
        refers_to=("1@mail.northgate.example",),
        machine=Machine.AUTO_REPLY,
        ignore="an automatic reply",
    )
    take(desk, away)
    commands.retry(desk, BEN, place(2))
    assert commands.look_again(desk, place(2), away).outcome == Outcome.IGNORED
    assert how(desk, 1001)["messages"] == 2
    assert verified(desk) == []


def test_two_pollers_fulfil_a_wish_once(desk, ruin):
    """Both have read the mail; one of them opens the request."""
    commands.open_mail(desk, BEN, place(1))
    with ThreadPoolExecutor(2) as pool:
        looks = [pool.submit(commands.look_again, desk, place(1), read_now(1, ruin)) for _ in "ab"]
        found = [look.result() for look in looks]
    assert [each is None for each in found].count(True) == 1
    assert rows(desk, ledger, "outcome", "number") == [("opened", 1001)]
    assert verified(desk) == []


def test_a_discarded_mail_is_ignored_and_says_by_whom(desk, clock, ruin):
    """It can be opened all the same, later."""
    commands.retry(desk, BEN, place(1))
    assert commands.discard(desk, ANA, place(1)) == "Mail 1 of help discarded"
    (mail,) = queries.mails(desk, ODD)
    assert (mail.outcome, mail.wish, mail.wished_by) == (Outcome.IGNORED, Wish.DISCARD, "ana")
    assert mail.reason == "discarded by Ana Lovelace; it was in quarantine: its headers never end"
    assert queries.wishes(desk) == []
    assert commands.look_again(desk, place(1), read_now(1, ruin)) is None
    commands.open_mail(desk, ANA, place(1))
    assert commands.look_again(desk, place(1), read_now(1, ruin)).number == 1001
    assert verified(desk) == []


def test_what_cannot_be_wished(desk, clock, ruin):
    """Each refusal says why."""
    take(desk, letter(2, NOW), letter(3, NOW, "Away", ignore="an automatic reply"))
    take(desk, letter(4, NOW, message_id="2@mail.northgate.example"))
    with pytest.raises(NotFound, match="There is no mail 99 in mailbox help"):
        commands.retry(desk, BEN, place(99))
    with pytest.raises(NotAllowed):
        commands.open_mail(desk, VISITOR, place(1))
    with pytest.raises(NotAllowed):
        commands.discard(desk, VISITOR, place(1))
    with pytest.raises(NotPossible, match="Mail 2 of help opened #1001"):
        commands.open_mail(desk, BEN, place(2))
    with pytest.raises(NotPossible, match="Mail 3 of help is put aside already"):
        commands.discard(desk, BEN, place(3))
    with pytest.raises(NotPossible, match="Mail 4 of help is a copy of another mail"):
        commands.open_mail(desk, BEN, place(4))
    commands.retry(desk, BEN, place(1))
    clock.advance(timedelta(seconds=4))
    with pytest.raises(LostRace, match="Ben wanted Mail 1 of help looked at again 4 s ago"):
        commands.retry(desk, ANA, place(1))
    commands.open_mail(desk, ANA, place(1))
    assert [each.wish for each in queries.wishes(desk)] == [Wish.OPEN]
