"""The poller as a whole: mail comes in, and what it brings about goes out."""

from __future__ import annotations

import threading
from email import message_from_bytes
from email.policy import default

import pytest

from intake.poller import Looked, Poller
from store import commands, queries
from store.clock import SystemClock
from tests.intake.conftest import mails, until
from tests.intake.outgoing.conftest import acknowledging, delivery
from tests.intake.outgoing.conftest import configured as smtp
from tests.servers.dovecot import free_port
from tests.servers.smtp import SmtpServer
from tests.store.people import ANA, the


@pytest.fixture
def clock() -> SystemClock:
    """The servers' time is the real one."""
    return SystemClock()


@pytest.fixture
def box(pymap_server, configured, user):
    """A mailbox with two mails that have just come."""
    with pymap_server.client(None) as client:
        client.create_folder(user)
    recent = [each.replace(b"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n", b"") for each in mails(2)]
    pymap_server.deliver(recent, user)
    return configured(pymap_server, folder=user)


def test_what_has_just_come_is_acknowledged_in_the_same_look(desk, box, bell):
    """``intake --once``, from a timer: in and out in one go."""
    with SmtpServer() as server:
        looked = Poller(acknowledging(desk), [box], None, smtp(server.port)).run_once(bell)
        assert looked == [Looked("help", ""), Looked("outgoing", "")]
        sent = [message_from_bytes(each, policy=default) for each in server.mails]
    assert [mail["In-Reply-To"] for mail in sent] == ["<1@maths.example>", "<2@maths.example>"]
    assert [mail["Auto-Submitted"] for mail in sent] == ["auto-replied", "auto-replied"]


def test_a_server_that_is_away_is_one_of_the_things_that_failed(desk, box, bell):
    """The mail is in all the same."""
    poller = Poller(acknowledging(desk), [box], None, smtp(free_port()))
    help_, outgoing = poller.run_once(bell)
    assert help_ == Looked("help", "")
    assert outgoing.error.startswith("outgoing mail: nothing takes connections at 127.0.0.1:")
    assert delivery(desk, 1001).startswith("not sent yet: outgoing mail: nothing takes")


def test_a_running_poller_sends_what_boards_write(desk, box, bell):
    """Within moments, and ends when told."""
    with SmtpServer() as server:
        poller = Poller(desk, [box], None, smtp(server.port))
        thread = threading.Thread(target=poller.run, args=[bell])
        thread.start()
        until(lambda: queries.requests(desk))
        commands.reply(desk, ANA, the(1001), "On my way")
        until(lambda: server.mails)
        bell.ring()
        thread.join(20)
        assert not thread.is_alive()
    assert delivery(desk, 1001).startswith("sent ")
