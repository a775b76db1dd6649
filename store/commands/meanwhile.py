"""What came while somebody was not there, in words."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from store.facts.cover import attendance
from store.facts.history import event
from store.facts.requests import request
from store.words import Attendance, Happened

_WHOSE = (
    Happened.RECEIVED,
    Happened.ASSIGNED,
    Happened.TAKEN_OVER,
    Happened.RELEASED,
)


def meanwhile(connection: Connection, login: str) -> str:
    """Return "2 came to you, 1 was taken over", of what others did since ``login`` was in last.

    Each request counts once, as it stands now; "" if nothing happened.
    """
    since = _left(connection, login)
    if since is None:
        return ""
    mine = request.c.assignee == login
    moved = (
        select(event.c.number, event.c.what, event.c.old, event.c.new, mine.label("mine"))
        .join(request, request.c.number == event.c.number)
        .where(event.c.id > since, event.c.actor != login, event.c.what.in_(_WHOSE))
    )
    came: set[int] = set()
    taken: set[int] = set()
    given_on: set[int] = set()
    for row in connection.execute(moved):
        if row.new.get("assignee") == login and row.mine:
            came.add(row.number)
        elif row.old.get("assignee") == login and not row.mine:
            (taken if row.what == Happened.TAKEN_OVER else given_on).add(row.number)
    wrote = select(sql.count(event.c.number.distinct())).join(
        request, request.c.number == event.c.number
    )
    wrote = wrote.where(event.c.id > since, event.c.what == Happened.FOLLOWED_UP.value, mine)
    answers = connection.scalar(wrote) or 0
    counted = (
        (len(came), "came to you", "came to you"),
        (answers, "of yours has news", "of yours have news"),
        (len(taken), "was taken over", "were taken over"),
        (len(given_on), "was given on", "were given on"),
    )
    return ", ".join(f"{n} {one if n == 1 else more}" for n, one, more in counted if n)


def _left(connection: Connection, login: str) -> int | None:
    """Return the newest event when ``login`` left; None if they did not."""
    was_in = select(sql.max(attendance.c.id)).where(
        attendance.c.login == login, attendance.c.state == Attendance.IN.value
    )
    left = select(sql.min(attendance.c.event)).where(
        attendance.c.login == login, attendance.c.id > sql.coalesce(was_in.scalar_subquery(), 0)
    )
    since: int | None = connection.scalar(left)
    return since
