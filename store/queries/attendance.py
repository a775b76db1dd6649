"""What people of the desk have said last: in, away, on a breather, off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy import func as sql

from store.desk import Desk
from store.facts.cover import attendance
from store.facts.history import counter
from store.facts.requests import request

#: Requests told of as due before somebody is back.
_MOST = 1_000


def newest_query() -> Select[str, int]:
    """Return a statement for everybody who ever said anything: login, id of their newest row.

    It steps through the index from login to login; what was said in years is not read.
    """
    first = select(sql.min(attendance.c.login).label("login")).cte("login", recursive=True)
    following = (
        select(sql.min(attendance.c.login))
        .where(attendance.c.login > first.c.login)
        .scalar_subquery()
    )
    step = first.union_all(select(following).where(first.c.login.is_not(None)))
    newest = select(sql.max(attendance.c.id)).where(attendance.c.login == step.c.login)
    return select(step.c.login, newest.scalar_subquery().label("id")).where(
        step.c.login.is_not(None)
    )


def said_last(connection: Connection) -> Mapping[str, Row[*tuple[Any, ...]]]:
    """Return the newest row of everybody who ever said anything, by login."""
    newest = newest_query().subquery()
    query = select(attendance).where(attendance.c.id.in_(select(newest.c.id)))
    return {row.login: row for row in connection.execute(query)}


def last_said(desk: Desk) -> int:
    """Return a number that rises whenever somebody comes or goes."""
    with desk.store.reading() as connection:
        return connection.scalar(select(counter.c.attendance)) or 0


def due_before(desk: Desk, login: str, until: datetime) -> list[int]:
    """Return what somebody has that is due before ``until``, the earliest first.

    Without those that have been offered already.
    """
    query = (
        select(request.c.number)
        .where(request.c.live, request.c.assignee == login, request.c.due_at < until)
        .where(~request.c.offered)
        .order_by(request.c.due_at, request.c.number)
        .limit(_MOST)
    )
    with desk.store.reading() as connection:
        return list(connection.scalars(query))


def offered(desk: Desk) -> Mapping[str, tuple[int, ...]]:
    """Return the requests that need a hand, by the login of who has them."""
    query = select(request.c.assignee, request.c.number).where(request.c.offered)
    found: dict[str, tuple[int, ...]] = {}
    with desk.store.reading() as connection:
        for login, number in connection.execute(query.order_by(request.c.number)):
            found[login] = (*found.get(login, ()), number)
    return found
