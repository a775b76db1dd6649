"""Warnings to the person concerned: a request of theirs has used most of its time.

Only in their hours, several at once, and each once: what was told is marked in the same
transaction, by request, due time and level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, or_, select
from sqlalchemy import func as sql

from store.commands.calling import MAIL, Places, notice_row
from store.desk import Desk
from store.facts.columns import microseconds
from store.facts.cover import attendance
from store.facts.engine import Writing
from store.facts.notices import notice
from store.facts.requests import request
from store.facts.rows import insert_rows
from store.rules.their_hours import in_their_hours
from store.text import one_line
from store.words import Attendance, Delivery, Notice

#: Whoever was warned is left alone for so long; what comes up meanwhile is told together.
TOGETHER = timedelta(minutes=5)
_SHOWN = 10
_AT_ONCE = 500
BOARD = "board"


def warn(desk: Desk, places: Places) -> int:
    """Write warnings for those who are to be told now; return how many people that are.

    People without a place of their own see it on the board, and get no mail.

    Raises:
        StoreError: the database failed; nothing was changed.
    """
    if not desk.rules.calls.warnings:
        return 0
    reached = {
        login: pushed
        for login, some in places.items()
        if (pushed := [place for place in some if place != MAIL])
    }
    now = desk.clock.now()
    with desk.store.reading() as connection:
        if not reached or not _news(desk, connection, reached, now):
            return 0
    with desk.writing() as writing:
        news = _news(desk, writing.connection, reached, writing.now)
        for login, rows in news.items():
            _write(desk, writing, login, reached[login], rows)
        return len(news)


def level_of(row: Row[*tuple[Any, ...]], now: datetime) -> int:
    """Return how many percent of its time a request has used at least: 75 or 90."""
    return 90 if row.warn_90_at is not None and row.warn_90_at <= now else 75


def _news(
    desk: Desk, connection: Connection, reached: Places, now: datetime
) -> dict[str, list[Row[*tuple[Any, ...]]]]:
    """Return what is to be told now, by login."""
    found = connection.execute(
        select(
            request.c.number,
            request.c.subject,
            request.c.assignee,
            request.c.due_at,
            request.c.warn_90_at,
        )
        .where(request.c.live, request.c.warn_75_at <= now, request.c.due_at > now)
        .where(request.c.assignee.in_(list(reached)), ~request.c.clock_paused)
        .where(or_(request.c.snoozed_until.is_(None), request.c.snoozed_until <= now))
        .order_by(request.c.due_at, request.c.number)
    ).all()
    if not found:
        return {}
    away = absent(connection, now) | _told_just_now(connection, now)
    people, hours = desk.rules.people, desk.rules.hours["desk"]
    here = {
        login
        for login in {row.assignee for row in found} & people.keys() - away
        if in_their_hours(login, people[login].timezone, hours, desk.rules.roster, now)
    }
    marked = _marked(connection, [_mark(row, level_of(row, now)) for row in found])
    news = defaultdict(list)
    for row in found:
        if row.assignee in here and _mark(row, level_of(row, now)) not in marked:
            news[row.assignee].append(row)
    return news


def absent(connection: Connection, now: datetime) -> set[str]:
    """Return the logins of those who are away, on a breather or off."""
    newest = select(sql.max(attendance.c.id)).group_by(attendance.c.login)
    query = select(attendance.c.login).where(
        attendance.c.id.in_(newest),
        attendance.c.state != Attendance.IN.value,
        or_(attendance.c.until.is_(None), attendance.c.until > now),
    )
    return set(connection.scalars(query))


def _told_just_now(connection: Connection, now: datetime) -> set[str]:
    query = select(notice.c.login).where(
        notice.c.kind == Notice.WARNING.value,
        notice.c.created_at > now - TOGETHER,
        notice.c.created_at <= now,
    )
    return set(connection.scalars(query))


def _mark(row: Row[*tuple[Any, ...]], level: int) -> str:
    return f"warning/{row.number}/{microseconds(row.due_at)}/{level}/{row.assignee}"


def _marked(connection: Connection, keys: Sequence[str]) -> set[str]:
    remaining = iter(keys)
    marked: set[str] = set()
    while some := list(islice(remaining, _AT_ONCE)):
        marked.update(connection.scalars(select(notice.c.key).where(notice.c.key.in_(some))))
    return marked


def _write(
    desk: Desk,
    writing: Writing,
    login: str,
    places: Sequence[str],
    rows: Sequence[Row[*tuple[Any, ...]]],
) -> None:
    subject, text = _words(desk, rows, writing.now)
    levels = {row.number: level_of(row, writing.now) for row in rows}
    marks = [
        _row(writing, _mark(row, level), row.number, login, BOARD, subject, text)
        for row in rows
        for level in (75, 90)
        if level <= levels[row.number]
    ]
    known = _marked(writing.connection, [mark["key"] for mark in marks])
    sent = [
        _row(
            writing,
            f"warning/{login}/{place}/{writing.next_id('notice')}",
            None,
            login,
            place,
            subject,
            text,
        )
        for place in places
    ]
    insert_rows(
        writing.connection, notice, [*(each for each in marks if each["key"] not in known), *sent]
    )


def _row(
    writing: Writing, key: str, number: int | None, login: str, place: str, *said: str
) -> Mapping[str, Any]:
    return notice_row(
        writing,
        key=key,
        kind=Notice.WARNING,
        number=number,
        login=login,
        place=place,
        subject=said[0],
        text=said[1],
        state=Delivery.SENT if place == BOARD else Delivery.PENDING,
    )


def _words(desk: Desk, rows: Sequence[Row[*tuple[Any, ...]]], now: datetime) -> tuple[str, str]:
    zone = ZoneInfo(desk.rules.timezone)
    lines = [
        f"#{row.number} {level_of(row, now)} % used, due "
        f"{row.due_at.astimezone(zone):%a %H:%M}: {one_line(row.subject) or '(no subject)'}"
        for row in rows
    ]
    more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    count = f"{len(rows)} of your requests are" if len(rows) > 1 else f"#{rows[0].number} is"
    return f"{count} at risk", "\n".join([*lines[:_SHOWN], *more])
