"""How many small mails a second become committed requests, with history, clocks and search.

    python bench/take_in.py [--mails 10000] [--batch 100] [--follow-ups 0.3] [URL]

Without URL: a temporary SQLite file (synchronous=FULL) on the disk of the temporary folder.
Beside it, in the same run, the floor: the same originals into one plain table, as fast as
Python's sqlite3 goes, committed as often.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from store.commands import take_in
from store.desk import Desk
from store.facts.engine import open_store
from store.facts.schema import upgrade
from store.mail_records import Incoming, ReadMail, Triage
from store.records import Address
from store.words import Channel, Kind, Level, Priority
from tests.rulebook import a_rulebook


def words(chance: random.Random) -> tuple[list[str], list[float]]:
    """Return 20,000 words and how often each comes: most are rare, as in any language."""
    letters = "etaoinshrdlcumwfgypbvkjxqz"
    rare_first = [1 / (place + 2) for place in range(len(letters))]
    made = [
        "".join(chance.choices(letters, rare_first, k=chance.randint(2, 11))) for _ in range(20_000)
    ]
    return made, [1 / (place + 1) for place in range(20_000)]


def mails(count: int, follow_ups: float, size: int) -> Iterator[Incoming]:
    """Yield mails as a desk gets them: some new, some replies, from some hundred people."""
    chance = random.Random(5)
    start = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    ids: list[str] = []
    vocabulary, often = words(chance)
    for uid in range(1, count + 1):
        who = chance.randrange(600)
        sender = Address(f"Person {who}", f"person{who}@maths.northgate.example")
        text = " ".join(chance.choices(vocabulary, often, k=size // 6))
        reply_to = chance.choice(ids[-300:]) if ids and chance.random() < follow_ups else ""
        message_id = f"{chance.getrandbits(80):020x}@mail.northgate.example"
        ids.append(message_id)
        at = start + timedelta(seconds=uid)
        mail = ReadMail(
            message_id=message_id,
            in_reply_to=(reply_to,) if reply_to else (),
            references=(reply_to,) if reply_to else (),
            date=at,
            sender=sender,
            reply_to=None,
            to=(Address("IT help", "help@northgate.example"),),
            cc=(),
            subject=text[:60],
            text=text,
            reply=text,
            quoted="",
        )
        triage = Triage(
            service="printing",
            kind=Kind.INCIDENT,
            impact=Level.LOW,
            urgency=Level.MEDIUM,
            priority=chance.choice(list(Priority)),
            claimed_urgent=False,
            channel=Channel.DESK_MAIL,
            requester=sender,
            tags=(),
            why=("service printing: the word printer",),
        )
        headers = f"Received: by mail; {uid}\r\nMessage-ID: <{message_id}>\r\n".ljust(1200, "x")
        raw = f"{headers}\r\n\r\n{text}".encode()
        digest = hashlib.sha256(raw).digest()
        yield Incoming(uid, at, len(raw), raw, digest, mail=mail, triage=triage)


def floor(items: list[Incoming], batch: int, folder: str) -> float:
    """Return seconds to do nothing but keep the compressed originals."""
    connection = sqlite3.connect(f"{folder}/floor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE original (id INTEGER PRIMARY KEY, sha BLOB, data BLOB)")
    begin = time.perf_counter()
    for start in range(0, len(items), batch):
        connection.execute("BEGIN IMMEDIATE")
        rows = [(i.sha256, zlib.compress(i.raw, 1)) for i in items[start : start + batch]]
        connection.executemany("INSERT INTO original (sha, data) VALUES (?, ?)", rows)
        connection.execute("COMMIT")
    return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--follow-ups", type=float, default=0.3)
    parser.add_argument("--size", type=int, default=2_500, help="characters of text")
    options = parser.parse_args()
    items = list(mails(options.mails, options.follow_ups, options.size))
    with tempfile.TemporaryDirectory() as folder:
        url = options.url or f"sqlite:///{folder}/bench.db"
        upgrade(url)
        desk = Desk(open_store(url), a_rulebook())
        begin = time.perf_counter()
        for start in range(0, len(items), options.batch):
            take_in(desk, "bench", 1, items[start : start + options.batch])
        took = time.perf_counter() - begin
        again = time.perf_counter()
        for start in range(0, len(items), options.batch):
            take_in(desk, "bench", 1, items[start : start + options.batch])
        again = time.perf_counter() - again
        desk.close()
        plain = floor(items, options.batch, folder)
    count = len(items)
    print(f"{desk.store.dialect}: {count:,} mails in batches of {options.batch}")
    print(f"  taken in       {count / took:8,.0f}/s")
    print(f"  known already  {count / again:8,.0f}/s")
    print(f"  floor          {count / plain:8,.0f}/s  (originals only: {took / plain:.1f} x)")


if __name__ == "__main__":
    main()
