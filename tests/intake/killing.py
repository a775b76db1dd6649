"""Killing the poller at random moments, and what must be true afterwards."""

from __future__ import annotations

import random
import time
from collections import Counter

from sqlalchemy import func, select

from store.facts.engine import open_store
from store.facts.mail import ledger
from store.facts.messages import message
from store.facts.requests import request
from tests.servers.dovecot import Dovecot
from tests.servers.office import Office

USER = "help"


def a_mail(number: int, chance: random.Random) -> bytes:
    """Return a small mail; every hundredth cannot be read."""
    if number % 100 == 0:
        return b"\0" * 1000 + b"%d" % number
    body = "The printer is broken again.\n" * chance.randint(1, 200)
    return (
        f"From: Person {number} <p{number}@maths.example>\nTo: help@northgate.example\n"
        f"Subject: Number {number}\nMessage-ID: <{number}@maths.example>\n\n{body}"
    ).encode()


def kill_while_it_works(
    office: Office, mails: int, kills: int, chance: random.Random
) -> Counter[str]:
    """Start the poller and kill it ``kills`` times; return what it was doing at the time."""
    doing: Counter[str] = Counter()
    for left in range(kills, 0, -1):
        done = office.counts()[0]
        # A share of what is left, so that there is work for every one of them.
        goal = done + chance.randint(0, max(1, 2 * (mails - done) // (left + 1)))
        process = office.start("intake", "--once")
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0.0, 1.0))
        else:
            while process.poll() is None and office.counts()[0] < min(goal, mails):
                time.sleep(0.002)
            time.sleep(chance.uniform(0.0, 0.08))
        ended = process.poll() is not None
        process.kill()
        process.communicate()
        now = office.counts()[0]
        doing[
            "at its end" if ended else "at work" if now > done else "before its first commit"
        ] += 1
    return doing


def findings(office: Office, server: Dovecot, mails: int, after: str) -> list[str]:
    """Return what is wrong; empty if nothing is."""
    wrong = []
    store = open_store(office.url)
    with store.reading() as connection:
        rows = connection.scalar(select(func.count()).select_from(ledger))
        outcomes = Counter(connection.scalars(select(ledger.c.outcome)))
        requests = connection.scalar(select(func.count()).select_from(request))
        messages = connection.scalar(select(func.count()).select_from(message))
        ids = connection.scalar(select(func.count(func.distinct(message.c.message_id))))
    store.close()
    readable = mails - mails // 100
    found = f"ledger {rows}, {dict(outcomes)}; requests {requests}; messages {messages}"
    if rows != mails or outcomes != {"opened": readable, "quarantined": mails - readable}:
        wrong.append(f"the ledger should have {mails} rows: {found}")
    if (requests, messages, ids) != (readable, readable, readable):
        wrong.append(f"there should be {readable} requests with one message each: {found}")
    with server.client(USER) as client:
        here, unseen = len(client.search(["ALL"])), len(client.search(["UNSEEN"]))
        client.select_folder("Archive")
        archived = len(client.search(["ALL"]))
    expected = {
        "leave": (mails, mails, 0),
        "seen": (mails, 0, 0),
        "move:Archive": (0, 0, mails),
    }
    found = f"{here} in the INBOX, {unseen} of them unread, {archived} in Archive"
    if (here, unseen, archived) != expected[after]:
        wrong.append(f"the mailbox should hold {expected[after]}: {found}")
    return wrong
