"""The board's queue: the index of all live requests, and the page to show before it is read."""

from __future__ import annotations

import time
from datetime import timedelta

from sqlalchemy import BigInteger, Row, Select, select, type_coerce

from store.desk import Desk
from store.facts.columns import EPOCH
from store.facts.requests import request
from store.queries.board_rows import rows_of
from store.queries.order import first_numbers
from store.records import BoardEntry, BoardRow

_CHUNK = 2_000
#: Between chunks a reader rests for long enough that a thread waiting to draw gets its turn.
_REST_SECONDS = 0.0002


def first_page(desk: Desk, limit: int) -> list[BoardRow]:
    """Return the first ``limit`` rows of the queue in the board's order, however long it is."""
    now = desk.clock.now()
    with desk.store.reading() as connection:
        numbers = first_numbers(connection, desk.rules.hours, now, limit)
        found = rows_of(connection, desk.rules, numbers, now)
    return [found[number] for number in numbers]


#: What ``entry`` is made of. Instants come as they are stored, in microseconds: by the hundred
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
    entries: list[BoardEntry] = []
    with desk.store.reading() as connection:
        found = connection.execute(index_query(), execution_options={"yield_per": _CHUNK})
        for chunk in found.partitions():
            entries += map(entry, chunk)
            time.sleep(_REST_SECONDS)
    return entries


def entry(row: Row[int, int | None, int | None, str, bool, int | None]) -> BoardEntry:
    """Return the record of a row with the columns ``ENTRY``."""
    number, due, warn, calendar, paused, snoozed = row
    return BoardEntry(
        number,
        None if due is None else EPOCH + timedelta(0, 0, due),
        None if warn is None else EPOCH + timedelta(0, 0, warn),
        calendar,
        paused,
        None if snoozed is None else EPOCH + timedelta(0, 0, snoozed),
    )
