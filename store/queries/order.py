"""The order of the queue in SQL, group by group, for the page shown before the index is read.

It is the order of ``store.rules.attention``: overdue, at risk, running, outside hours, paused,
snoozed; in each what is due first, then by number. A group is only asked for when those
before it leave room, and each is read along an index from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, Select, or_, select, union_all

from store.facts.requests import request
from store.records import BoardEntry
from store.rules.attention import group
from store.rules.hours import Hours
from store.words import Group

Query = Select[int, datetime | None]
_NEVER = datetime.max.replace(tzinfo=UTC)
_COLUMNS = (request.c.number, request.c.due_at)


def first_numbers(
    connection: Connection, hours: Mapping[str, Hours], now: datetime, limit: int
) -> list[int]:
    """Return the numbers of the first ``limit`` live requests in the board's order."""
    calendars = connection.scalars(calendars_query()).all()
    found: list[int] = []
    for query in groups(calendars, hours, now):
        room = limit - len(found)
        if room <= 0:
            break
        statement = query(room)
        if statement is not None:
            found += connection.scalars(statement)
    return found


def order_key(
    entry: BoardEntry, hours: Mapping[str, Hours], now: datetime
) -> tuple[Group, datetime, int]:
    """Return what puts live requests into the board's order when they are sorted by it."""
    where = group(
        due=entry.due,
        warn_75=entry.warn_75,
        paused=entry.paused,
        snoozed_until=entry.snoozed_until,
        open_now=_is_open(entry.calendar, hours, now),
        now=now,
    )
    return where, entry.due or _NEVER, entry.number


def _is_open(calendar: str, hours: Mapping[str, Hours], now: datetime) -> bool:
    """Say whether clocks of a calendar run now; a request without a clock counts as running."""
    return calendar not in hours or hours[calendar].is_open(now)


def calendars_query() -> Select[str]:
    """Return a statement for the names of the calendars that clocks of live requests run by.

    It steps through the index from name to name; DISTINCT would read all of it.
    """
    lowest = select(request.c.clock_calendar).where(request.c.live)
    lowest = lowest.order_by(request.c.clock_calendar).limit(1)
    step = select(lowest.scalar_subquery().label("name")).cte("calendar", recursive=True)
    following = lowest.where(request.c.clock_calendar > step.c.name).correlate(step)
    step = step.union_all(
        select(following.scalar_subquery()).select_from(step).where(step.c.name.is_not(None))
    )
    return select(step.c.name).where(step.c.name.is_not(None))


def groups(
    calendars: Iterable[str], hours: Mapping[str, Hours], now: datetime
) -> list[Callable[[int], Query | None]]:
    """Return, in the order of the board, what makes the statement for a group's first rows.

    Each takes how many rows there is room for; None means that the group is empty.
    """
    due, warn, paused = request.c.due_at, request.c.warn_75_at, request.c.clock_paused
    names = list(calendars)
    opened = [name for name in names if _is_open(name, hours, now)]
    closed = [name for name in names if name not in opened]
    here = or_(request.c.snoozed_until.is_(None), request.c.snoozed_until <= now)
    calm = (due >= now, or_(warn.is_(None), warn > now), here)
    clockless = (due.is_(None), ~paused, here)
    return [
        partial(_soonest, names, (due < now,)),
        partial(_warned, now, here),
        partial(_soonest, opened, calm),
        partial(_soonest, opened, clockless),
        partial(_soonest, closed, calm),
        partial(_soonest, closed, clockless),
        partial(_soonest, names, (due.is_(None), paused, here)),
        partial(_snoozed, now),
    ]


def _soonest(names: list[str], wanted: tuple[ColumnElement[bool], ...], limit: int) -> Query | None:
    """Return what is due first by these calendars: each one's own first, then those merged."""
    firsts = [
        select(*_COLUMNS)
        .where(request.c.live, request.c.clock_calendar == name, *wanted)
        .order_by(request.c.due_at, request.c.number)
        .limit(limit)
        for name in names
    ]
    if len(firsts) <= 1:
        return firsts[0] if firsts else None
    merged = union_all(*[select(first.subquery()) for first in firsts]).subquery()
    return select(merged).order_by(merged.c.due_at, merged.c.number).limit(limit)


def _warned(now: datetime, here: ColumnElement[bool], limit: int) -> Query:
    """Return those at risk. They are sorted by the database: a few, or there were no room."""
    return (
        select(*_COLUMNS)
        .where(request.c.live, request.c.warn_75_at <= now, request.c.due_at >= now, here)
        .order_by(request.c.due_at, request.c.number)
        .limit(limit)
    )


def _snoozed(now: datetime, limit: int) -> Query:
    """Return those put aside and not overdue, which people do one by one: they are few."""
    due = request.c.due_at
    return (
        select(*_COLUMNS)
        .where(request.c.live, request.c.snoozed_until > now, or_(due.is_(None), due >= now))
        .order_by(due.is_(None), due, request.c.number)
        .limit(limit)
    )
