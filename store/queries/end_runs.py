"""End-runs for display: the figures, what comes of them, and the requests behind a figure.

Names are for the person concerned and for leads. Whoever else asks is told of the team and of
themselves; a board that only looks on, which may hang on a wall, of the team alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    select,
    type_coerce,
)
from sqlalchemy import func as sql

from store.desk import Desk
from store.end_run_records import (
    Converted,
    Doors,
    EndRunsView,
    Part,
    Period,
    Run,
    RunRow,
    Tally,
)
from store.facts.columns import microseconds
from store.facts.people import mail_address, person
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


def is_counted(of: FromClause = request) -> ColumnElement[bool]:
    """Return whether a request is an end-run that counts: more than suspected, and not denied."""
    return and_(of.c.end_run_person != "", of.c.end_run_certainty != SUSPECT)


def end_runs(desk: Desk, actor: Actor, period: Period) -> EndRunsView:
    """Return the end-runs of a period, as far as ``actor`` may know of them."""
    now, tz = desk.clock.now(), ZoneInfo(desk.rules.timezone)
    since, first = stats.monday(now, tz, period), stats.monday(now, tz, stats.WEEKS)
    with desk.store.reading() as connection:
        trend = _runs(connection, first)
        requests = connection.scalar(requests_query(since)) or 0
        handled = connection.execute(handled_query(since)).all()
        doubtful = _listed(connection, desk, _to_confirm(actor, first), newest_first=False)
        runs = [run for run in trend if run.at >= since]
        departments, requesters = _called(connection, desk, actor, runs)
    team = stats.counted(runs)
    everybody = stats.by_person(runs, {row[0]: row[1] for row in handled})
    return EndRunsView(
        period=period,
        since=since,
        weeks_passed=stats.weeks_passed(period, since, now),
        requests=requests,
        team=team,
        rate=part(requests, team.count)[1],
        emergency_share=part(team.count, team.emergencies)[1],
        people=tuple(one for one in everybody if may_know(actor, one.login)),
        channels=tuple(stats.tallies(runs, lambda run: run.channel)),
        hours=stats.by_hour(runs, tz),
        weeks=tuple(stats.by_week(trend, now, tz)),
        departments=tuple(departments),
        requesters=tuple(requesters),
        to_confirm=tuple(doubtful),
    )


def end_run_doors(desk: Desk, period: Period) -> Doors:
    """Return how fast people are answered by the side door, and by the front door."""
    now, tz = desk.clock.now(), ZoneInfo(desk.rules.timezone)
    since = stats.monday(now, tz, period)
    with desk.store.reading() as connection:
        ran = connection.execute(answers_query(since, is_counted())).all()
        came = connection.execute(answers_query(since, ~is_counted())).all()
    spans = desk.rules.hours["desk"].spans(microseconds(since), microseconds(now))
    side, front = stats.speed(ran, spans), stats.speed(came, spans)
    return Doors(side, front, stats.comparable(side, front))


def end_run_converted(desk: Desk, period: Period) -> Converted:
    """Return whether people come by the front door next after an end-run."""
    since = stats.monday(desk.clock.now(), ZoneInfo(desk.rules.timezone), period)
    with desk.store.reading() as connection:
        counts = connection.execute(next_query(since)).one()
    front, share = part(counts.again, int(counts.front or 0))
    return Converted(counts.again, front, share)


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
    """Return the statement for every end-run that counts, in the order of ``Run``'s fields.

    There are few beside all else that is asked; they come out of their index alone.
    """
    return select(
        request.c.end_run_person,
        request.c.received_at,
        request.c.channel,
        request.c.requester_id,
        request.c.department,
        request.c.minutes,
        request.c.emergency_at.is_not(None),
        request.c.end_run_certainty == PROBABLE,
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

    It goes along the index of end-runs, with one look at that of the requesters for each.
    """
    later = request.alias("later")
    following = (
        select(case((is_counted(later), 0), else_=1))
        .where(later.c.requester_id == request.c.requester_id)
        .where(later.c.received_at > request.c.received_at)
        .order_by(later.c.received_at)
        .limit(1)
        .scalar_subquery()
    )
    came = (
        select(following.label("front"))
        .where(request.c.received_at >= since, is_counted(), request.c.emergency_at.is_(None))
        .subquery()
    )
    return select(sql.count(came.c.front).label("again"), sql.sum(came.c.front).label("front"))


# ---------------------------------------------------------------------- what they share


def _called(
    connection: Connection, desk: Desk, actor: Actor, runs: list[Run]
) -> tuple[list[Tally], list[Tally]]:
    """Return who asked most, and which departments, by name; to leads only."""
    if not sees_all(actor):
        return [], []
    departments = []
    for one in stats.tallies(runs, lambda run: run.department):
        known = desk.rules.departments.get(one.key)
        departments.append(replace(one, name=one_line(known.name if known else one.key)))
    most = stats.tallies(runs, lambda run: run.requester)[:_REQUESTERS]
    query = (
        select(person.c.id, person.c.name, sql.min(mail_address.c.address).label("address"))
        .outerjoin(mail_address, mail_address.c.person_id == person.c.id)
        .where(person.c.id.in_([int(one.key) for one in most]))
        .group_by(person.c.id, person.c.name)
    )
    names = {str(row.id): row.name or row.address for row in connection.execute(query)}
    return departments, [replace(one, name=one_line(names[one.key] or "")) for one in most]


def _may_see(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the condition under which ``actor`` may see a request as an end-run."""
    if sees_all(actor):
        return []
    whose = "" if actor.read_only else actor.login
    return [request.c.end_run_person == whose]


def _to_confirm(actor: Actor, since: datetime) -> list[ColumnElement[bool]]:
    return [
        request.c.received_at >= since,
        request.c.end_run_person != "",
        request.c.end_run_certainty == PROBABLE,
        *_may_see(actor),
    ]


def _runs(connection: Connection, since: datetime) -> list[Run]:
    return [Run(*row) for row in connection.execute(runs_query(since)).all()]


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
        .where(*wanted)
        .order_by(*(column.desc() if newest_first else column for column in order))
        .limit(LISTED)
    )
    found = {row.number: row.minutes for row in connection.execute(query)}
    rows = rows_of(connection, desk.rules, [*found], desk.clock.now())
    return [RunRow(rows[number], minutes) for number, minutes in found.items()]
