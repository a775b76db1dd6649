"""How databases say that they would answer a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sqlalchemy import Executable, event

from store.desk import Desk


def plan(desk: Desk, ask: Executable | Callable[[], object]) -> list[str]:
    """Return the steps of the plans for a query, or for those that ``ask`` makes, a line each.

    As they are really asked, with values by marks: an index of some rows may not serve those.
    """
    words = "EXPLAIN QUERY PLAN " if desk.store.dialect == "sqlite" else "EXPLAIN (COSTS OFF) "
    steps: list[str] = []

    def explain(_connection, cursor, statement, parameters, *_others) -> None:
        if statement.startswith(("SELECT", "WITH")):
            own = cursor.connection.cursor()
            own.execute(words + statement, parameters)
            steps.extend(str(row[-1]).strip() for row in own.fetchall())

    event.listen(desk.store.engine, "before_cursor_execute", explain)
    try:
        if callable(ask):
            ask()
        else:
            with desk.store.reading() as connection:
                connection.execute(ask)
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", explain)
    return steps


_SQLITE = re.compile(
    r"(SCAN|SEARCH) (?:request|event|message|ledger|wish)\b(?: USING (COVERING INDEX|INDEX) (\w+))?"
)
_POSTGRESQL = re.compile(r"(Index Only Scan|Index Scan|Seq Scan|Bitmap \w+ Scan)(?: using (\w+))?")


def reads(steps: Iterable[str]) -> set[tuple[str, str]]:
    """Return how tables are read: (how, by which index)."""
    found = set()
    for step in steps:
        if match := _SQLITE.match(step):
            found.add((f"{match[1]} {match[2] or 'TABLE'}", match[3] or ""))
        elif match := _POSTGRESQL.search(step):
            found.add((match[1], match[2] or ""))
    return found


def covered(desk: Desk, *indexes: str, how: str = "SEARCH") -> set[tuple[str, str]]:
    """Return the reads of an answer that came out of ``indexes`` alone."""
    sqlite = desk.store.dialect == "sqlite"
    return {(f"{how} COVERING INDEX" if sqlite else "Index Only Scan", name) for name in indexes}


def whole(steps: list[str], *tables: str) -> list[str]:
    """Return the steps that read ``tables`` from end to end, not by an index."""
    ends = tuple(f"{how} {table}" for how in ("SCAN", "Seq Scan on") for table in tables)
    return [
        step
        for step in steps
        if step.removeprefix("->").strip().startswith(ends) and " INDEX " not in step
    ]
