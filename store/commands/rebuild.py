"""Request rows again from their events: clocks after a new policy, everything to verify them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select, true, update

from store.commands.change import from_json
from store.commands.clock_cache import clock_columns, histories
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.requests import CLOCK_COLUMNS, request
from store.rulebook import Rulebook
from store.rules.timeline import Happening
from store.words import LIVE_STATES

#: Requests looked at in one go.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a request's row that is not what its events say."""

    number: int
    column: str
    kept: Any
    """In the row."""
    computed: Any
    """From the events."""


def verify(desk: Desk) -> Iterator[Difference]:
    """Compute every request again from its events, and yield where its row is different."""
    after = 0
    while True:
        # A transaction for each lot: the database goes on working meanwhile.
        with desk.store.reading() as connection:
            lot = _lot(connection, after, true())
            computed = _computed(connection, lot, desk)
        if not lot:
            return
        for row in lot:
            yield from (
                Difference(row["number"], column, row[column], value)
                for column, value in computed[row["number"]].items()
                if row[column] != value
            )
        after = lot[-1]["number"]


def rebuild(desk: Desk) -> int:
    """Make every request's row what its events say; return how many were different."""
    after, mended = 0, 0
    while True:
        with desk.writing() as writing:
            lot = _lot(writing.connection, after, true())
            computed = _computed(writing.connection, lot, desk)
            for row in lot:
                right = computed[row["number"]]
                if any(row[column] != value for column, value in right.items()):
                    mended += 1
                    this = update(request).where(request.c.number == row["number"])
                    writing.connection.execute(this.values(right))
        if not lot:
            return mended
        after = lot[-1]["number"]


def rebuild_clocks(writing: Writing, rules: Rulebook) -> None:
    """Work out the clocks of every live request by ``rules``."""
    connection = writing.connection
    after = 0
    while lot := _lot(connection, after, request.c.live):
        events = histories(connection, [row["number"] for row in lot])
        moved = []
        for row in lot:
            clocks = clock_columns(events[row["number"]], rules)
            if any(row[name] != value for name, value in clocks.items()):
                right = {f"new_{name}": value for name, value in clocks.items()}
                moved.append({"its_number": row["number"], **right})
        if moved:
            connection.execute(_SET_CLOCKS, moved)
        after = lot[-1]["number"]


_SET_CLOCKS = (
    update(request)
    .where(request.c.number == bindparam("its_number"))
    .values({name: bindparam(f"new_{name}") for name in CLOCK_COLUMNS})
)


def _lot(
    connection: Connection, after: int, condition: ColumnElement[bool]
) -> Sequence[dict[str, Any]]:
    query = select(request).where(request.c.number > after, condition)
    rows = connection.execute(query.order_by(request.c.number).limit(_AT_ONCE))
    return [dict(row) for row in rows.mappings()]


def _computed(
    connection: Connection, lot: Sequence[dict[str, Any]], desk: Desk
) -> dict[int, dict[str, Any]]:
    events = histories(connection, [row["number"] for row in lot])
    return {row["number"]: _from_events(events[row["number"]], desk) for row in lot}


def _from_events(history: Sequence[Happening], desk: Desk) -> dict[str, Any]:
    """Return the columns that a request's events set, and what follows from them."""
    columns: dict[str, Any] = {}
    for event in history:
        columns.update({name: from_json(name, value) for name, value in event.new.items()})
    columns["live"] = columns["state"] in LIVE_STATES
    columns["version"] = len(history)
    columns["changed_at"] = history[-1].at
    return columns | clock_columns(history, desk.rules)
