"""Requests that will be late before anybody is in to see it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select

from store.desk import Desk
from store.facts.requests import request
from store.queries.board_rows import rows_of
from store.queries.order import calendars_query
from store.records import BoardRow
from store.rules.unattended import unattended

#: More than these are a matter of a kind that no list helps with.
_MOST = 100


def breaching(desk: Desk) -> list[BoardRow]:
    """Return the live requests due while nobody is in, the first due first.

    That is until the desk opens again; while it is open, the next time that it is closed. Only
    clocks that run by other hours than the desk's can be among them.
    """
    now = desk.clock.now()
    alone = unattended(desk.rules.hours["desk"], now)
    if alone is None:
        return []
    with desk.store.reading() as connection:
        found = [
            row
            for calendar in connection.scalars(calendars_query()).all()
            for row in connection.execute(due_query(calendar, *alone))
        ]
        found.sort(key=lambda row: (row.due_at, row.number))
        numbers = [row.number for row in found[:_MOST]]
        rows = rows_of(connection, desk.rules, numbers, now)
    return [rows[number] for number in numbers]


def due_query(calendar: str, after: datetime, before: datetime) -> Select[int, datetime | None]:
    """Return a statement for what clocks of a calendar make due: along the board's index."""
    return (
        select(request.c.number, request.c.due_at)
        .where(request.c.live, request.c.clock_calendar == calendar)
        .where(request.c.due_at > after, request.c.due_at < before)
        .order_by(request.c.due_at, request.c.number)
        .limit(_MOST)
    )
