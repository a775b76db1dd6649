"""Rows of the board: what a list shows of a request, for the few that are on screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from store.desk import Desk
from store.facts.requests import request
from store.notice_records import CallView
from store.outage_records import OutageMark
from store.queries.notices import calls_of
from store.queries.outages import marks
from store.records import Address, BoardRow, ClockFace
from store.rulebook import Rulebook
from store.text import one_line
from store.words import Channel, ClockStatus, Kind, Metric, Priority, State

#: Numbers in one statement: a list of any length goes through, few statements are compiled.
_AT_ONCE = 500

COLUMNS = (
    request.c.number,
    request.c.version,
    request.c.state,
    request.c.kind,
    request.c.priority,
    request.c.claimed_urgent,
    request.c.emergency_at,
    request.c.acknowledged_by,
    request.c.subject,
    request.c.requester_name,
    request.c.requester_address,
    request.c.department,
    request.c.service,
    request.c.assignee,
    request.c.channel,
    request.c.end_run_person,
    request.c.end_run_rule,
    request.c.end_run_certainty,
    request.c.offered,
    request.c.received_at,
    request.c.snoozed_until,
    request.c.messages,
    request.c.clock_metric,
    request.c.clock_calendar,
    request.c.clock_paused,
    request.c.due_at,
    request.c.warn_75_at,
    request.c.warn_90_at,
    request.c.remaining_us,
    request.c.outage,
    request.c.promised_at,
)


def rows(desk: Desk, numbers: Sequence[int]) -> dict[int, BoardRow]:
    """Return what the queue shows of these requests, by number; unknown numbers are left out.

    Departments, services and people are named by their keys in the rulebook.
    """
    now = desk.clock.now()
    with desk.store.reading() as connection:
        return rows_of(connection, desk.rules, numbers, now)


def rows_of(
    connection: Connection, rules: Rulebook, numbers: Sequence[int], now: datetime
) -> dict[int, BoardRow]:
    """Return ``rows`` out of an open transaction."""
    found = {}
    for some in batches(numbers):
        query = select(*COLUMNS).where(request.c.number.in_(some))
        there = connection.execute(query).all()
        called, marked = calls_of(connection, emergencies(there)), marks(connection, there, now)
        for row in there:
            number = row.number
            found[number] = board_row(
                row, rules, now, calls=called.get(number, ()), mark=marked.get(number)
            )
    return found


def unanswered(desk: Desk) -> list[BoardRow]:
    """Return the live emergencies that nobody is on, the one declared first on top."""
    now = desk.clock.now()
    query = (
        select(*COLUMNS)
        .where(request.c.live, request.c.emergency_at.is_not(None))
        .where(request.c.acknowledged_by == "")
        .order_by(request.c.emergency_at, request.c.number)
        .limit(_AT_ONCE)
    )
    with desk.store.reading() as connection:
        some = connection.execute(query).all()
        called, marked = calls_of(connection, emergencies(some)), marks(connection, some, now)
    return [
        board_row(
            row,
            desk.rules,
            now,
            calls=called.get(row.number, ()),
            mark=marked.get(row.number),
        )
        for row in some
    ]


def batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield ``numbers`` in lists short enough for one statement."""
    remaining = iter(numbers)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some


def emergencies(some: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, datetime]:
    """Return when those of ``some`` rows that are emergencies were declared, by number."""
    return {row.number: row.emergency_at for row in some if row.emergency_at is not None}


def board_row(
    row: Row[*tuple[Any, ...]],
    rules: Rulebook,
    now: datetime,
    *,
    calls: tuple[CallView, ...],
    mark: OutageMark | None,
) -> BoardRow:
    """Return the record of a row with ``COLUMNS``.

    ``calls`` is who was called to it, ``mark`` that of ``queries.outages``.
    """
    return BoardRow(
        number=row.number,
        version=row.version,
        state=State(row.state),
        kind=Kind(row.kind),
        priority=Priority(row.priority),
        emergency=row.emergency_at is not None,
        claimed_urgent=row.claimed_urgent,
        subject=one_line(row.subject),
        requester=Address(one_line(row.requester_name), one_line(row.requester_address)),
        department=one_line(row.department),
        service=one_line(row.service),
        assignee=one_line(row.assignee),
        channel=Channel(row.channel),
        end_run=one_line(row.end_run_person),
        received_at=row.received_at,
        clock=_face(row, rules, now),
        snoozed_until=row.snoozed_until,
        messages=row.messages,
        end_run_rule=one_line(row.end_run_rule),
        end_run_certainty=one_line(row.end_run_certainty),
        acknowledged_by=one_line(row.acknowledged_by),
        calls=calls,
        offered=row.offered,
        outage=mark,
        promised_at=row.promised_at,
    )


def _face(row: Row[*tuple[Any, ...]], rules: Rulebook, now: datetime) -> ClockFace | None:
    if not row.clock_metric:
        return None
    # A policy that was applied a moment ago may name a calendar these rules do not know yet.
    hours = rules.hours.get(row.clock_calendar)
    if row.clock_paused:
        status = ClockStatus.PAUSED
    elif hours is None or hours.is_open(now):
        status = ClockStatus.RUNNING
    else:
        status = ClockStatus.OUTSIDE_HOURS
    remaining = None if row.remaining_us is None else timedelta(microseconds=row.remaining_us)
    return ClockFace(
        metric=Metric(row.clock_metric),
        status=status,
        calendar=row.clock_calendar,
        due=row.due_at,
        warn_75=row.warn_75_at,
        warn_90=row.warn_90_at,
        remaining=remaining,
    )
