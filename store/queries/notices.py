"""Calls to emergencies and other notices: who was called, what is stuck, what is at risk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select
from sqlalchemy import func as sql

from store.commands.called import calls
from store.commands.warning import level_of
from store.desk import Desk
from store.facts.notices import is_due, notice
from store.facts.requests import request
from store.notice_records import AtRisk, CallView, SoonPromised, StuckNotice
from store.text import one_line
from store.words import Delivery, Notice

#: What is told on a board of what is its reader's.
_MOST_AT_RISK = 200
#: So long before its time a promise is told of: long enough to keep it yet.
_SOON = timedelta(minutes=15)
#: Of notices that did not arrive, those of so long ago are of no use to anybody.
_STUCK = (Delivery.UNCERTAIN.value, Delivery.FAILED.value, Delivery.SENDING.value)


def calls_of(
    connection: Connection, declared: Mapping[int, datetime]
) -> dict[int, tuple[CallView, ...]]:
    """Return who was called to some emergencies, by number.

    Args:
        connection: An open transaction.
        declared: By number, when each was declared.
    """
    return {
        number: tuple(CallView(one_line(each.login), each.at, each.failed) for each in some)
        for number, some in calls(connection, declared).items()
    }


def next_notice(desk: Desk) -> datetime | None:
    """Return when the next notice is due, which may be past; None: none waits."""
    now = desk.clock.now()
    waits = select(sql.min(notice.c.next_try_at)).where(notice.c.state == Delivery.PENDING.value)
    with desk.store.reading() as connection:
        due: datetime | None = connection.scalar(waits)
        if due is not None and due > now and connection.scalar(waits.where(is_due(now))):
            return now
    return due


def stuck_notices(desk: Desk, since: datetime, limit: int = 100) -> list[StuckNotice]:
    """Return the notices written after ``since`` that did not go out as they should have."""
    tried = (notice.c.state == Delivery.PENDING.value) & (
        (notice.c.attempts > 0) | (notice.c.error != "")
    )
    query = (
        select(notice)
        .where(or_(notice.c.state.in_(_STUCK), tried), notice.c.created_at > since)
        .order_by(notice.c.id.desc())
        .limit(limit)
    )
    with desk.store.reading() as connection:
        return [
            StuckNotice(
                id=row.id,
                kind=Notice(row.kind),
                number=row.number,
                login=one_line(row.login),
                place=one_line(row.place),
                state=Delivery(row.state),
                attempts=row.attempts,
                error=one_line(row.error),
                created_at=row.created_at,
                next_try_at=row.next_try_at,
            )
            for row in connection.execute(query)
        ]


def at_risk(desk: Desk, login: str) -> tuple[AtRisk, ...]:
    """Return what of somebody's live requests has used 75 % of its time or more."""
    now = desk.clock.now()
    query = (
        select(request.c.number, request.c.subject, request.c.due_at, request.c.warn_90_at)
        .where(request.c.live, request.c.assignee == login, ~request.c.clock_paused)
        .where(request.c.warn_75_at <= now, request.c.due_at > now)
        .where(or_(request.c.snoozed_until.is_(None), request.c.snoozed_until <= now))
        .order_by(request.c.due_at, request.c.number)
        .limit(_MOST_AT_RISK)
    )
    with desk.store.reading() as connection:
        return tuple(
            AtRisk(row.number, one_line(row.subject), level_of(row, now), row.due_at)
            for row in connection.execute(query)
        )


def soon_promised(desk: Desk, login: str) -> tuple[SoonPromised, ...]:
    """Return what of somebody's live requests has to be kept within a quarter of an hour."""
    now = desk.clock.now()
    query = (
        select(request.c.number, request.c.subject, request.c.promised_at)
        .where(request.c.live, request.c.assignee == login)
        .where(request.c.promised_at > now, request.c.promised_at <= now + _SOON)
        .order_by(request.c.promised_at, request.c.number)
        .limit(_MOST_AT_RISK)
    )
    with desk.store.reading() as connection:
        return tuple(
            SoonPromised(row.number, one_line(row.subject), row.promised_at)
            for row in connection.execute(query)
        )
