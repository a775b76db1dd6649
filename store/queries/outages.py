"""Known outages for display: the list beside the queue, and the mark on a request's row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy import func as sql

from store.commands.change import standing_request
from store.commands.known_outages import open_outages, open_query
from store.commands.requesters import requesters
from store.desk import Desk
from store.facts.outages import outage
from store.facts.requests import request
from store.outage_records import OutageMark, OutageView
from store.rules.outages import KnownOutage
from store.text import one_line
from store.words import LIVE_STATES, OutageKind


def outages(desk: Desk) -> list[OutageView]:
    """Return what is known not to work, and maintenance that is going on or to come."""
    now = desk.clock.now()
    with desk.store.reading() as connection:
        return [
            _view(connection, each) for each in open_outages(connection) if not each.is_over(now)
        ]


def outage_view(
    connection: Connection, mark: OutageMark | None, now: datetime
) -> OutageView | None:
    """Return the outage that a request has to do with, in full; None if there is none."""
    if mark is None:
        return None
    known = (each for each in open_outages(connection) if each.number == mark.number)
    return next((_view(connection, each) for each in known if not each.is_over(now)), None)


def marks(
    connection: Connection, rows: Iterable[Row[*tuple[Any, ...]]], now: datetime
) -> Mapping[int, OutageMark]:
    """Return what each of some rows of requests, with ``outage``, has to do with one, by number.

    Where none of them has to do with any this asks nothing.
    """
    marked = {row.number: row for row in rows if row.outage is not None}
    if not marked:
        return {}
    ids = {row.outage for row in marked.values()}
    known = {
        row.id: row
        for row in connection.execute(open_query().where(outage.c.id.in_(ids)))
        if row.kind == OutageKind.OUTAGE or row.ends_at is None or row.ends_at > now
    }
    found = {}
    for number, row in marked.items():
        its = known.get(row.outage)
        if its is None or row.state not in LIVE_STATES:
            continue
        parent = its.number == number
        people = _people(connection, number) if parent else 0
        found[number] = OutageMark(its.number, parent, OutageKind(its.kind), people)
    return found


def _view(connection: Connection, known: KnownOutage) -> OutageView:
    maybe = select(sql.count()).where(
        request.c.outage == known.id, request.c.live, request.c.number != known.number
    )
    return OutageView(
        number=known.number,
        kind=known.kind,
        service=one_line(known.service),
        words=tuple(one_line(word) for word in known.words),
        text=one_line(known.text),
        starts_at=known.starts_at,
        ends_at=known.ends_at,
        always=known.always,
        people=_people(connection, known.number),
        maybe=connection.scalar(maybe) or 0,
    )


def _people(connection: Connection, number: int) -> int:
    return len(requesters(connection, standing_request(connection, number)))
