"""Request rows again from their events: the clocks after a new policy, or everything."""

from __future__ import annotations

from collections.abc import Sequence
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


def rebuild(desk: Desk) -> int:
    """Make every request's row what its events say; return how many were different.

    Raises:
        ValueError, KeyError: as ``computed_columns``; the requests before it are mended.
        StoreError: the database failed; what was mended before stays so.
    """
    after, mended = 0, 0
    while True:
        # A transaction for each lot: the desk goes on working meanwhile.
        with desk.writing() as writing:
            lot = _lot(writing.connection, after, true())
            events = histories(writing.connection, [row["number"] for row in lot])
            for row in lot:
                right = computed_columns(events[row["number"]], desk.rules)
                if any(row[column] != value for column, value in right.items()):
                    mended += 1
                    this = update(request).where(request.c.number == row["number"])
                    writing.connection.execute(this.values(right))
        if not lot:
            return mended
        after = lot[-1]["number"]


def computed_columns(events: Sequence[Happening], rules: Rulebook) -> dict[str, Any]:
    """Return the columns that a request's events set, and what follows from them.

    Raises:
        ValueError: an event names a word that is not known.
        KeyError: an event lacks what it must have, or sets a column that there is not.
    """
    columns: dict[str, Any] = {}
    for happened in events:
        columns |= {name: from_json(name, value) for name, value in happened.new.items()}
    columns["live"] = columns["state"] in LIVE_STATES
    columns["version"] = len(events)
    columns["changed_at"] = events[-1].at
    return columns | clock_columns(events, rules)


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
