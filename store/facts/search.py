"""The index of words: which messages hold a term.

``search`` is a virtual FTS5 table on SQLite (row id = message id, nothing but the index kept)
and a table with a ``tsvector`` on PostgreSQL. Only this module writes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

_INSERT = {
    "sqlite": text("INSERT INTO search (rowid, words) VALUES (:id, :terms)"),
    "postgresql": text(
        "INSERT INTO search (message_id, words)"
        " VALUES (:id, array_to_tsvector(string_to_array(:terms, ' ')))"
    ),
}


def add(connection: Connection, entries: Sequence[tuple[int, str]]) -> None:
    """Index messages: (message id, its terms as ``store.rules.terms.index_terms`` gives them).

    Terms may come more than once; each is kept once.
    """
    if entries:
        connection.execute(
            _INSERT[connection.dialect.name], [{"id": i, "terms": terms} for i, terms in entries]
        )
