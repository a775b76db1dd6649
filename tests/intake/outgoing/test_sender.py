"""Sending the outbox: once each, whatever the server does, and said where it is not sure."""

from __future__ import annotations

import threading
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from intake.bell import Bell
from intake.outgoing.leases import is_gone, token
from store import commands, queries
from store.commands import outbox
from store.errors import NotPossible
from store.mail_records import OutboxCounts, OutgoingFile
from store.new_requests import NewRequest
from store.records import Address
from store.words import Channel, Delivery, Happened, Sends
from tests.intake.conftest import both_stores, until
from tests.intake.outgoing.conftest import delivery, replies
from tests.servers.post import HANG_UP, Post
from tests.servers.smtp import SmtpServer
from tests.store.people import ANA, VISITOR, a_request, the

_JOSE = NewRequest(Address("José", "josé@maths.example"), "It is dark", channel=Channel.PHONE)
_PDF = OutgoingFile("größe.pdf", "application/pdf", b"%PDF" * 10)


@both_stores
def test_a_reply_is_sent_and_says_so(desk, sending, bell):
    """With its files, in the thread, and the conversation says when."""
    (number,) = replies(desk, 1, (_PDF,))
    assert delivery(desk, number) == "not sent yet"
    with SmtpServer() as server:
        assert sending(server.port).once(bell) == ""
        mail = message_from_bytes(server.mails[0], policy=default)
    assert delivery(desk, number) == "sent 10:42"
    assert mail["From"] == '"Ana Lovelace, Northgate IT" <help@northgate.example>'
    assert mail["To"] == "Grace Hopper <hopper@maths.northgate.example>"
    assert mail["Auto-Submitted"] is None
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (_PDF.name, _PDF.data)
    assert queries.outbox_counts(desk) == OutboxCounts(0, 1, 0, 0)


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mail_goes_out_encrypted_and_logged_in(desk, sending, bell, monkeypatch, dovecot, security):
    """STARTTLS and TLS, with an account."""
    monkeypatch.setenv("SMTP_PASSWORD", "secret")
    replies(desk, 2)
    login = {"user": "help", "password_env": "SMTP_PASSWORD", "ca_file": str(dovecot.ca_file)}
    with SmtpServer(security, dovecot.ca_file.parent) as server:
        sender = sending(server.port, host="localhost", security=security, **login)
        assert sender.once(bell) == ""
        assert len(server.mails) == 2


_LATER = "not sent yet: the connection broke off"


@pytest.mark.parametrize(
    ("step", "said", "kept", "words"),
    [
        ("mail", b"451 busy", 0, "not sent yet: 451 busy"),
        ("mail", b"550 not you", 0, "could not be delivered: 550 not you"),
        ("mail", HANG_UP, 0, _LATER),
        ("rcpt", b"450 greylisted", 0, "not sent yet: 450 greylisted"),
        ("rcpt", b"550 no such user", 0, "could not be delivered: 550 no such user"),
        ("rcpt", b"421 closing", 0, "not sent yet: 421 closing"),
        ("rcpt", HANG_UP, 0, _LATER),
        ("data", b"452 full", 0, "not sent yet: 452 full"),
        ("data", b"554 no", 0, "could not be delivered: 554 no"),
        ("data", HANG_UP, 0, _LATER),
        ("dot", b"451 later", 0, "not sent yet: 451 later"),
        ("dot", b"554 spam", 0, "could not be delivered: 554 spam"),
        ("dot", b"421 bye", 0, "not sent yet: 421 bye"),
        ("dot", b"mumble", 1, "maybe sent: "),
        ("dot", HANG_UP, 1, "maybe sent: the connection broke off before the server answered"),
    ],
)
def test_what_becomes_of_a_mail_whatever_the_server_does(
    desk, sending, bell, step, said, kept, words
):
    """Before the last dot it was not sent; after it only the server knows."""
    (number,) = replies(desk, 1)
    with Post({step: said}) as server:
        assert sending(server.port).once(bell) == ""
        assert delivery(desk, number).startswith(words)
        assert len(server.mails) <= kept
    told = [
        each for each in queries.request(desk, number).history if each.what is Happened.DELIVERY
    ]
    assert len(told) == (not words.startswith("not sent yet"))


@pytest.mark.parametrize("step", ["connect", "ehlo"])
def test_a_server_that_does_not_begin_is_told_on_every_mail(desk, sending, bell, step):
    """It is nobody's fault but the server's: all of them wait, and say why."""
    numbers = replies(desk, 2)
    with Post({step: HANG_UP}) as server:
        error = sending(server.port).once(bell)
    assert error.startswith("outgoing mail: ")
    assert {delivery(desk, number) for number in numbers} == {f"not sent yet: {error}"}


def test_what_was_put_off_is_sent_later(desk, sending, bell, clock):
    """Not at once again, but after a while, and with the same Message-ID."""
    (number,) = replies(desk, 1)
    with Post({"dot": b"451 later"}, times=1) as server:
        server.instead["data"] = b"451 later"
        del server.instead["dot"]
        for _ in range(2):
            sending(server.port).once(bell)
        assert server.mails == []
        clock.advance(timedelta(minutes=1))
        sending(server.port).once(bell)
        assert len(server.mails) == 1
    assert delivery(desk, number) == "sent 10:43"


def test_what_is_never_taken_is_given_up(desk, sending, bell, clock):
    """After some three days, and the request is told."""
    (number,) = replies(desk, 1)
    with Post({"mail": b"451 busy"}) as server:
        for _ in range(50):
            sending(server.port).once(bell)
            clock.advance(timedelta(hours=2))
    assert delivery(desk, number) == "could not be delivered: given up after 50 tries: 451 busy"


def test_one_mail_that_is_refused_stops_no_other(desk, sending, bell):
    """The connection goes on with the next."""
    first, second = replies(desk, 2)
    with Post({"rcpt": b"550 no such user"}, times=1) as server:
        sending(server.port).once(bell)
    assert delivery(desk, first).startswith("could not be delivered")
    assert delivery(desk, second) == "sent 10:42"


def test_a_recipient_whose_address_the_server_cannot_take_stops_no_other(desk, sending, bell):
    """Without SMTPUTF8: the others get it, and the request says who does not."""
    first, second = a_request(desk), commands.open_request(desk, ANA, _JOSE).number
    commands.merge(desk, ANA, the(second), into=first)
    commands.reply(desk, ANA, the(first), "On my way")
    with Post(extensions=("8BITMIME",)) as server:
        assert sending(server.port).once(bell) == ""
        (recipients,), (mail,) = server.recipients, server.mails
    assert (recipients, mail.isascii()) == (["hopper@maths.northgate.example"], True)
    told = next(
        each for each in queries.request(desk, first).history if each.what is Happened.DELIVERY
    )
    assert "to josé@maths.example: the mail server takes no addresses" in told.text
    assert queries.outbox_counts(desk) == OutboxCounts(0, 1, 0, 0)


def test_a_sender_at_work_sends_what_is_written(desk, sending):
    """Woken by the commit, without waiting for its next look."""
    with Post() as server:
        sending(server.port).start()
        (number,) = replies(desk, 1)
        until(lambda: delivery(desk, number) == "sent 10:42")
        (second,) = replies(desk, 1)
        until(lambda: delivery(desk, second) == "sent 10:42")


@both_stores
def test_two_senders_share_an_outbox(desk, sending):
    """No mail goes out twice, and none is forgotten."""
    replies(desk, 30)
    with Post() as server:
        senders = [sending(server.port) for _ in range(3)]
        threads = [threading.Thread(target=_once, args=[sender]) for sender in senders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(server.ids().values()) == [1] * 30
    assert queries.outbox_counts(desk) == OutboxCounts(0, 30, 0, 0)


def _once(sender):
    bell = Bell()
    sender.once(bell)
    bell.close()


@both_stores
def test_a_lease_that_ran_out_says_whether_the_mail_was_sent(desk, clock):
    """Before the last dot it waits again, after it nobody knows."""
    first, second = replies(desk, 2)
    until_then = clock.now() + timedelta(minutes=5)
    one, two = (outbox.lease(desk, token(), until_then) for _ in range(2))
    assert outbox.lease(desk, token(), until_then) is None
    assert outbox.hand_over(desk, two, until_then)
    assert outbox.recover(desk, is_gone) == 0
    clock.advance(timedelta(minutes=5))
    assert outbox.recover(desk, is_gone) == 2
    assert delivery(desk, first).startswith("not sent yet")
    assert delivery(desk, second).startswith("maybe sent: the poller was interrupted")
    # Who was only slow finds its mail taken away, or knows better than those who wondered.
    assert not outbox.hand_over(desk, one, until_then)
    outbox.handed_over(desk, two, {}, {}, until_then)
    assert delivery(desk, second) == "sent 10:47"


def test_a_process_that_has_ended_is_known_by_its_lease():
    """Of this machine only; others may be alive."""
    mine = token()
    place = mine.rpartition("/")[0].rpartition("/")[0]
    assert not is_gone(mine)
    assert is_gone(f"{place}/99999999/ab")
    assert not is_gone("elsewhere:1/99999999/ab")
    assert not is_gone("")


def test_a_server_without_empty_senders_gets_ours(desk, sending, bell):
    """Microsoft 365 takes mail only from the account, automatic or not."""
    (number,) = replies(desk, 1)
    with desk.store.writing() as writing:
        writing.connection.execute(
            outbox.outbox.update().values(kind=Sends.ACKNOWLEDGEMENT.value, automatic=True)
        )
    with Post({"null": b"550 not as somebody else"}) as server:
        sending(server.port).once(bell)
        assert server.senders == ["help@northgate.example"]
    assert delivery(desk, number) == "sent 10:42"


@both_stores
def test_people_decide_about_what_is_in_doubt(desk, sending, bell):
    """Send it again, give it up, or say that it arrived."""
    numbers = replies(desk, 4)
    with Post({"dot": HANG_UP}) as server:
        sending(server.port).once(bell)
    ids = {each.number: each.id for each in queries.outbox(desk, 10)}
    assert {each.state for each in queries.outbox(desk, 10)} == {Delivery.UNCERTAIN}
    again, given_up, sent, _ = (ids[number] for number in numbers)
    assert commands.send_again(desk, ANA, again).text == f"#{numbers[0]}: sends the reply again"
    commands.give_up(desk, ANA, given_up)
    commands.was_sent(desk, ANA, sent)
    words = [delivery(desk, number) for number in numbers[:3]]
    assert words == ["not sent yet", "not sent: given up", "sent 10:42"]
    with Post() as server:
        sending(server.port).once(bell)
        assert len(server.mails) == 1
    with pytest.raises(NotPossible, match=f"The reply of #{numbers[0]} was sent"):
        commands.send_again(desk, ANA, again)
    with pytest.raises(Exception, match="only looking"):
        commands.give_up(desk, VISITOR, again)
    states = [each.state for each in queries.outbox(desk, 10)]
    assert states[0] is Delivery.UNCERTAIN
    assert len(states) == 4
