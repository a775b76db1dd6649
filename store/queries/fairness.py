"""Fairness for display: how often urgency is claimed, and how often it is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, or_, select
from sqlalchemy import func as sql

from store.desk import Desk
from store.facts.requests import request
from store.fairness_records import Claims, ClaimsView
from store.queries.end_runs import sees_all
from store.records import Actor
from store.rules.periods import Period
from store.rules.small_numbers import part
from store.text import one_line
from store.words import Priority

_URGENT = (Priority.P1.value, Priority.P2.value)


def claims(desk: Desk, actor: Actor, period: Period = Period.TWELVE_WEEKS) -> ClaimsView:
    """Return how often urgency was claimed in a period, and how often it was there.

    Departments are named to leads only.
    """
    since = desk.clock.now() - period.value
    with desk.store.reading() as connection:
        rows = connection.execute(claims_query(since)).all()
    by_department: list[Claims] = []
    if sees_all(actor):
        by_department = [_counted(one_line(row.department), [row]) for row in rows]
        by_department.sort(key=lambda one: (-one.claimed, -one.requests, one.department))
    return ClaimsView(since, _counted("", rows), tuple(by_department))


def claims_query(since: datetime) -> Select[*tuple[Any, ...]]:
    """Return the statement of ``claims``: counted along one index, without the table."""
    really = or_(request.c.priority.in_(_URGENT), request.c.emergency_at.is_not(None))
    return (
        select(
            request.c.department,
            sql.count().label("requests"),
            sql.count(case((request.c.claimed_urgent, 1))).label("claimed"),
            sql.count(case((request.c.claimed_urgent & really, 1))).label("really"),
        )
        .where(request.c.received_at >= since)
        .group_by(request.c.department)
    )


def _counted(department: str, rows: Iterable[Row[*tuple[Any, ...]]]) -> Claims:
    counts = [(row.requests, row.claimed, row.really) for row in rows]
    requests, claimed, urgent = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    really, share = part(claimed, urgent)
    return Claims(department, requests, claimed, really, share)
