"""A Sent folder on a real server: what answers a request, and nothing else."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from imapclient import SEEN

from intake.poller import Looked, Poller
from store import queries
from store.words import Metric, Outcome
from tests.conftest import NOW
from tests.intake.conftest import mail, taken_in, until

pytestmark = pytest.mark.dovecot
SENT_AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)


def answer(number: int, refers_to: str = "1@maths.example", to: str = "grace@maths.example"):
    """Return a mail that Ana has sent."""
    return (
        f"From: Ana Lovelace <ana@northgate.example>\r\nTo: {to}\r\nSubject: Re: Request 1\r\n"
        f"Message-ID: <{number}@ana.example>\r\nIn-Reply-To: <{refers_to}>\r\n"
        "Date: Mon, 23 Nov 2026 09:20:00 +0000\r\n\r\nComing at eleven.\r\n"
    ).encode()


PRIVATE = answer(2, "party@home.example", "sister@home.example")


@pytest.fixture
def boxes(dovecot, configured, user, desk):
    """The desk's mailbox and Ana's own, whose Sent folder she has named."""
    dovecot.deliver(f"{user}-ana", [], "Sent")
    desk.rules = replace(desk.rules, sent_folders={"ana-sent": "ana"})
    own = configured(
        dovecot, name="ana-sent", user=f"{user}-ana", folder="Sent", kind="sent", person="ana"
    )
    return [own, configured(dovecot)]


def test_what_came_while_nobody_read_is_read_in_the_right_order(dovecot, boxes, user, desk, bell):
    """First what was asked, then what was answered; nothing is changed in the folder."""
    dovecot.deliver(user, [mail(1)], at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    dovecot.deliver(f"{user}-ana", [answer(1), PRIVATE], "Sent", at=SENT_AT)
    assert Poller(desk, boxes).run_once(bell) == [Looked("ana-sent", ""), Looked("help", "")]
    assert taken_in(desk, "ana-sent") == {Outcome.FOLLOWED_UP: 1, Outcome.IGNORED: 1}
    view = queries.request(desk, 1001)
    assert [each.text for each in view.messages] == ["Nothing works.", "Coming at eleven."]
    first = next(each for each in view.clocks if each.metric is Metric.FIRST_RESPONSE)
    assert first.stopped_at == SENT_AT
    with dovecot.client(f"{user}-ana", "Sent") as client:
        assert all(
            SEEN not in flags[b"FLAGS"]
            for flags in client.fetch(client.search(), ["FLAGS"]).values()
        )
    Poller(desk, boxes).run_once(bell)
    assert taken_in(desk, "ana-sent") == {Outcome.FOLLOWED_UP: 1, Outcome.IGNORED: 1}
    health = {each.name: each for each in queries.mailbox_health(desk)}
    assert (health["ana-sent"].server, health["ana-sent"].ledger) == (2, 2)
    assert (health["ana-sent"].sent_of, health["help"].sent_of) == ("ana", "")


def test_nothing_is_read_there_while_the_desks_own_mailbox_cannot_be(
    dovecot, boxes, user, desk, bell
):
    """What is answered there could be about what nobody knows of yet."""
    dovecot.deliver(f"{user}-ana", [answer(1)], "Sent")
    broken = boxes[1].model_copy(update={"folder": "Nowhere"})
    sent, desks = Poller(desk, [boxes[0], broken]).run_once(bell)
    assert sent.error == ""
    assert "Nowhere" in desks.error
    assert taken_in(desk, "ana-sent") == {}


def test_an_answer_stops_the_clock_soon_after_it_was_sent(dovecot, boxes, user, desk, bell, clock):
    """By IDLE, as in every mailbox, and only after what was asked is known."""
    thread = threading.Thread(target=Poller(desk, boxes).run, args=[bell])
    thread.start()
    try:
        dovecot.deliver(user, [mail(1)], at=NOW - timedelta(hours=2))
        until(lambda: taken_in(desk) == {Outcome.OPENED: 1})
        until(lambda: len([h for h in queries.mailbox_health(desk) if h.connected]) == 2)
        dovecot.deliver(f"{user}-ana", [PRIVATE], "Sent")
        until(lambda: taken_in(desk, "ana-sent").get(Outcome.IGNORED) == 1)
        clock.advance(timedelta(minutes=20))
        dovecot.deliver(f"{user}-ana", [answer(1)], "Sent", at=NOW - timedelta(hours=1))
        until(lambda: taken_in(desk, "ana-sent").get(Outcome.FOLLOWED_UP) == 1)
    finally:
        bell.ring()
        thread.join(30)
    said = queries.request(desk, 1001).messages[-1]
    # Under whatever date it was put there: it was not there when the folder was last looked at.
    assert (said.text, said.at) == ("Coming at eleven.", NOW)


def test_a_folder_that_the_policy_does_not_know_is_nobodys_mailbox(
    dovecot, boxes, user, desk, bell
):
    """The file of this machine says what it is, whatever was applied elsewhere."""
    desk.rules = replace(desk.rules, sent_folders={})
    dovecot.deliver(f"{user}-ana", [PRIVATE], "Sent")
    Poller(desk, boxes).run_once(bell)
    assert taken_in(desk, "ana-sent") == {Outcome.IGNORED: 1}
    assert queries.requests(desk) == []
