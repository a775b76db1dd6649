"""The statements of ``endings``: all count in the database, along indexes, and name nobody.

They look at what people asked for and what has ended since a moment; reports that programs sent
are left out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, exists, select, tuple_, type_coerce
from sqlalchemy import func as sql

from store.facts.history import event
from store.facts.requests import request
from store.rules.endings import AGAIN, BACK_WITHIN, OFTEN, OFTEN_WITHIN
from store.words import Ending, Happened

_Counts = Select[*tuple[Any, ...]]
_MICROSECOND = timedelta(microseconds=1)

_asked_again = request.alias("asked_again")
#: As a value: SQLite would rather read all requests in the order of their requesters.
_requester = request.c.requester_id + 0
_later = event.alias("later")
_last = event.alias("last")


def _counted(since: datetime) -> ColumnElement[bool]:
    return (request.c.resolved_at >= since) & (request.c.alert == "")


def _of_a_service(since: datetime) -> ColumnElement[bool]:
    return _counted(since) & (request.c.service != "")


def endings_query(since: datetime) -> _Counts:
    """Count by service, by who had it when it ended, and by how it ended."""
    key = (request.c.service, request.c.assignee, request.c.ending)
    return select(*key, sql.count().label("requests")).where(_counted(since)).group_by(*key)


def requesters_query(since: datetime) -> _Counts:
    """Count how many requesters have asked for how many."""
    asked = (
        select(sql.count().label("asked")).where(_counted(since)).group_by(_requester).subquery()
    )
    return select(asked.c.asked, sql.count().label("requesters")).group_by(asked.c.asked)


def repeats_query(since: datetime) -> _Counts:
    """Count by service those who asked again and again, their requests, and what was done.

    And how many of them asked so many times that it may have been often.
    """
    person = (
        select(
            request.c.service,
            sql.count().label("asked"),
            sql.count(case((request.c.ending == Ending.DONE.value, 1))).label("done"),
        )
        .where(_of_a_service(since))
        .group_by(_requester, request.c.service)
        .having(sql.count() >= AGAIN)
        .subquery()
    )
    return select(
        person.c.service,
        sql.count().label("people"),
        sql.sum(person.c.asked).label("requests"),
        sql.sum(person.c.done).label("done"),
        sql.count(case((person.c.asked >= OFTEN, 1))).label("candidates"),
    ).group_by(person.c.service)


def often_query(since: datetime) -> _Counts:
    """Count by service those who asked often within a week."""
    about = (_requester, request.c.service)
    enough = select(*about).where(_of_a_service(since)).group_by(*about)
    earlier = sql.lag(request.c.received_at, OFTEN - 1)
    asked = (
        select(
            request.c.service,
            _requester.label("requester"),
            request.c.received_at,
            earlier.over(partition_by=about, order_by=request.c.received_at).label("earlier"),
        )
        .where(_of_a_service(since))
        .where(tuple_(*about).in_(enough.having(sql.count() >= OFTEN)))
        .subquery()
    )
    took = _us(asked.c.received_at) - _us(asked.c.earlier)
    return (
        select(asked.c.service, sql.count(asked.c.requester.distinct()).label("often"))
        .where(took <= OFTEN_WITHIN // _MICROSECOND)
        .group_by(asked.c.service)
    )


def returned_query(since: datetime, now: datetime) -> _Counts:
    """Count by service and ending what ended long enough ago, and who came back after it."""
    key = (request.c.service, request.c.ending)
    end = _us(request.c.resolved_at)
    # Not "SELECT *", for which SQLite would look at the table.
    back = (
        select(_asked_again.c.received_at)
        .where(
            _asked_again.c.requester_id == request.c.requester_id,
            _asked_again.c.service == request.c.service,
            _us(_asked_again.c.received_at) > end,
            _us(_asked_again.c.received_at) <= end + BACK_WITHIN // _MICROSECOND,
        )
        .exists()
    )
    return (
        select(*key, sql.count().label("requests"), sql.count(case((back, 1))).label("back"))
        .where(_of_a_service(since), request.c.resolved_at <= now - BACK_WITHIN)
        .where(request.c.ending.in_([Ending.GUIDED.value, Ending.DONE.value]))
        .group_by(*key)
    )


def resolved_query(since: datetime) -> Select[int]:
    """Count what is resolved now and was resolved since, reports included."""
    return select(sql.count()).where(request.c.resolved_at >= since)


def resolutions_query(since: datetime) -> Select[int]:
    """Count how often something was resolved since."""
    return select(sql.count()).where(_happened(Happened.RESOLVED, since))


def taken_back_query(what: Happened, since: datetime) -> Select[int]:
    """Count how many of these events were taken back, and are so still."""
    restored = exists().where(_last.c.undoes == _later.c.id)
    this = exists().where(event.c.id == _later.c.undoes, _happened(what, since))
    return (
        select(sql.count()).select_from(_later).where(_later.c.undoes.is_not(None), ~restored, this)
    )


def thanks_query(since: datetime) -> Select[int]:
    """Count how often somebody only wrote to say thanks."""
    return select(sql.count()).where(_happened(Happened.THANKED, since))


def _happened(what: Happened, since: datetime) -> ColumnElement[bool]:
    return (event.c.what == what.value) & (event.c.at >= since)


def _us(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Return an instant as the microseconds it is kept as."""
    return type_coerce(column, BigInteger())
