"""Many rows at once, by a shorter way than SQLAlchemy's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, LargeBinary, Table

Encode = Callable[[Any], Any]
#: The statement, what takes a row's values in their order, and the places of those to encode.
_Prepared = tuple[str, Callable[[Mapping[str, Any]], tuple[Any, ...]], list[tuple[int, Encode]]]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert ``rows`` into ``table``; each has a value for every column.

    Values are encoded by the column's types, as ever; what is saved is a third of the time of
    taking mail in, which SQLAlchemy spends on naming each value of each row.
    """
    if not rows:
        return
    statement, values, encoded = _prepared(connection.dialect, table)
    parameters = []
    for row in rows:
        these = [*values(row)]
        for place, encode in encoded:
            these[place] = encode(these[place])
        parameters.append(tuple(these))
    connection.exec_driver_sql(statement, parameters)


@lru_cache(maxsize=64)
def _prepared(dialect: Dialect, table: Table) -> _Prepared:
    """Return the statement for ``table`` and how the values of a row are taken and encoded."""
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = [column.name for column in table.columns]
    encoded: list[tuple[int, Encode]] = [
        (place, encode)
        for place, column in enumerate(table.columns)
        # SQLite's driver takes bytes as they are.
        if not (dialect.name == "sqlite" and isinstance(column.type, LargeBinary))
        and (encode := column.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    ]
    # Names come from the tables above, values go by marks.
    statement = (
        f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))})"  # noqa: S608
        f" VALUES ({', '.join(mark for _ in names)})"
    )
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*names)
    return statement, values, encoded
