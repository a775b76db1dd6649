"""A known outage from end to end: mails come in, one is asked about, one answer reaches all."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from intake.poller import Looked, Poller
from store import commands, queries
from store.clock import SystemClock
from store.outage_records import OutageFacts
from store.words import OutageKind, Outcome
from tests.intake.conftest import need_dovecot, taken_in
from tests.intake.outgoing.conftest import acknowledging
from tests.intake.outgoing.conftest import configured as smtp
from tests.servers.smtp import SmtpServer
from tests.store.looking import verified
from tests.store.people import ANA, the

DARK = OutageFacts(OutageKind.OUTAGE, "projector", ("dark",), "A fuse has gone.")
PEOPLE = [f"person{number}@maths.example" for number in range(1, 31)]


@pytest.fixture
def clock() -> SystemClock:
    """The servers' time is the real one."""
    return SystemClock()


def mail_of(address: str) -> bytes:
    """Return a mail about the outage; its Message-ID names its sender, as some do."""
    return (
        f"From: {address}\r\nTo: help@northgate.example\r\n"
        f"Subject: Our projector is dark\r\nMessage-ID: <{address}.1@maths.example>\r\n\r\n"
        f"Nothing to see. {address}\r\n"
    ).encode()


@pytest.fixture(params=["dovecot", "pymap"])
def delivering(request, configured, user):
    """A mailbox on a server, and what delivers to it."""
    if request.param == "dovecot":
        need_dovecot()
        server = request.getfixturevalue("dovecot")
        return configured(server), lambda mails: server.deliver(user, mails)
    server = request.getfixturevalue("pymap_server")
    with server.client(None) as client:
        client.create_folder(user)
    return configured(server, folder=user), lambda mails: server.deliver(mails, user)


@pytest.mark.dovecot
def test_of_thirty_mails_one_is_asked_about_and_one_answer_reaches_all(desk, delivering, bell):
    """Each once; nobody sees another's address, not even in a Message-ID."""
    box, deliver = delivering
    with SmtpServer() as server:

        def look(*addresses: str) -> None:
            deliver([mail_of(each) for each in addresses])
            poller = Poller(acknowledging(desk), [box], None, smtp(server.port))
            assert poller.run_once(bell) == [Looked("help", ""), Looked("outgoing", "")]

        look(PEOPLE[0])
        commands.declare_outage(desk, ANA, the(1001), DARK)
        look(PEOPLE[1])
        assert queries.rows(desk, [1002])[1002].outage.number == 1001
        commands.join_outage(desk, ANA, the(1002))
        look(*PEOPLE[2:])
        assert taken_in(desk) == {Outcome.OPENED: 2, Outcome.FOLLOWED_UP: 28}
        acknowledged = [message_from_bytes(each, policy=default) for each in server.mails]
        assert sorted(str(each["To"]) for each in acknowledged) == sorted(PEOPLE)
        for mail, names in zip(acknowledged, server.recipients, strict=True):
            assert names == [mail["To"]]
        known = "Known: Projectors is down since "
        assert sum(known in str(each.get_content()) for each in acknowledged) == 29
        commands.reply(desk, ANA, the(1001), "It is light again")
        look()
        (answer,) = server.mails[30:]
        assert sorted(server.recipients[30]) == sorted(PEOPLE)
    assert b"person" not in answer
    shown = message_from_bytes(answer, policy=default)
    assert str(shown["To"]) == "Northgate IT <help@northgate.example>"
    assert (shown["Bcc"], shown["Cc"]) == (None, None)
    assert verified(desk) == []
