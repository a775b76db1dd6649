"""The index of words: which messages hold a term.

``search`` is a virtual FTS5 table on SQLite (row id = message id, nothing but the index kept)
and a table with a ``tsvector`` on PostgreSQL. Only this module writes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

_INSERT = {
    "sqlite": "INSERT INTO search (rowid, words) VALUES (?, ?)",
    "postgresql": (
        "INSERT INTO search (message_id, words)"
        " VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
    ),
}


def add(connection: Connection, entries: Sequence[tuple[int, str]]) -> None:
    """Index messages: (message id, its terms as ``store.rules.terms.index_terms`` gives them).

    Terms may come more than once; each is kept once.
    """
    if entries:
        connection.exec_driver_sql(_INSERT[connection.dialect.name], list(entries))
