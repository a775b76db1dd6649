"""Taking the next best request of the queue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, Select, or_, select, type_coerce

from store.commands.change import may_write
from store.commands.ownership import claim
from store.desk import Desk
from store.errors import LostRace, NotPossible
from store.facts.columns import microseconds
from store.facts.requests import request
from store.records import Actor, Done, Target
from store.rules.attention import group
from store.rules.load import Burdening, load, over
from store.rules.next_best import Candidate, Choice, Skill, choose, said
from store.text import one_line
from store.words import Priority, State

#: Of each part of the queue so many are weighed against each other, those due first.
_WEIGHED = 50
#: Each time somebody else was faster; more at once are not at one desk.
_TRIES = 100
_WORKABLE = (State.NEW.value, State.OPEN.value)
_COLUMNS = (
    request.c.number,
    request.c.version,
    request.c.priority,
    request.c.emergency_at,
    request.c.due_at,
    request.c.warn_75_at,
    request.c.clock_calendar,
    request.c.snoozed_until,
    request.c.service,
    request.c.requester_id,
    request.c.requester_name,
    request.c.requester_address,
    request.c.received_at,
)
Query = Select[*tuple[Any, ...]]


def pull(desk: Desk, actor: Actor) -> Done:
    """Make the best of what nobody has the actor's own, and say why it is that one.

    Somebody who is faster gets it, and the actor the next. Who has more in hand than they can
    carry is told so, and gets it all the same.

    Raises:
        NotAllowed: the actor may only look.
        NotPossible: nothing is there to take.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    for _ in range(_TRIES):
        now = desk.clock.now()
        with desk.store.reading() as connection:
            found = _chosen(desk, connection, actor, now)
        if found is None:
            break
        choice, row = found
        why = _why(desk, choice, row, now)
        try:
            done = claim(desk, actor, Target(row.number, row.version), why=f"next best: {why}")
        except (LostRace, NotPossible):
            continue
        text = f"#{done.number} is yours: {why}{_too_much(desk, actor)}"
        return Done(done.number, done.version, done.event_id, text)
    raise NotPossible("Nothing that you could take is waiting: somebody has all of it")


def _chosen(
    desk: Desk, connection: Connection, actor: Actor, now: datetime
) -> tuple[Choice, Row[*tuple[Any, ...]]] | None:
    """Return the choice and its row; parts of the queue further behind are read only if needed."""
    for part in parts(actor.login, now):
        rows = {row.number: row for query in part for row in connection.execute(query)}
        choice = choose(_candidate(desk, actor, row, now) for row in rows.values())
        if choice is not None:
            return choice, rows[choice.best.number]
    return None


def parts(login: str, now: datetime) -> Iterator[list[Query]]:
    """Yield the statements for each part of the queue: what is in one goes before all behind it.

    Emergencies; what is overdue or at risk; then the rest of each priority. Each reads the first
    few by their due time along an index, however many there are.
    """
    by, due = request.c.acknowledged_by, request.c.due_at
    # As a sum, so that no database goes by the index of all that are at risk, whoever has them.
    warn = type_coerce(request.c.warn_75_at, BigInteger) + 0
    at_risk = warn <= microseconds(now)
    # Likewise, so that emergencies are not looked for in all that nobody has.
    declared = (request.c.emergency_at.is_not(None), request.c.assignee.op("||")("") == "")
    yield [_first((*declared, or_(by == "", by == login)), request.c.emergency_at)]
    awake = or_(request.c.snoozed_until.is_(None), request.c.snoozed_until <= now)
    yield [
        query
        for priority in Priority
        for query in (
            _of_priority(priority, due < now),  # that ends a snooze
            _of_priority(priority, due >= now, at_risk, awake),
        )
    ]
    for priority in Priority:
        yield [
            _of_priority(priority, due >= now, or_(warn.is_(None), ~at_risk), awake),
            _of_priority(priority, due.is_(None), awake),
        ]


def _of_priority(priority: Priority, *wanted: ColumnElement[bool]) -> Query:
    nobodys = (request.c.assignee == "", request.c.priority == priority.value)
    return _first((*nobodys, request.c.emergency_at.is_(None), *wanted), request.c.due_at)


def _first(wanted: tuple[ColumnElement[bool], ...], by: ColumnElement[Any]) -> Query:
    return (
        select(*_COLUMNS)
        .where(request.c.live, *wanted, request.c.state.in_(_WORKABLE))
        .order_by(by, request.c.number)
        .limit(_WEIGHED)
    )


def _candidate(desk: Desk, actor: Actor, row: Row[*tuple[Any, ...]], now: datetime) -> Candidate:
    hours = desk.rules.hours.get(row.clock_calendar)
    return Candidate(
        number=row.number,
        priority=Priority(row.priority),
        group=group(
            due=row.due_at,
            warn_75=row.warn_75_at,
            paused=False,
            snoozed_until=row.snoozed_until,
            open_now=hours is None or hours.is_open(now),
            now=now,
        ),
        due=row.due_at,
        skill=_skill(desk, actor, row.service),
        requester=row.requester_id,
        since=row.received_at,
        declared=row.emergency_at,
    )


def had_query(login: str) -> Query:
    """Return the statement for what somebody's load depends on."""
    return select(
        request.c.priority, request.c.state, request.c.due_at, request.c.warn_75_at
    ).where(request.c.live, request.c.assignee == login)


def _too_much(desk: Desk, actor: Actor) -> str:
    """Return a warning for who has more in hand than they can carry; else ""."""
    person, now = desk.rules.people.get(actor.login), desk.clock.now()
    with desk.store.reading() as connection:
        had = [
            Burdening(Priority(row.priority), State(row.state), row.due_at, row.warn_75_at)
            for row in connection.execute(had_query(actor.login))
        ]
    carried = load(had, desk.rules.load, now)
    if person is None or not over(carried, person.capacity):
        return ""
    return f". Your load is {carried:.1f} of {person.capacity:g} now"


def _skill(desk: Desk, actor: Actor, service: str) -> Skill:
    rule = desk.rules.services.get(service)
    if rule is None or not rule.skill:
        return Skill.ANYBODYS
    return Skill.MINE if desk.rules.knows(actor.login, service) else Skill.OTHERS


def _why(desk: Desk, choice: Choice, row: Row[*tuple[Any, ...]], now: datetime) -> str:
    rules = desk.rules
    service = rules.services.get(row.service)
    known = service.name if service and choice.best.skill is Skill.MINE else ""
    hours = rules.hours.get(row.clock_calendar) or rules.hours["always"]
    who = one_line(row.requester_name) or one_line(row.requester_address).partition("@")[0]
    return said(choice, who, one_line(known), hours, now)
