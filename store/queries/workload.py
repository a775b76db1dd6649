"""Who has how much to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy import func as sql

from store.desk import Desk
from store.facts.requests import request
from store.queries.board_rows import rows_of
from store.queries.counts import beginnings
from store.queries.end_runs import is_counted, may_know
from store.queries.people import whereabouts_of
from store.records import Actor
from store.rulebook import Rulebook
from store.rules.load import WAITING, Burdening, weight
from store.text import one_line
from store.words import Attendance, Priority, State
from store.workload_records import Workload

#: Requests of one person that are read whole; the plain count tells of more.
SHOWN = 200

_Had = Row[*tuple[Any, ...]]


def workload(desk: Desk, actor: Actor) -> list[Workload]:
    """Return everybody with what they have: who is present first, each part by name.

    Who is not on the desk any more and still has requests comes last. Of how many minutes
    end-runs took, ``actor`` is told what they may know.
    """
    now, rules = desk.clock.now(), desk.rules
    with desk.store.reading() as connection:
        had_by = having(connection)
        people = whereabouts_of(desk, connection)
        minutes = _end_run_minutes(connection, now, ZoneInfo(rules.timezone))
        firsts = {login: sorted(had, key=_by_need(now))[:SHOWN] for login, had in had_by.items()}
        numbers = [each.number for some in firsts.values() for each in some]
        rows = rows_of(connection, rules, numbers, now)
    found = []
    for login in {**rules.people, **had_by}:
        had, there, person = had_by.get(login, ()), people.get(login), rules.people.get(login)
        working = [each for each in had if each.state not in WAITING]
        first = firsts.get(login, ())
        found.append(
            Workload(
                login=one_line(login),
                name=one_line(person.name if person else login),
                capacity=person.capacity if person else 0.0,
                attendance=there.attendance if there else Attendance.OFF,
                until=there.until if there else None,
                board=there.board if there else False,
                gone=person is None,
                load=sum(weight_of(each, rules, now) for each in had),
                open=len(working),
                waiting=len(had) - len(working),
                oldest=min((each.received_at for each in working), default=None),
                end_run_minutes=minutes.get(login, 0) if may_know(actor, login) else 0,
                rows=tuple(rows[each.number] for each in first),
                more=len(had) - len(first),
            )
        )
    return sorted(found, key=lambda one: (one.gone, not one.present, one.name, one.login))


def having_query() -> Select[*tuple[Any, ...]]:
    """Return the statement for what of live requests that somebody has a load depends on.

    Those that nobody has are passed over in the index: there may be many.
    """
    return select(
        request.c.assignee,
        request.c.number,
        request.c.version,
        request.c.priority,
        request.c.state,
        request.c.service,
        request.c.due_at,
        request.c.warn_75_at,
        request.c.received_at,
        request.c.snoozed_until,
        request.c.emergency_at,
        request.c.outage,
    ).where(request.c.live, request.c.assignee > "")


def having(connection: Connection) -> Mapping[str, list[_Had]]:
    """Return the rows of ``having_query`` by who has the requests."""
    found: dict[str, list[_Had]] = defaultdict(list)
    for row in connection.execute(having_query()).all():
        found[row.assignee].append(row)
    return found


def weight_of(row: _Had, rules: Rulebook, now: datetime) -> float:
    """Return the part of a load that a row of ``having_query`` is."""
    one = Burdening(Priority(row.priority), State(row.state), row.due_at, row.warn_75_at)
    return weight(one, rules.load, now)


def _by_need(now: datetime) -> Any:
    """Return the key of the order in a column: due first, then snoozed, then waiting."""

    def key(row: _Had) -> tuple[bool, bool, bool, datetime, int]:
        snoozed = row.snoozed_until is not None and row.snoozed_until > now
        due = row.due_at or datetime.max.replace(tzinfo=UTC)
        late = row.due_at is not None and row.due_at < now
        return row.state in WAITING, snoozed and not late, row.due_at is None, due, row.number

    return key


def _end_run_minutes(connection: Connection, now: datetime, tz: ZoneInfo) -> Mapping[str, int]:
    today, _ = beginnings(now, tz)
    query = (
        select(request.c.end_run_person, sql.sum(request.c.minutes).label("minutes"))
        .where(is_counted(), request.c.received_at >= today)
        .group_by(request.c.end_run_person)
    )
    return {row.end_run_person: int(row.minutes or 0) for row in connection.execute(query)}
