"""After a start nobody is called before mail was read; no mailbox holds calls up for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest
from sqlalchemy import select

from intake.imap.connect import Patience, connect
from intake.notifying import first_mail
from intake.notifying.first_mail import FirstMail
from intake.poller import Poller
from store import commands, queries
from store.facts.notices import notice
from store.policy.people import Person
from store.words import Notice
from tests.intake.conftest import until
from tests.servers.dovecot import free_port
from tests.servers.scripted import Scripted

TEN = timedelta(minutes=10)


@pytest.fixture
def runs(desk, bell, pushes) -> Iterator[Callable[..., None]]:
    """Starts pollers that read mailboxes and call people: ``runs(box)``; all end in time."""
    threads: list[Thread] = []
    people = [
        Person(
            name=login, login=login, addresses=[f"{login}@x.example"], notify=[pushes.url(login)]
        )
        for login in ("ana", "ben", "chi")
    ]

    def start(*boxes: object) -> None:
        threads.append(Thread(target=Poller(desk, boxes, people=people).run, args=[bell]))
        threads[-1].start()

    yield start
    bell.ring()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    ("read", "seconds", "awaited"),
    [
        (False, 0.0, True),
        (False, 59.9, True),
        (False, 60.0, False),
        (True, 0.0, False),
        (True, 60.0, False),
    ],
)
def test_mail_is_awaited_for_a_minute_at_most(read, seconds, awaited):
    """And no longer than until it is read."""
    assert FirstMail(lambda: read, 1000.0).awaited(1000.0 + seconds) is awaited


@pytest.mark.dovecot
def test_an_answer_that_came_while_no_poller_ran_is_read_before_the_next_is_called(
    desk, clock, emergency, dovecot, user, configured, runs, pushes
):
    """Ben and Chi were called, Chi has answered by mail, and Ana, who is due, can sleep on."""
    for login, place in (("ben", "json"), ("chi", "mail")):
        assert commands.call(desk, {login: (place,)}) == 1
        held = commands.lease_notice(desk, "a poller that ended", clock.now() + TEN)
        commands.hand_over_notice(desk, held, clock.now() + TEN)
        commands.notice_sent(desk, held)
        clock.advance(TEN)
    answer = (
        f"From: Chi <chi@northgate.example>\r\nTo: help@northgate.example\r\n"
        f"Subject: Re: Emergency\r\nIn-Reply-To: <{held.message_id}>\r\n\r\nOn my way.\r\n"
    )
    dovecot.deliver(user, [answer.encode()])
    runs(configured(dovecot))
    # That it is over is written by the same thread that calls.
    until(lambda: _written(desk, Notice.ALL_CLEAR))
    assert _written(desk, Notice.EMERGENCY) == ["ben", "chi"]
    assert queries.rows(desk, [emergency])[emergency].acknowledged_by == "chi"


def test_a_mailbox_that_hangs_holds_calls_up_for_a_while_only(
    desk, emergency, configured, runs, pushes, monkeypatch
):
    """Its server takes the connection and says nothing."""
    soon = partial(connect, patience=Patience(connect=20, answer=20))
    monkeypatch.setattr("intake.mailbox.connect", soon)
    monkeypatch.setattr(first_mail, "AT_MOST_S", 0.5)
    with Scripted(greeting=b"") as silent:
        runs(configured(silent, name="hangs"))
        until(lambda: pushes.to("ben"))
        assert queries.mailbox_health(desk) == []


def test_sent_folders_hold_no_call_up(desk, emergency, configured, runs, pushes, monkeypatch):
    """They wait for the desk's own mailbox, whose server is down, and no call is answered there."""
    monkeypatch.setattr(first_mail, "AT_MOST_S", 600.0)
    with Scripted() as server:
        sent = configured(server, name="ana-sent", kind="sent", person="ana", folder="Sent")
        desks = configured(server, name="help", port=free_port())
        runs(desks, sent)
        until(lambda: pushes.to("ben"))


def _written(desk, kind: Notice) -> list[str]:
    query = select(notice.c.login).where(notice.c.kind == kind.value).order_by(notice.c.id)
    with desk.store.reading() as connection:
        return list(connection.scalars(query))
