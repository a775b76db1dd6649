"""Whether the store agrees with itself: for ``deskwatch db verify``.

    requests   every row is what its events say, clocks included
    originals  every original can be unpacked, and is what its SHA-256 says
    cover      its changes can be what people agreed on
    mail       ledger, messages, requests and the counts of the mailboxes fit together
    database   the database's own check of its file

Each check yields a line for everything that is wrong, and changes nothing.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, literal, select, text
from sqlalchemy import func as sql

from store.commands.clock_cache import histories
from store.commands.rebuild import computed_columns
from store.desk import Desk
from store.facts import history
from store.facts.cover import cover_change, hand_over
from store.facts.history import event
from store.facts.mail import ledger, mailbox, outbox
from store.facts.messages import message, original
from store.facts.people import person
from store.facts.requests import request
from store.queries.cover_integrity import cover_problems
from store.rulebook import Rulebook
from store.rules.timeline import Happening
from store.words import Direction, Happened, Outcome

Told = Callable[[int], None]

_REQUESTS_AT_ONCE = 500
_ORIGINALS_AT_ONCE = 100

#: Ids are given out from these counters.
_COUNTED = {
    "request": request.c.number,
    "event": event.c.id,
    "message": message.c.id,
    "original": original.c.id,
    "person": person.c.id,
    "outbox": outbox.c.id,
    "cover": cover_change.c.id,
    "hand_over": hand_over.c.id,
}


def extent(desk: Desk) -> int:
    """Return how many requests and originals there are to look at."""
    with desk.store.reading() as connection:
        return sum(
            connection.scalar(select(sql.count()).select_from(table)) or 0
            for table in (request, original)
        )


def problems(desk: Desk, done: Told = lambda _count: None) -> Iterator[str]:
    """Yield a line for everything that is wrong in the store.

    Args:
        desk: The desk.
        done: Called now and then with how many more requests and originals were looked at.
    """
    with desk.store.reading() as connection:
        yield from _counters(connection)
        yield from cover_problems(connection)
    yield from _requests(desk, done)
    yield from _originals(desk, done)
    with desk.store.reading() as connection:
        yield from _messages(connection)
        yield from _ledger(connection)
        yield from _mailboxes(connection)


def database_problems(desk: Desk) -> Iterator[str]:
    """Yield what SQLite finds wrong with its own file; of a large one it takes a minute.

    PostgreSQL has no such check that every user may run, and keeps its own keys.
    """
    if desk.store.dialect != "sqlite":
        return
    with desk.store.reading() as connection:
        for (line,) in connection.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"database: {line}"
        for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"database: row {row} of {table} belongs to a row of {parent} that is not there"


def _counters(connection: Connection) -> Iterator[str]:
    counter = connection.execute(select(history.counter)).mappings().one()
    for name, column in _COUNTED.items():
        highest = connection.scalar(select(sql.max(column))) or 0
        if highest > counter[name]:
            yield f"counter: the last {name} is {highest}, and the counter says {counter[name]}"


def _requests(desk: Desk, done: Told) -> Iterator[str]:
    after = 0
    while True:
        # A transaction for each lot: the desk goes on working meanwhile.
        with desk.store.reading() as connection:
            query = select(request).where(request.c.number > after).order_by(request.c.number)
            lot = connection.execute(query.limit(_REQUESTS_AT_ONCE)).mappings().all()
            events = histories(connection, [row["number"] for row in lot])
        if not lot:
            return
        for row in lot:
            yield from _compared(row, events.get(row["number"], []), desk.rules)
        after = lot[-1]["number"]
        done(len(lot))


def _compared(
    row: Mapping[Any, Any], events: Sequence[Happening], rules: Rulebook
) -> Iterator[str]:
    name = f"#{row['number']}"
    if not events or events[0].what is not Happened.RECEIVED:
        yield f"{name}: its history does not begin with its receipt"
        return
    try:
        computed = computed_columns(events, rules)
    except (ValueError, KeyError) as error:
        yield f"{name}: its history cannot be understood ({type(error).__name__}: {error})"
        return
    for column, value in computed.items():
        if row[column] != value:
            yield f"{name}: {column} is {row[column]!s}, by its history it is {value!s}"


def _originals(desk: Desk, done: Told) -> Iterator[str]:
    after = 0
    while True:
        with desk.store.reading() as connection:
            query = select(original).where(original.c.id > after).order_by(original.c.id)
            lot = connection.execute(query.limit(_ORIGINALS_AT_ONCE)).all()
        if not lot:
            return
        for row in lot:
            wrong = _wrong_with(row.data, row.sha256, None if row.truncated else row.size)
            if wrong:
                yield f"original {row.id}: {wrong}"
        after = lot[-1].id
        done(len(lot))


def _wrong_with(data: bytes, sha256: bytes, size: int | None) -> str:
    try:
        raw = zlib.decompress(data)
    except zlib.error as error:
        return f"it cannot be unpacked ({error})"
    if hashlib.sha256(raw).digest() != sha256:
        return "it is not what it was when it came: its SHA-256 is another"
    if size is not None and len(raw) != size:
        return f"it has {len(raw):,} bytes and should have {size:,}"
    return ""


def _messages(connection: Connection) -> Iterator[str]:
    counted = (
        select(message.c.number, sql.count().label("there"))
        .where(~message.c.withdrawn)
        .group_by(message.c.number)
        .subquery()
    )
    there = sql.coalesce(counted.c.there, 0)
    miscounted = (
        select(request.c.number, request.c.messages, there)
        .outerjoin(counted, counted.c.number == request.c.number)
        .where(request.c.messages != there)
        .order_by(request.c.number)
    )
    for number, said, found in connection.execute(miscounted):
        yield f"#{number}: it says {said} messages, and there are {found}"
    unsent = (
        select(message.c.id, message.c.number)
        .where(message.c.direction == Direction.OUT.value)
        .where(~_exists(outbox.c.message_id == message.c.id))
    )
    for message_id, number in connection.execute(unsent):
        yield f"#{number}: message {message_id} is a mail, and the outbox does not have it"


def _ledger(connection: Connection) -> Iterator[str]:
    part = [Outcome.OPENED.value, Outcome.FOLLOWED_UP.value]
    lost = select(ledger.c.mailbox, ledger.c.uid).where(
        ledger.c.outcome.in_(part), ledger.c.number.is_(None)
    )
    for name, uid in connection.execute(lost):
        yield f"ledger: mail {uid} of mailbox {name} became part of no request"
    twice = (
        select(ledger.c.number, sql.count())
        .where(ledger.c.outcome == Outcome.OPENED.value)
        .group_by(ledger.c.number)
        .having(sql.count() > 1)
    )
    for number, times in connection.execute(twice):
        yield f"ledger: #{number} was opened by {times} mails"
    unknown = (
        select(message.c.id, message.c.number)
        .where(message.c.original_id.is_not(None))
        .where(~_exists(ledger.c.original_id == message.c.original_id))
    )
    for message_id, number in connection.execute(unknown):
        yield f"#{number}: message {message_id} came by mail, and no ledger row has its original"


def _exists(condition: Any) -> Any:
    return select(literal(1)).where(condition).exists()


def _mailboxes(connection: Connection) -> Iterator[str]:
    counted: dict[tuple[str, str], int] = {}
    for name, outcome, there in connection.execute(_ledger_counts()):
        counted[name, outcome] = there
    for row in connection.execute(select(mailbox)).mappings():
        for outcome in Outcome:
            there = counted.get((row["name"], outcome.value), 0)
            if row[outcome.value] != there:
                yield (
                    f"mailbox {row['name']}: it says {row[outcome.value]} {outcome.value},"
                    f" and there are {there} in the ledger"
                )


def _ledger_counts() -> Select[str, str, int]:
    """Return a statement for the outcomes of each mailbox under its current UIDVALIDITY."""
    return (
        select(ledger.c.mailbox, ledger.c.outcome, sql.count())
        .join(mailbox, mailbox.c.name == ledger.c.mailbox)
        .where(ledger.c.uidvalidity == mailbox.c.uidvalidity)
        .group_by(ledger.c.mailbox, ledger.c.outcome)
    )
