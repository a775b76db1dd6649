"""Calling people to emergencies: whom, where and in which words, written before it is sent.

Notices and the event that tells of them are written in one transaction. A notice's key is
unique, and the writers stand in line, so two pollers call nobody twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from store.commands.answering import new_message_id
from store.commands.called import calls
from store.commands.change import Change, standing_request, write
from store.desk import Desk
from store.facts.columns import microseconds
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.messages import message
from store.facts.notices import notice
from store.facts.requests import Request, request
from store.records import DESK
from store.rules.call_words import Told, call_subject, call_text, next_words
from store.rules.cover import on_call
from store.rules.escalation import Call, Emergency, NextCall, chain, next_call
from store.text import lines, one_line
from store.words import Delivery, Direction, Happened, Notice

#: By login: what people are reached by: ``mail``, ``ntfy``; see ``Notice.place``.
Places = Mapping[str, Sequence[str]]
MAIL = "mail"
_NOWHERE = "no place is known where they could be called; write one under [[people]] notify"


def call(desk: Desk, places: Places) -> int:
    """Write down whom to call now; return how many people that are.

    Raises:
        StoreError: the database failed; nothing was changed.
    """
    now = desk.clock.now()
    if desk.rules.hours["desk"].is_open(now):
        return 0
    with desk.store.reading() as connection:
        due = [number for number, step in _steps(desk, connection, now).items() if step.at <= now]
    called = 0
    for number in due:
        with desk.writing() as writing:
            step = _steps(desk, writing.connection, writing.now, number).get(number)
            if step is not None and step.at <= writing.now:
                called += _call(desk, writing, number, step, places)
    return called


def _steps(
    desk: Desk, connection: Connection, now: datetime, number: int | None = None
) -> dict[int, NextCall]:
    """Return the next step of every emergency that nobody is on, or of one."""
    query = select(request.c.number, request.c.emergency_at).where(
        request.c.live, request.c.emergency_at.is_not(None), request.c.acknowledged_by == ""
    )
    if number is not None:
        query = query.where(request.c.number == number)
    declared = {row.number: row.emergency_at for row in connection.execute(query)}
    found = calls(connection, declared)
    steps = {}
    for each, at in declared.items():
        step = _next(desk, Emergency(at, found.get(each, ())), now)
        if step is not None:
            steps[each] = step
    return steps


def _next(desk: Desk, emergency: Emergency, now: datetime) -> NextCall | None:
    rules = desk.rules
    roles = {login: person.role for login, person in rules.people.items()}
    people = chain(rules.roster, roles, now)
    return next_call(emergency, people, rules.hours["desk"], now, rules.calls.escalate_after)


def _call(desk: Desk, writing: Writing, number: int, step: NextCall, places: Places) -> int:
    standing = standing_request(writing.connection, number)
    declared = standing.emergency_at or writing.now
    told = _told(desk, writing.connection, standing)
    before = calls(writing.connection, {number: declared}).get(number, ())
    ours = tuple(Call(step.step, login, writing.now) for login in step.who)
    after = _next(desk, Emergency(declared, (*before, *ours)), writing.now)
    for login in step.who:
        why = _why(desk, login, writing.now)
        then = _then(desk, login, after)
        rows = [
            notice_row(
                writing,
                key=_key(number, declared, step.step, login, place),
                kind=Notice.EMERGENCY,
                number=number,
                login=login,
                step=step.step,
                place=place,
                subject=call_subject(told),
                text=call_text(told, why, then, by_mail=place == MAIL),
                message_id=new_message_id(desk.rules, number) if place == MAIL else "",
            )
            for place in (*places.get(login, ()),) or ("",)
        ]
        writing.connection.execute(insert(notice), rows)
        standing = standing_request(writing.connection, number)
        person = desk.short_name(login)
        detail = {"login": login, "step": step.step, "places": list(places.get(login, ()))}
        change = Change(Happened.CALLED, f"{person} is called to #{number}", detail=detail)
        write(desk, writing, DESK, standing, change)
    return len(step.who)


def _key(number: int, declared: datetime, step: int, login: str, place: str) -> str:
    return f"emergency/{number}/{microseconds(declared)}/{step}/{login}/{place}"


def _then(desk: Desk, login: str, after: NextCall | None) -> str:
    """Return who is called next if nobody answers."""
    if after is None or after.who == (login,):
        return ""
    who = [desk.short_name(each) for each in after.who]
    return next_words(who, after.at.astimezone(ZoneInfo(desk.rules.timezone)))


def notice_row(
    writing: Writing,
    *,
    key: str,
    kind: Notice,
    number: int | None,
    login: str,
    place: str,
    subject: str,
    text: str,
    step: int = 0,
    message_id: str = "",
    state: Delivery = Delivery.PENDING,
) -> dict[str, Any]:
    """Return the row of a notice, to be sent now; without a place it has failed already."""
    return {
        "id": writing.ids("notice"),
        "key": key,
        "kind": kind.value,
        "number": number,
        "login": login,
        "step": step,
        "place": place,
        "subject": subject,
        "text": text,
        "message_id": message_id,
        "created_at": writing.now,
        "state": state.value if place else Delivery.FAILED.value,
        "attempts": 0,
        "next_try_at": writing.now,
        "lease": "",
        "leased_until": None,
        "handing_over": False,
        "error": "" if place else _NOWHERE,
        "sent_at": None,
    }


def _why(desk: Desk, login: str, now: datetime) -> str:
    """Return why this person is called."""
    first = on_call(desk.rules.roster, now)
    if login == first:
        return "You have the watch."
    if first:
        return f"{desk.short_name(first)} has the watch and has not answered."
    return "Nobody has the watch."


def _told(desk: Desk, connection: Connection, standing: Request) -> Told:
    rules = desk.rules
    department = rules.departments.get(standing.department)
    service = rules.services.get(standing.service)
    name, address = one_line(standing.requester_name), one_line(standing.requester_address)
    wrote = f"{name} <{address}>" if name and address else name or address
    first = (
        select(message.c.text)
        .where(message.c.number == standing.number, message.c.direction == Direction.IN)
        .where(~message.c.withdrawn)
        .order_by(message.c.id)
        .limit(1)
    )
    return Told(
        number=standing.number,
        subject=one_line(standing.subject),
        priority=standing.priority,
        requester=f"From {wrote}" if wrote else "",
        about=" · ".join(one_line(each.name) for each in (department, service) if each),
        declared=_declared(desk, connection, standing),
        excerpt=lines(connection.scalar(first) or ""),
    )


def _declared(desk: Desk, connection: Connection, standing: Request) -> str:
    """Return when it was declared an emergency, by whom, and why."""
    at = standing.emergency_at
    when = f"{at.astimezone(ZoneInfo(desk.rules.timezone)):%a %d %b %H:%M}" if at else ""
    query = (
        select(event.c.actor, event.c.detail)
        .where(event.c.number == standing.number, event.c.what == Happened.EMERGENCY.value)
        .order_by(event.c.version.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return f"An emergency by the service catalogue since {when}"
    said = one_line(str(row.detail.get("text", "")))
    return f"Declared by {desk.short_name(row.actor)} at {when}: {said}"
