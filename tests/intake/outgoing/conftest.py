"""A desk that sends mail, and senders for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from intake.outgoing.sender import Sender
from store import commands, queries
from store.desk import Desk
from store.mail_records import OutgoingFile
from store.policy.outgoing import Outgoing
from store.records import MessageView
from store.words import Direction
from tests.store.people import ANA, a_request, the


def configured(port: int, **changes: object) -> Outgoing:
    """Return the config of a server on loopback."""
    fields = {"host": "127.0.0.1", "port": port, "security": "none"} | changes
    return Outgoing.model_validate(fields)


@pytest.fixture
def sending(desk: Desk) -> Iterator[Callable[[int], Sender]]:
    """Makes senders: ``sending(port)``; all end in time."""
    senders: list[Sender] = []

    def make(port: int, **changes: object) -> Sender:
        senders.append(Sender(desk, configured(port, **changes)))
        return senders[-1]

    yield make
    for each in senders:
        each.end()


def replies(desk: Desk, count: int, files: tuple[OutgoingFile, ...] = ()) -> list[int]:
    """Write a reply to each of ``count`` requests; return the requests' numbers."""
    numbers = [a_request(desk) for _ in range(count)]
    for number in numbers:
        commands.reply(desk, ANA, the(number), f"Answer to {number}", files)
    return numbers


def sent_mail(desk: Desk, number: int) -> MessageView:
    """Return the newest mail of ours on a request."""
    messages = queries.request(desk, number).messages
    return next(each for each in reversed(messages) if each.direction is Direction.OUT)


def delivery(desk: Desk, number: int) -> str:
    """Return how far the newest mail of ours on a request has come."""
    return sent_mail(desk, number).delivery


def acknowledging(desk: Desk) -> Desk:
    """Have ``desk`` acknowledge what comes in and tell of resolutions."""
    answers = replace(desk.rules.answers, acknowledge=True, resolution=True)
    desk.rules = replace(desk.rules, answers=answers)
    return desk
