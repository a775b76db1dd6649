"""Mail that somebody wants looked at again: the poller reads the original in the store."""

from __future__ import annotations

import hashlib
import threading

import pytest
from sqlalchemy import update

from intake import second_look
from intake.imap.fetched import Fetched
from intake.poller import Poller
from intake.second_look import look_again
from intake.understanding import Understanding
from store import commands, queries
from store.errors import StoreHindered, StoreUnreachable
from store.facts.messages import original
from store.mail_records import MailPlace
from store.records import Actor
from store.words import Outcome
from tests.conftest import NOW
from tests.intake.conftest import until

ANA = Actor("ana", "Ana Lovelace")
AWAY = (
    b"From: Grace <grace@maths.example>\r\nTo: help@northgate.example\r\nSubject: Away\r\n"
    b"Message-ID: <1@maths.example>\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday.\r\n"
)
RUIN = (
    b"\0\0\1\2 From nobody\n\x1b]52;c;aGk=\x07 subject: \x1b[31mhelp [/b]\n"
    b"from: Eva <eva@x.example>\n\0\0"
)


def in_the_ledger(desk, raw, uid=1, failure=""):
    """Take a mail in as the poller does; return where it is."""
    fetched = Fetched(uid, NOW, len(raw), raw, failure=failure)
    commands.take_in(desk, "help", 7, Understanding(desk.rules, "help").of([fetched], NOW))
    return MailPlace("help", 7, uid)


def outcomes(desk):
    """Return what became of each mail, by UID."""
    found = queries.mails(desk, list(Outcome))
    return {each.place.uid: each.outcome for each in found}


def test_an_original_that_is_damaged_does_not_keep_others_from_being_looked_at(desk):
    """Its mail stays in quarantine and says so; nobody asks for it every other second."""
    places = [in_the_ledger(desk, AWAY.replace(b"<1@", b"<%d@" % uid), uid) for uid in (1, 2)]
    with desk.store.writing() as writing:
        broken = update(original).where(original.c.id == 1)
        writing.connection.execute(broken.values(data=b"\0\0\0"))
    for place in places:
        commands.open_mail(desk, ANA, place)
    assert look_again(desk) == 2
    assert outcomes(desk) == {1: Outcome.QUARANTINED, 2: Outcome.OPENED}
    [held] = queries.mails(desk, [Outcome.QUARANTINED])
    assert held.reason.startswith("its original is damaged; restore the database from a backup")
    assert look_again(desk) == 0


def test_a_mail_is_read_again_by_the_rules_of_now(desk, monkeypatch):
    """What an older version could not read is read by this one."""
    place = in_the_ledger(desk, AWAY.replace(b"Auto-Submitted: auto-replied\r\n", b""))
    assert outcomes(desk) == {1: Outcome.OPENED}
    with monkeypatch.context() as older:
        older.setattr("intake.understanding.read", lambda _raw: 1 / 0)
        place = in_the_ledger(desk, AWAY.replace(b"<1@", b"<2@"), uid=2)
    assert outcomes(desk)[2] == Outcome.QUARANTINED
    commands.retry(desk, ANA, place)
    assert look_again(desk) == 1
    assert outcomes(desk)[2] == Outcome.IGNORED
    assert look_again(desk) == 0


def test_a_ruin_opens_a_request_when_somebody_wants_it(desk):
    """With what can be seen of it, and nothing that could drive a terminal."""
    place = in_the_ledger(desk, RUIN)
    assert outcomes(desk) == {1: Outcome.QUARANTINED}
    commands.open_mail(desk, ANA, place)
    look_again(desk)
    shown = queries.request(desk, 1001)
    assert shown.row.requester.address == "eva@x.example"
    damaged = "the headers are damaged and the body is filled with NULs"
    assert shown.messages[0].text.startswith(f"[This mail could not be read ({damaged}). ")
    assert "From nobody" in shown.messages[0].text
    assert "\x1b" not in shown.messages[0].text
    assert shown.history[0].why[0] == f"Ana wanted it opened; it was quarantined: {damaged}"
    assert queries.original(desk, shown.messages[0].id) == RUIN


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 500, b"\xff\xfe\0x" * 50, b"From: \r\nSubject: =?x?=\r\n"]
)
def test_whatever_it_is_it_opens(desk, raw):
    """Nothing at all may be in it."""
    place = in_the_ledger(desk, raw, failure="the server does not give it")
    commands.open_mail(desk, ANA, place)
    look_again(desk)
    shown = queries.request(desk, 1001)
    assert shown.row.subject
    assert outcomes(desk) == {1: Outcome.OPENED}


def test_an_ignored_mail_is_one_wish_away_from_being_opened(desk):
    """An automatic reply that was none."""
    place = in_the_ledger(desk, AWAY)
    assert outcomes(desk) == {1: Outcome.IGNORED}
    commands.open_mail(desk, ANA, place)
    look_again(desk)
    assert queries.request(desk, 1001).messages[0].text == "Back on Monday."
    assert hashlib.sha256(queries.kept(desk, 1)).digest() == hashlib.sha256(AWAY).digest()


def test_what_the_store_does_not_take_goes_back_to_quarantine(desk, monkeypatch):
    """It is not tried again and again."""
    place = in_the_ledger(desk, AWAY)
    real, tried = commands.look_again, []

    def fails_once(*arguments):
        tried.append(arguments)
        if len(tried) == 1:
            raise ValueError("something in the mail")
        return real(*arguments)

    monkeypatch.setattr(second_look.commands, "look_again", fails_once)
    commands.open_mail(desk, ANA, place)
    assert look_again(desk) == 1
    (mail,) = queries.mails(desk, [Outcome.QUARANTINED])
    assert mail.reason.startswith("the store could not take it (ValueError, ")


def test_a_store_in_trouble_keeps_the_wish(desk, monkeypatch):
    """It is fulfilled when the store is well again."""
    place = in_the_ledger(desk, AWAY)
    commands.open_mail(desk, ANA, place)

    def full(*_):
        raise StoreHindered("the disk is full")

    with monkeypatch.context() as trouble:
        trouble.setattr(second_look.commands, "look_again", full)
        with pytest.raises(StoreHindered):
            look_again(desk)
    assert look_again(desk) == 1


def test_the_poller_looks_again_by_itself(desk, bell, monkeypatch):
    """Some seconds after the key was pressed; `intake --once` does too."""
    monkeypatch.setattr("intake.poller._LOOK_AGAIN", 0.05)
    place = in_the_ledger(desk, AWAY)
    poller = threading.Thread(target=Poller(desk, []).run, args=[bell])
    poller.start()
    commands.open_mail(desk, ANA, place)
    until(lambda: outcomes(desk) == {1: Outcome.OPENED})
    bell.ring()
    poller.join(10)
    assert not poller.is_alive()
    ruin = in_the_ledger(desk, RUIN, uid=2)
    commands.open_mail(desk, ANA, ruin)
    Poller(desk, []).run_once(bell)
    assert outcomes(desk)[2] == Outcome.OPENED


def test_a_look_at_all_mailboxes_outlives_a_store_in_trouble(desk, bell, monkeypatch):
    """The mailboxes say themselves what is wrong."""

    def gone(_desk):
        raise StoreUnreachable("the database is gone")

    monkeypatch.setattr(second_look, "look_again", gone)
    assert Poller(desk, []).run_once(bell) == []


def test_a_cut_mail_says_so_again(desk):
    """Only its start is kept: the request says where the whole is."""
    fetched = Fetched(1, NOW, 60_000_000, AWAY, truncated=True)
    commands.take_in(desk, "help", 7, Understanding(desk.rules, "help").of([fetched], NOW))
    commands.open_mail(desk, ANA, MailPlace("help", 7, 1))
    look_again(desk)
    shown = queries.request(desk, 1001).messages[0]
    note = "[This mail has 60 MB: only its start is here. The whole is in the mailbox.]"
    assert shown.text.endswith(note)
    assert note in shown.defects
