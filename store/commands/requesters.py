"""Who hears of a request: whoever asked for it, for what was merged into it, about its outage."""

from __future__ import annotations

from sqlalchemy import Connection, select

from store.commands.known_outages import affected
from store.facts.requests import Request, request
from store.records import Address


def requesters(connection: Connection, standing: Request) -> tuple[Address, ...]:
    """Return who asked, each address once: the request's own, of merged ones, about its outage."""
    found = {standing.requester_address: standing.requester_name}
    nearest = [standing.number]
    while nearest:
        merged = select(
            request.c.number, request.c.requester_name, request.c.requester_address
        ).where(request.c.merged_into.in_(nearest))
        rows = connection.execute(merged.order_by(request.c.number)).all()
        for row in rows:
            found.setdefault(row.requester_address, row.requester_name)
        nearest = [row.number for row in rows]
    if standing.outage is not None:
        for each in affected(connection, standing.number):
            found.setdefault(each.address, each.name)
    return tuple(Address(name, address) for address, name in found.items() if address)
