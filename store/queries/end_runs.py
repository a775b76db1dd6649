"""End-runs for display: the figures, what comes of them, and the requests behind a figure.

Names are for the person concerned and for leads. Whoever else asks is told of the team and of
themselves; a board that only looks on, which may hang on a wall, of the team alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    select,
    type_coerce,
)
from sqlalchemy import func as sql

from store.desk import Desk
from store.end_run_records import Effects, EndRunsView, Part, Period, Run, RunRow
from store.facts.columns import microseconds
from store.facts.requests import request
from store.queries.board_rows import rows_of
from store.records import Actor
from store.rules import end_run_stats as stats
from store.rules.end_runs import PROBABLE, SUSPECT
from store.rules.small_numbers import part
from store.text import one_line
from store.words import Role

#: Requests that are listed at most, the newest; more are only counted.
LISTED = 500
#: Requesters that are told of by name.
_REQUESTERS = 20


def sees_all(actor: Actor) -> bool:
    """Say whether ``actor`` may know whose end-runs were whose."""
    return actor.role is Role.LEAD and not actor.read_only


def may_know(actor: Actor, login: str) -> bool:
    """Say whether ``actor`` may know of the end-runs to the person with ``login``."""
    return sees_all(actor) or (not actor.read_only and login == actor.login)


def is_counted() -> ColumnElement[bool]:
    """Return whether a request is an end-run that counts: more than suspected, and not denied."""
    return and_(request.c.end_run_person != "", request.c.end_run_certainty != SUSPECT)


def end_runs(desk: Desk, actor: Actor, period: Period) -> EndRunsView:
    """Return the end-runs of a period, as far as ``actor`` may know of them."""
    now, tz = desk.clock.now(), ZoneInfo(desk.rules.timezone)
    since = stats.monday(now, tz, period)
    with desk.store.reading() as connection:
        trend = _runs(connection, stats.monday(now, tz, stats.WEEKS))
        requests = connection.scalar(requests_query(since)) or 0
        handled = connection.execute(handled_query(since)).all()
        doubtful = _listed(connection, desk, [*_to_confirm(desk, actor)], newest_first=False)
    runs = [run for run in trend if run.at >= since]
    team = stats.counted(runs)
    everybody = stats.by_person(runs, {row[0]: row[1] for row in handled})
    names = _Names(desk)
    all_of_it = sees_all(actor)
    return EndRunsView(
        period=period,
        since=since,
        weeks_passed=stats.weeks_passed(period, since, now),
        requests=requests,
        team=team,
        rate=part(requests, team.count)[1],
        emergency_share=part(team.count, team.emergencies)[1],
        people=tuple(one for one in everybody if may_know(actor, one.login)),
        channels=tuple(stats.tallies(runs, lambda run: run.channel, lambda run: run.channel)),
        hours=stats.by_hour(runs, tz),
        weeks=tuple(stats.by_week(trend, now, tz)),
        departments=tuple(stats.tallies(runs, names.key, names.department) if all_of_it else ()),
        requesters=tuple(
            stats.tallies(runs, lambda run: str(run.requester), lambda run: run.name)[:_REQUESTERS]
            if all_of_it
            else ()
        ),
        to_confirm=tuple(doubtful),
    )


def end_run_effects(desk: Desk, period: Period) -> Effects:
    """Return whether the side door is faster, and whether people come by the front door next.

    It tells of nobody by name. Emergencies are left out: they are to be fast, by any door.
    """
    now, tz = desk.clock.now(), ZoneInfo(desk.rules.timezone)
    since = stats.monday(now, tz, period)
    with desk.store.reading() as connection:
        ran = connection.execute(answers_query(since, is_counted())).all()
        came = connection.execute(answers_query(since, request.c.end_run_person == "")).all()
        again = connection.execute(next_query(since)).one()
    spans = desk.rules.hours["desk"].spans(microseconds(since), microseconds(now))
    side, front = stats.speed(ran, spans), stats.speed(came, spans)
    converted, share = part(again.again, again.by_front_door or 0)
    return Effects(
        end_runs=side,
        front_door=front,
        comparable=stats.comparable(side, front),
        came_again=again.again,
        converted=converted,
        share=share,
    )


def end_run_requests(
    desk: Desk, actor: Actor, period: Period, which: Part = Part.ALL, key: str = ""
) -> list[RunRow]:
    """Return the requests behind a figure, newest first, at most ``LISTED``.

    Those that were an end-run to somebody else are for leads.
    """
    since = stats.monday(desk.clock.now(), ZoneInfo(desk.rules.timezone), period)
    wanted = [request.c.received_at >= since, is_counted(), *_may_see(actor)]
    match which:
        case Part.PERSON:
            wanted.append(request.c.end_run_person == key)
        case Part.REQUESTER:
            wanted.append(request.c.requester_id == int(key))
        case Part.DEPARTMENT:
            wanted.append(request.c.department == key)
        case Part.CHANNEL:
            wanted.append(request.c.channel == key)
    with desk.store.reading() as connection:
        return _listed(connection, desk, wanted, newest_first=True)


# ---------------------------------------------------------------------- statements


def runs_query(since: datetime) -> Select[*tuple[Any, ...]]:
    """Return the statement for every end-run that counts; there are few beside the others."""
    return select(
        request.c.end_run_person,
        request.c.received_at,
        request.c.channel,
        request.c.requester_id,
        request.c.requester_name,
        request.c.requester_address,
        request.c.department,
        request.c.minutes,
        request.c.emergency_at.is_not(None).label("emergency"),
        (request.c.end_run_certainty == PROBABLE).label("probable"),
    ).where(request.c.received_at >= since, is_counted())


def requests_query(since: datetime) -> Select[int]:
    """Return the statement for how much was asked: counted along an index."""
    return select(sql.count()).where(request.c.received_at >= since)


def handled_query(since: datetime) -> Select[str, int]:
    """Return the statement for what people have answered that was no end-run to them.

    It is counted along the index of answers alone.
    """
    theirs = and_(is_counted(), request.c.end_run_person == request.c.assignee)
    return (
        select(request.c.assignee, sql.count())
        .where(request.c.received_at >= since, request.c.answered_at.is_not(None))
        .where(request.c.assignee != "", ~theirs)
        .group_by(request.c.assignee)
    )


def answers_query(since: datetime, condition: ColumnElement[bool]) -> Select[int, int]:
    """Return the statement for when requests were received and answered, in microseconds.

    It reads the index of answers alone.
    """
    return (
        select(
            type_coerce(request.c.received_at, BigInteger),
            type_coerce(request.c.answered_at, BigInteger),
        )
        .where(request.c.received_at >= since, request.c.answered_at.is_not(None))
        .where(request.c.emergency_at.is_(None), condition)
    )


def next_query(since: datetime) -> Select[int, int]:
    """Return the statement for how many came again after an end-run, and by the front door.

    It reads one index of what was asked alone.
    """
    ran = case((is_counted(), 1), else_=0)
    following = sql.lead(ran, type_=Integer).over(
        partition_by=request.c.requester_id, order_by=(request.c.received_at, request.c.number)
    )
    came = (
        select(
            ran.label("ran"),
            request.c.emergency_at.is_(None).label("calm"),
            following.label("next"),
        )
        .where(request.c.received_at >= since)
        .subquery()
    )
    return select(
        sql.count().label("again"),
        sql.sum(1 - came.c.next).label("by_front_door"),
    ).where(came.c.ran == 1, came.c.calm, came.c.next.is_not(None))


# ---------------------------------------------------------------------- what they share


class _Names:
    """What the departments of requests are called."""

    def __init__(self, desk: Desk) -> None:
        self._departments = desk.rules.departments

    def key(self, run: Run) -> str:
        return run.department

    def department(self, run: Run) -> str:
        known = self._departments.get(run.department)
        return one_line(known.name if known else run.department)


def _may_see(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the condition under which ``actor`` may see a request as an end-run."""
    if sees_all(actor):
        return []
    whose = "" if actor.read_only else actor.login
    return [request.c.end_run_person == whose]


def _to_confirm(desk: Desk, actor: Actor) -> list[ColumnElement[bool]]:
    since = stats.monday(desk.clock.now(), ZoneInfo(desk.rules.timezone), stats.WEEKS)
    return [
        request.c.received_at >= since,
        request.c.end_run_person != "",
        request.c.end_run_certainty == PROBABLE,
        *_may_see(actor),
    ]


def _runs(connection: Connection, since: datetime) -> list[Run]:
    return [
        Run(
            person=one_line(row.end_run_person),
            at=row.received_at,
            channel=row.channel,
            requester=row.requester_id,
            name=one_line(row.requester_name) or one_line(row.requester_address),
            department=row.department,
            minutes=row.minutes,
            emergency=row.emergency,
            probable=row.probable,
        )
        for row in connection.execute(runs_query(since))
    ]


def _listed(
    connection: Connection,
    desk: Desk,
    wanted: Sequence[ColumnElement[bool]],
    *,
    newest_first: bool,
) -> list[RunRow]:
    order = (request.c.received_at, request.c.number)
    query = (
        select(request.c.number, request.c.minutes)
        .where(request.c.end_run_person != "", *wanted)
        .order_by(*(column.desc() if newest_first else column for column in order))
        .limit(LISTED)
    )
    found = {row.number: row.minutes for row in connection.execute(query)}
    rows = rows_of(connection, desk.rules, [*found], desk.clock.now())
    return [RunRow(rows[number], minutes) for number, minutes in found.items()]
