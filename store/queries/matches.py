"""Finding requests by what people typed."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing

from sqlalchemy import ColumnElement, Connection, Select, cast, column, select, table

from store.desk import Desk
from store.facts.messages import message
from store.facts.requests import request
from store.rules.terms import Sought
from store.rules.typed import Typed, typed

#: Messages looked at, the newest first: a word that every mail has must not take minutes.
MOST_MESSAGES = 20_000
_MESSAGES_AT_ONCE = 500

_FTS5 = table("search", column("rowid"))


def search(desk: Desk, text: str, limit: int, me: str = "") -> list[int]:
    """Return the numbers of requests that ``text`` finds; ``store.rules.typed`` says how.

    Live requests come first, the newest message first among them, then those that have
    ended. Of a word found in more than 20,000 messages, the newest ones count.

    Args:
        desk: The desk.
        text: As it was typed; anything may stand in it.
        limit: Numbers wanted at most.
        me: Login of who is looking, for ``@me``.
    """
    wanted = typed(text, desk.rules, me)
    with desk.store.reading() as connection:
        return numbers(connection, wanted, limit)


def numbers(
    connection: Connection, wanted: Typed, limit: int, *also: ColumnElement[bool]
) -> list[int]:
    """Return ``search`` out of an open transaction; ``also`` are further conditions."""
    if wanted.nothing:
        return []
    conditions = [*_filters(wanted), *also]
    if wanted.only_filters:
        return _filtered(connection, conditions, limit)
    exact = wanted.number if wanted.number is not None else wanted.perhaps
    live: dict[int, None] = {}
    ended: dict[int, None] = {}
    if exact is not None:
        # Whoever types a number means it, whether or not that request has ended.
        live.update(dict.fromkeys(connection.scalars(_these(exact, conditions))))
    if wanted.words:
        with closing(_matches(connection, wanted.words, conditions)) as found:
            for number, is_live in found:
                (live if is_live else ended)[number] = None
                if len(live) >= limit:
                    break
    return [*live, *(number for number in ended if number not in live)][:limit]


def _these(number: int, conditions: Sequence[ColumnElement[bool]]) -> Select[int]:
    return select(request.c.number).where(request.c.number == number, *conditions)


def _matches(
    connection: Connection, words: Sequence[Sought], conditions: Sequence[ColumnElement[bool]]
) -> Generator[tuple[int, bool], None, None]:
    """Yield number and liveness of requests with messages that hold ``words``, newest first."""
    newest = newest_holding(connection.dialect.name, words)
    in_parts = {"yield_per": _MESSAGES_AT_ONCE}
    with connection.execute(newest, execution_options=in_parts) as ids:
        for some in ids.scalars().partitions():
            whose = (
                select(message.c.id, request.c.number, request.c.live)
                .join(request, request.c.number == message.c.number)
                .where(message.c.id.in_(some), ~message.c.withdrawn, *conditions)
            )
            found = sorted(connection.execute(whose), key=lambda row: -row.id)
            yield from ((row.number, row.live) for row in found)


def newest_holding(dialect: str, words: Sequence[Sought]) -> Select[int]:
    """Return a statement for the ids of the newest messages that hold all of ``words``."""
    if dialect == "sqlite":
        # Quoted, nothing is an operator of FTS5 (sqlite.org/fts5.html, 3.1); terms hold no quotes.
        query = " AND ".join(f'"{one.term}"' + (" *" if one.prefix else "") for one in words)
        found = select(_FTS5.c.rowid).where(column("search").op("MATCH")(query))
        return found.order_by(_FTS5.c.rowid.desc()).limit(MOST_MESSAGES)
    # Only here: a board on SQLite has no use for the other dialect, which is large.
    from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

    index = table("search", column("message_id"), column("words", TSVECTOR))
    # A cast takes terms as they are; to_tsquery would take them apart and fold them again.
    query = " & ".join(f"'{one.term}'" + (":*" if one.prefix else "") for one in words)
    holds = index.c.words.op("@@")(cast(query, TSQUERY))
    # Ordered by the bare id, PostgreSQL may go through all messages from the newest, and look
    # into each, for a word that is in none.
    by_id = index.c.message_id + 0
    return select(index.c.message_id).where(holds).order_by(by_id.desc()).limit(MOST_MESSAGES)


def _filters(wanted: Typed) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.number is not None:
        conditions.append(request.c.number == wanted.number)
    if wanted.assignees is not None:
        conditions.append(request.c.assignee.in_(sorted(wanted.assignees)))
    if wanted.departments is not None:
        conditions.append(request.c.department.in_(sorted(wanted.departments)))
    if wanted.offered:
        conditions.append(request.c.offered)
    return conditions


def _filtered(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int
) -> list[int]:
    query = select(request.c.number).where(request.c.live, *conditions)
    return list(connection.scalars(query.order_by(request.c.number.desc()).limit(limit)))
