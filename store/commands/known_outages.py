"""The known outages as they stand in a transaction, and who wrote about each.

An outage is over when somebody says so, and when its parent asks for no more work: a parent
that is opened again, or whose resolution is taken back, brings it back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Row, Select, cast, select

from store.facts.history import event
from store.facts.messages import message
from store.facts.outages import outage
from store.facts.requests import Request, request
from store.records import Address
from store.rules.outages import KnownOutage
from store.words import Happened, OutageKind


def open_outages(connection: Connection) -> tuple[KnownOutage, ...]:
    """Return every outage that is not over, and all maintenance with a live parent."""
    return tuple(known_outage(row) for row in connection.execute(open_query()))


def open_query() -> Select[*tuple[Any, ...]]:
    """Return the statement of ``open_outages``: along the index of those that are open."""
    return (
        select(outage)
        .join(request, request.c.number == outage.c.number)
        .where(outage.c.ended_at.is_(None), request.c.live)
        .order_by(outage.c.starts_at)
    )


def outage_of(connection: Connection, standing: Request) -> KnownOutage | None:
    """Return the outage that a request is the parent of or may be about; None if it is over."""
    if standing.outage is None:
        return None
    row = connection.execute(open_query().where(outage.c.id == standing.outage)).one_or_none()
    return None if row is None else known_outage(row)


def parent_of(connection: Connection, standing: Request) -> KnownOutage | None:
    """Return the outage that a request is the parent of; None if it is of none."""
    known = outage_of(connection, standing)
    return known if known is not None and known.number == standing.number else None


def known_outage(row: Row[*tuple[Any, ...]]) -> KnownOutage:
    """Return a row as the rules take it."""
    return KnownOutage(
        id=row.id,
        number=row.number,
        kind=OutageKind(row.kind),
        service=row.service,
        words=tuple(row.words),
        text=row.text,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        always=row.always,
    )


def affected(connection: Connection, number: int) -> list[Address]:
    """Return who wrote the mails that joined a parent because of its outage, in their order.

    Not of those that were split off again.
    """
    joined = cast(event.c.detail["message"].as_string(), BigInteger)
    query = (
        select(message.c.sender_name, message.c.sender_address)
        .join(event, message.c.id == joined)
        .where(event.c.number == number, event.c.what == Happened.FOLLOWED_UP.value)
        .where(event.c.detail["outage"].as_string().is_not(None))
        .where(message.c.number == number, ~message.c.withdrawn)
        .order_by(message.c.id)
    )
    return [Address(name, address) for name, address in connection.execute(query)]
