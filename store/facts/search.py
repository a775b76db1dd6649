"""The full-text index: which message holds which terms of ``store.rules.terms``.

SQLite keeps it in a virtual table of FTS5 without content or positions (sqlite.org/fts5.html,
4.4.3 and 4.6), PostgreSQL in a tsvector under a GIN index. Terms come ready-made, so neither
database folds, splits or stems anything: both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, bindparam, cast, column, insert, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from store.rules.terms import Sought

_SQLITE = table("search", column("rowid"), column("words"))
_POSTGRESQL = table("search", column("message_id"), column("words", TSVECTOR))

_ADD_SQLITE = insert(_SQLITE).values(rowid=bindparam("id"), words=bindparam("words"))
_ADD_POSTGRESQL = text(
    "INSERT INTO search (message_id, words)"
    " VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
)


def add(connection: Connection, messages: Iterable[tuple[int, str]]) -> None:
    """Make messages findable: pairs of a message id and its ``terms.index_terms``."""
    rows = [{"id": message_id, "words": words} for message_id, words in messages]
    if rows:
        sqlite = connection.dialect.name == "sqlite"
        connection.execute(_ADD_SQLITE if sqlite else _ADD_POSTGRESQL, rows)


def holding(dialect: str, sought: Sequence[Sought]) -> Select[int]:
    """Return a SELECT of the ids (column ``id``) of messages that hold all of ``sought``."""
    if dialect == "sqlite":
        # Quoted, no word is an operator of FTS5; terms hold no quotes.
        query = " AND ".join(f'"{one.term}"' + (" *" if one.prefix else "") for one in sought)
        return select(_SQLITE.c.rowid.label("id")).where(column("search").op("MATCH")(query))
    # Cast, not to_tsquery: that would take the terms apart once more.
    query = " & ".join(f"'{one.term}'" + (":*" if one.prefix else "") for one in sought)
    holds = _POSTGRESQL.c.words.op("@@")(cast(query, TSQUERY))
    return select(_POSTGRESQL.c.message_id.label("id")).where(holds)
