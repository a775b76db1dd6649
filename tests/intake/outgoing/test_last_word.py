"""A server that thinks about a mail for long holds up no other mail, and nothing goes out twice."""

from __future__ import annotations

import threading

import pytest

from intake.outgoing import last_word
from store import queries
from store.mail_records import OutboxCounts
from tests.intake.conftest import both_stores, until
from tests.intake.outgoing.conftest import delivery, replies
from tests.servers.post import HANG_UP, Post


@pytest.fixture
def thinking(monkeypatch):
    """A server that thinks about its first mail until ``thinks`` is set; others do not wait."""
    monkeypatch.setattr(last_word, "_TOGETHER_S", 0.05)
    with Post(thinks=threading.Event()) as server:
        yield server
        server.thinks.set()


@both_stores
def test_other_mail_goes_out_while_a_server_thinks_about_one(desk, sending, thinking):
    """The one is said to be on its way, and to be sent as soon as the server says so."""
    first, second, third = replies(desk, 3)
    sending(thinking.port).start()
    until(lambda: delivery(desk, second) == delivery(desk, third) == "sent 10:42")
    assert delivery(desk, first) == "being sent"
    thinking.thinks.set()
    until(lambda: delivery(desk, first) == "sent 10:42")
    assert sorted(thinking.ids().values()) == [1, 1, 1]


def test_what_a_server_has_not_answered_at_the_end_is_in_doubt(desk, sending, thinking):
    """The poller ends all the same, soon."""
    first, second = replies(desk, 2)
    sender = sending(thinking.port)
    sender.start()
    until(lambda: delivery(desk, second) == "sent 10:42")
    sender.end(had_s=60)
    assert delivery(desk, first).startswith("maybe sent: the connection broke off before")
    assert queries.outbox_counts(desk) == OutboxCounts(0, 1, 0, 1)


def test_a_line_that_breaks_while_a_server_thinks_leaves_a_doubt(desk, sending, thinking):
    """As it would at once."""
    thinking.instead["dot"], thinking.times = HANG_UP, 1
    first, second = replies(desk, 2)
    sending(thinking.port).start()
    until(lambda: delivery(desk, second).startswith("maybe sent"))
    thinking.thinks.set()
    until(lambda: delivery(desk, first) == "sent 10:42")


def test_only_so_many_are_waited_for_at_once(desk, sending, thinking, monkeypatch, bell):
    """Servers count connections: the next mail waits along. A single look waits for them all."""
    monkeypatch.setattr(last_word, "_MOST", 0)
    numbers = replies(desk, 2)
    threading.Timer(0.2, thinking.thinks.set).start()
    assert sending(thinking.port).once(bell) == ""
    assert {delivery(desk, each) for each in numbers} == {"sent 10:42"}
