"""The board's queue: the index of all live requests, and the page to show before it is read."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, Select, select, type_coerce

from store.desk import Desk
from store.facts.columns import EPOCH
from store.facts.requests import request
from store.queries.board_rows import rows_of
from store.queries.order import first_numbers
from store.records import BoardEntry, BoardRow

_CHUNK = 5_000
#: Between chunks a reader rests for long enough that a thread waiting to draw gets its turn.
_REST_SECONDS = 0.0002


def first_page(desk: Desk, limit: int) -> list[BoardRow]:
    """Return the first ``limit`` rows of the queue in the board's order, however long it is."""
    now = desk.clock.now()
    with desk.store.reading() as connection:
        numbers = first_numbers(connection, desk.rules.hours, now, limit)
        found = rows_of(connection, desk.rules, numbers, now)
    return [found[number] for number in numbers]


#: What ``entries`` are made of. Instants come as they are stored, in microseconds: by the hundred
#: thousand, SQLAlchemy's types would take longer than the database.
ENTRY = (
    request.c.number,
    type_coerce(request.c.due_at, BigInteger),
    type_coerce(request.c.warn_75_at, BigInteger),
    request.c.clock_calendar,
    request.c.clock_paused,
    type_coerce(request.c.snoozed_until, BigInteger),
)


def index_query() -> Select[int, int, int, str, bool, int]:
    """Return the statement of ``board_index``: answered by one covering index alone."""
    return select(*ENTRY).where(request.c.live)


def board_index(desk: Desk) -> list[BoardEntry]:
    """Return the entry of every live request, in no order that matters."""
    with _collector_at_rest():
        return list(board_entries(desk))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from looking, again and again, at objects that will all stay.

    A hundred thousand new ones make it go through everything several times: a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def board_entries(desk: Desk) -> Iterator[BoardEntry]:
    """Yield what ``board_index`` returns, for a reader that keeps less of it."""
    with desk.store.reading() as connection:
        # Rows as the driver has them: wrapped by SQLAlchemy they would take twice as long.
        cursor = connection.execute(index_query()).cursor
        while cursor is not None and (rows := cursor.fetchmany(_CHUNK)):
            yield from entries(rows)
            time.sleep(_REST_SECONDS)


def entries(rows: Iterable[Sequence[Any]]) -> list[BoardEntry]:
    """Return the records of rows with the columns ``ENTRY``."""
    epoch, span = EPOCH, timedelta
    return [
        BoardEntry(
            number,
            None if due is None else epoch + span(0, 0, due),
            None if warn is None else epoch + span(0, 0, warn),
            calendar,
            bool(paused),
            None if snoozed is None else epoch + span(0, 0, snoozed),
        )
        for number, due, warn, calendar, paused, snoozed in rows
    ]
