"""Telling those who were called that they can sleep on: somebody is on it, or it is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, or_, select, update
from sqlalchemy import func as sql

from store.commands.calling import Places, notice_row
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.notices import notice
from store.facts.requests import request
from store.facts.rows import insert_rows
from store.rules.escalation import OLDEST
from store.words import Delivery, Notice, State

_TRIED = (Delivery.SENT.value, Delivery.UNCERTAIN.value, Delivery.SENDING.value)


def all_clear(desk: Desk, places: Places) -> int:
    """Write a notice to everybody who was called in vain; return how many notices.

    Calls that have not gone out yet are given up. Each call is cleared once.

    Raises:
        StoreError: the database failed; nothing was changed.
    """
    with desk.store.reading() as connection:
        if not _over(desk, connection):
            return 0
    with desk.writing() as writing:
        over = _over(desk, writing.connection)
        _give_up(writing, sorted({row.number for row in over}))
        rows = [row for each in over for row in _rows(desk, writing, each, places)]
        insert_rows(writing.connection, notice, rows)
        return len(rows)


def _over(desk: Desk, connection: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return who was called to what needs nobody any more and has not heard of that."""
    cleared = notice.alias("cleared")
    since = desk.clock.now() - OLDEST
    calls = (
        select(
            notice.c.number,
            notice.c.login,
            sql.max(notice.c.step).label("step"),
            sql.max(case((notice.c.state.in_(_TRIED), 1), else_=0)).label("tried"),
        )
        .where(notice.c.kind == Notice.EMERGENCY.value)
        .where(notice.c.created_at > since)
        .where(
            ~select(cleared.c.id)
            .where(cleared.c.number == notice.c.number, cleared.c.login == notice.c.login)
            .where(cleared.c.kind == Notice.ALL_CLEAR.value, cleared.c.step >= notice.c.step)
            .where(cleared.c.created_at > since)
            .exists()
        )
        .group_by(notice.c.number, notice.c.login)
        .subquery()
    )
    ended = or_(request.c.acknowledged_by != "", ~request.c.live, request.c.emergency_at.is_(None))
    query = (
        select(calls, request.c.acknowledged_by, request.c.state, request.c.merged_into)
        .join(request, request.c.number == calls.c.number)
        .where(ended)
    )
    return connection.execute(query).all()


def _give_up(writing: Writing, numbers: Sequence[int]) -> None:
    writing.connection.execute(
        update(notice)
        .where(notice.c.number.in_(numbers), notice.c.kind == Notice.EMERGENCY.value)
        .where(notice.c.state == Delivery.PENDING.value)
        .values(state=Delivery.GIVEN_UP.value, error="somebody was on it, or it was over")
    )


def _rows(
    desk: Desk, writing: Writing, each: Row[*tuple[Any, ...]], places: Places
) -> list[dict[str, Any]]:
    number, login = each.number, each.login
    said = _said(desk, each)
    # Who is on it knows; who was not reached has nothing to be told. That they are done with
    # is written down all the same.
    told = tuple(places.get(login, ())) if each.tried and login != each.acknowledged_by else ()
    return [
        notice_row(
            writing,
            key=f"all_clear/{number}/{each.step}/{login}/{place}",
            kind=Notice.ALL_CLEAR,
            number=number,
            login=login,
            step=each.step,
            place=place,
            subject=f"[#{number}] {said}",
            text=f"#{number}: {said}. You need not do anything.",
            state=Delivery.PENDING if told else Delivery.GIVEN_UP,
        )
        for place in told or ("board",)
    ]


def _said(desk: Desk, each: Row[*tuple[Any, ...]]) -> str:
    if each.state == State.MERGED:
        return f"it is part of #{each.merged_into} now"
    if each.acknowledged_by:
        return f"{desk.short_name(each.acknowledged_by)} is on it"
    if each.state in {State.RESOLVED, State.CLOSED}:
        return "it is resolved"
    return "it is no emergency any more"
