"""Finding requests by what people typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, cast, column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from store.desk import Desk
from store.facts.messages import message
from store.facts.requests import request
from store.queries.typed import Typed, typed
from store.rules.terms import Sought

#: Messages looked at, the newest first: a word that every mail has must not take minutes.
MOST_MESSAGES = 20_000

_FTS5 = table("search", column("rowid"))
_TSVECTOR = table("search", column("message_id"), column("words", TSVECTOR))


def search(desk: Desk, text: str, limit: int, me: str = "") -> list[int]:
    """Return the numbers of requests that ``text`` finds; ``store.queries.typed`` says how.

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
    found: dict[bool, dict[int, None]] = {True: {}, False: {}}
    if wanted.perhaps is not None:
        exactly = select(request.c.number).where(request.c.number == wanted.perhaps, *conditions)
        # Whoever types a number means it, whether or not it has ended.
        found[True].update(dict.fromkeys(connection.scalars(exactly)))
    if wanted.words:
        query = matches_query(connection.dialect.name, wanted.words, conditions)
        for number, live in connection.execute(query, execution_options={"yield_per": 500}):
            found[live][number] = None
            if len(found[True]) >= limit:
                break
    elif wanted.number is not None:
        found[True].update(
            dict.fromkeys(connection.scalars(select(request.c.number).where(*conditions)))
        )
    return [*found[True], *(n for n in found[False] if n not in found[True])][:limit]


def matches_query(
    dialect: str, words: Sequence[Sought], conditions: Iterable[ColumnElement[bool]]
) -> Select[int, bool]:
    """Return the statement for requests with messages that hold ``words``, newest message first."""
    newest = holding(dialect, words).order_by(column("id").desc()).limit(MOST_MESSAGES).subquery()
    return (
        select(request.c.number, request.c.live)
        .select_from(newest)
        .join(message, message.c.id == newest.c.id)
        .join(request, request.c.number == message.c.number)
        .where(~message.c.withdrawn, *conditions)
        .order_by(newest.c.id.desc())
    )


def holding(dialect: str, words: Sequence[Sought]) -> Select[int]:
    """Return a statement for the ids of the messages that hold all of ``words``."""
    if dialect == "sqlite":
        # Quoted, nothing is an operator of FTS5 (sqlite.org/fts5.html, 3.1); terms hold no quotes.
        query = " AND ".join(f'"{one.term}"' + (" *" if one.prefix else "") for one in words)
        return select(_FTS5.c.rowid.label("id")).where(column("search").op("MATCH")(query))
    # A cast takes terms as they are; to_tsquery would take them apart and fold them again.
    query = " & ".join(f"'{one.term}'" + (":*" if one.prefix else "") for one in words)
    holds = _TSVECTOR.c.words.op("@@")(cast(query, TSQUERY))
    return select(_TSVECTOR.c.message_id.label("id")).where(holds)


def _filters(wanted: Typed) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.number is not None:
        conditions.append(request.c.number == wanted.number)
    if wanted.assignees is not None:
        conditions.append(request.c.assignee.in_(sorted(wanted.assignees)))
    if wanted.departments is not None:
        conditions.append(request.c.department.in_(sorted(wanted.departments)))
    return conditions


def _filtered(
    connection: Connection, conditions: Iterable[ColumnElement[bool]], limit: int
) -> list[int]:
    query = select(request.c.number).where(request.c.live, *conditions)
    return list(connection.scalars(query.order_by(request.c.number.desc()).limit(limit)))
