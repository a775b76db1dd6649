"""Many rows at once, by a shorter way than SQLAlchemy's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Encode = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows`` into ``table``; each has a value for every column.

    Values are encoded by the column's types, as ever; what is saved is a third of the time of
    taking mail in, which SQLAlchemy spends on naming each value of each row.
    """
    if not rows:
        return
    statement, columns = _prepared(connection.dialect, table)
    connection.exec_driver_sql(
        statement,
        [
            tuple([row[name] if encode is None else encode(row[name]) for name, encode in columns])
            for row in rows
        ],
    )


@lru_cache(maxsize=64)
def _prepared(dialect: Dialect, table: Table) -> tuple[str, tuple[tuple[str, Encode | None], ...]]:
    """Return the statement for ``table`` and how each column's value is encoded."""
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(quote(column.name) for column in table.columns)
    marks = ", ".join(mark for _ in table.columns)
    columns = tuple(
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.columns
    )
    # Names come from the tables above, values go by marks.
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})", columns  # noqa: S608
