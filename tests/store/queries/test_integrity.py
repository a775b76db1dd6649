"""Whether the store agrees with itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bench.stored import fill
from store import commands, queries
from store.desk import Desk
from store.facts.history import counter, event
from store.facts.mail import ledger, outbox
from store.facts.messages import original
from store.facts.requests import request
from store.queries.integrity import database_problems, extent, problems
from store.words import Ending, State
from tests.conftest import NOW
from tests.store.letters import letter, unreadable
from tests.store.people import ANA, BEN, a_request, the


@pytest.fixture
def lived_in(desk, clock):
    """A store with mail and with work done on it."""
    printer = letter(2, NOW, "Printer", message_id="b@x")
    mails = [letter(1, NOW, message_id="a@x"), printer, unreadable(3, NOW)]
    commands.take_in(desk, "help", 1, mails)
    commands.claim(desk, BEN, the(1001))
    commands.note(desk, BEN, the(1001), "Bulb")
    commands.undo(desk, BEN)
    commands.reply(desk, BEN, the(1001), "Which room?")
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER)
    clock.advance(timedelta(hours=1))
    again = letter(4, clock.now(), "Re: Projector", refers_to=("a@x",))
    commands.take_in(desk, "help", 1, [again, replace(printer, uid=5)])
    commands.emergency(desk, ANA, the(1002), "Exams")
    commands.resolve(desk, ANA, the(1002), Ending.FIXED)
    a_request(desk)
    return desk


def test_a_store_that_was_worked_with_agrees_with_itself(lived_in):
    """Whatever the commands write, history and ledger say the same."""
    assert list(problems(lived_in)) == []


def test_an_empty_store_agrees_with_itself(desk):
    """There is nothing that could differ."""
    assert (list(problems(desk)), extent(desk)) == ([], 0)


def test_it_is_told_how_far_it_is(lived_in):
    """For a progress bar: requests and originals."""
    done: list[int] = []
    list(problems(lived_in, done.append))
    assert sum(done) == extent(lived_in) == 3 + 4


def test_whatever_differs_is_said_in_a_line(lived_in):
    """Where, what is there, and what should be."""
    for _ in range(3):
        a_request(lived_in)
    number, uid, mail = request.c.number, ledger.c.uid, original.c.id
    damages = [
        update(request).where(number == 1003).values(due_at=NOW),
        update(request).where(number == 1001).values(assignee="chi", messages=7),
        update(request).where(number == 1002).values(live=True),
        delete(event).where(event.c.number == 1004),
        update(event).where(event.c.number == 1005).values(new={"state": "lost"}),
        update(event).where(event.c.number == 1006).values(new={"hat": "red", "state": "new"}),
        update(original).where(mail == 1).values(data=b"no zlib"),
        update(original).where(mail == 2).values(sha256=b"x" * 32),
        update(original).where(mail == 3).values(size=1),
        update(ledger).where(uid == 1).values(number=None),
        update(ledger).where(uid == 5).values(number=1002, outcome="opened"),
        delete(ledger).where(uid == 4),
        delete(outbox),
        update(counter).values(message=2),
    ]
    with lived_in.store.writing() as writing:
        for damage in damages:
            writing.connection.execute(damage)
    found = [line.partition(" (Error")[0] for line in problems(lived_in)]
    assert found == [
        "counter: the last message is 9, and the counter says 2",
        "#1001: assignee is chi, by its history it is ben",
        "#1002: live is True, by its history it is False",
        f"#1003: due_at is {NOW}, by its history it is 2026-11-24 11:42:00+00:00",
        "#1004: its history does not begin with its receipt",
        "#1005: its history cannot be understood (KeyError: 'priority')",
        "#1006: its history cannot be understood (KeyError: 'hat')",
        "original 1: it cannot be unpacked",
        "original 2: it is not what it was when it came: its SHA-256 is another",
        "original 3: it has 3 bytes and should have 1",
        "#1001: it says 7 messages, and there are 3",
        "#1001: message 4 is a mail, and the outbox does not have it",
        "ledger: mail 1 of mailbox help became part of no request",
        "ledger: #1002 was opened by 2 mails",
        "#1001: message 5 came by mail, and no ledger row has its original",
        "mailbox help: it says 2 opened, and there are 3 in the ledger",
        "mailbox help: it says 1 followed_up, and there are 0 in the ledger",
        "mailbox help: it says 1 duplicate, and there are 0 in the ledger",
    ]


def test_sqlite_checks_its_own_file(lived_in):
    """Rows that belong to nothing can only come from outside; they are found."""
    assert list(database_problems(lived_in)) == []
    if lived_in.store.dialect != "sqlite":
        return
    outside = sqlite3.connect(lived_in.store.url.database)
    outside.execute("UPDATE message SET number = 9 WHERE id = 1")
    outside.commit()
    outside.close()
    assert list(database_problems(lived_in)) == [
        "database: row 1 of message belongs to a row of request that is not there"
    ]


def test_the_store_of_the_benchmarks_agrees_with_itself(database_url):
    """What is written by the thousand is what the commands would have written."""
    fill(database_url, live=60, closed=40)
    with closing(Desk.open(database_url)) as desk:
        assert list(problems(desk)) == []
        assert queries.summary(desk, ANA).live == 60
