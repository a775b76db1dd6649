"""The counts beside the queue."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, select
from sqlalchemy import func as sql

from store.desk import Desk
from store.facts.history import event
from store.facts.mail import ledger
from store.facts.requests import request
from store.queries.changes import is_undone
from store.queries.end_runs import is_counted, may_know
from store.records import Actor, EndRunCounts, Summary
from store.text import one_line
from store.words import Happened, Outcome


def summary(desk: Desk, actor: Actor) -> Summary:
    """Return the counts for ``actor``; days and weeks begin by the desk's own clock."""
    now = desk.clock.now()
    today, monday = beginnings(now, ZoneInfo(desk.rules.timezone))
    live = select(
        sql.count().label("live"),
        sql.count(case((request.c.assignee == "", 1))).label("unassigned"),
        sql.count(case((request.c.assignee == actor.login, 1))).label("mine"),
    ).where(request.c.live)
    overdue = select(sql.count()).where(
        request.c.live, request.c.warn_75_at <= now, request.c.due_at <= now
    )
    quarantined = select(sql.count()).where(ledger.c.outcome == Outcome.QUARANTINED.value)
    received = select(sql.count()).where(request.c.received_at >= today)
    resolved = select(sql.count()).where(request.c.resolved_at >= today)
    thanked = select(sql.count()).where(event.c.what == Happened.THANKED.value, event.c.at >= today)
    thanked = thanked.where(~is_undone())
    week = select(sql.count()).where(request.c.received_at >= monday)
    with desk.store.reading() as connection:
        counts = connection.execute(live).one()
        ran = connection.execute(ran_query(monday)).all()
        return Summary(
            live=counts.live,
            unassigned=counts.unassigned,
            mine=counts.mine if actor.login else 0,
            overdue=connection.scalar(overdue) or 0,
            quarantined=connection.scalar(quarantined) or 0,
            received_today=connection.scalar(received) or 0,
            resolved_today=connection.scalar(resolved) or 0,
            thanks_today=connection.scalar(thanked) or 0,
            end_runs_week=tuple(
                (one_line(row.end_run_person), row.runs)
                for row in ran
                if may_know(actor, row.end_run_person)
            ),
            end_runs=EndRunCounts(
                count=sum(row.runs for row in ran),
                emergencies=sum(row.emergencies for row in ran),
                requests=connection.scalar(week) or 0,
            ),
        )


def ran_query(since: datetime) -> Select[*tuple[Any, ...]]:
    """Return the statement for the end-runs to each person: counted along their index alone."""
    return (
        select(
            request.c.end_run_person,
            sql.count().label("runs"),
            sql.count(request.c.emergency_at).label("emergencies"),
        )
        .where(is_counted(), request.c.received_at >= since)
        .group_by(request.c.end_run_person)
        .order_by(sql.count().desc(), request.c.end_run_person)
    )


def beginnings(now: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the local day and the local week began, in UTC."""
    today = now.astimezone(tz).date()
    midnights = (
        datetime.combine(day, time(), tz).astimezone(UTC)
        for day in (today, today - timedelta(days=today.weekday()))
    )
    return next(midnights), next(midnights)
