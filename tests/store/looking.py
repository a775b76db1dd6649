"""What the store's tests see of a request."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from store.commands import take_in
from store.desk import Desk
from store.facts.history import event
from store.facts.messages import message
from store.facts.requests import request
from store.mail_records import Incoming, Taken
from store.queries.integrity import problems


def how(desk: Desk, number: int) -> Any:
    """Return the row of a request, columns by name."""
    with desk.store.reading() as connection:
        query = select(request).where(request.c.number == number)
        return connection.execute(query).mappings().one()


def history(desk: Desk, number: int) -> list[Any]:
    """Return what happened to a request, oldest first."""
    with desk.store.reading() as connection:
        query = select(event).where(event.c.number == number).order_by(event.c.version)
        return list(connection.execute(query))


def rows(desk: Desk, table: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table as tuples, in the order of its key."""
    wanted = [table.c[name] for name in columns] or [table]
    with desk.store.reading() as connection:
        query = select(*wanted).order_by(*table.primary_key)
        return [tuple(row) for row in connection.execute(query)]


def verified(desk: Desk) -> list[str]:
    """Return everything that is wrong in the store, as ``deskwatch db verify`` finds it."""
    return list(problems(desk))


def take(desk: Desk, *items: Incoming) -> list[Taken]:
    """Take mails of the mailbox in."""
    return take_in(desk, "help", 7, items)


def places(desk: Desk) -> dict[int, int]:
    """Return which request has each message."""
    return dict(rows(desk, message, "id", "number"))
