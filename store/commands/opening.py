"""Requests that come in over no mailbox: at the counter, by phone, in a chat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select

from store.commands.change import as_json, event_row, may_write
from store.commands.checks import must_say_something
from store.commands.clock_cache import clock_columns
from store.commands.fresh import fresh_clock_columns
from store.desk import Desk
from store.errors import NotFound
from store.facts import search
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.messages import message
from store.facts.people import mail_address, person
from store.facts.requests import INITIAL, request
from store.new_requests import NewRequest
from store.records import DESK, Actor, Address, Done
from store.rulebook import ServiceRule
from store.rules.emergencies import why_emergency
from store.rules.terms import index_terms
from store.rules.timeline import Happening
from store.text import lines, one_line
from store.words import Direction, Happened, State


def open_request(desk: Desk, actor: Actor, new: NewRequest) -> Done:
    """Open a request that somebody asked a person of the desk for.

    What ``new`` leaves open comes from the service catalogue.

    Raises:
        NotAllowed: the actor may only look.
        NotPossible: it has no subject.
        NotFound: there is no such service, or nobody with the assignee's login.
        StoreError: the database failed; nothing was opened.
    """
    may_write(actor)
    subject = one_line(must_say_something(new.subject, "A request"))
    asks = Address(one_line(new.requester.name), one_line(new.requester.address).lower())
    with desk.writing() as writing:
        at = min(new.asked_at or writing.now, writing.now)
        facts = {
            **_rated(desk, new),
            "subject": subject,
            "requester_id": person_of(desk, writing, asks),
            "requester_name": asks.name,
            "requester_address": asks.address,
            "department": department_of(desk, asks.address),
            "service": new.service,
            "assignee": _assignee(desk, new.assignee),
            "state": (State.OPEN if new.assignee else State.NEW).value,
            "channel": new.channel.value,
            "end_run_person": new.end_run_person,
            "end_run_rule": "R7" if new.end_run_person else "",
            "end_run_certainty": "certain" if new.end_run_person else "",
            "received_at": at,
            "minutes": new.minutes,
            "entry": new.entry,
        }
        detail = {"from": asks.name or asks.address, "message": writing.next_id("message")}
        done = begin(desk, writing, facts, detail, actor)
        _add_message(writing, done.number, facts, new.text)
        return done


def begin(
    desk: Desk,
    writing: Writing,
    facts: dict[str, Any],
    detail: dict[str, Any],
    actor: Actor = DESK,
) -> Done:
    """Write the next request, with ``facts``, and the event of its receipt.

    What the catalogue calls an emergency is declared one at once.
    """
    number = writing.ids("request")
    at = facts["received_at"]
    words = {name: as_json(value) for name, value in facts.items()}
    happened = [Happening(writing.ids("event"), at, Happened.RECEIVED, {}, words, detail)]
    row = {**INITIAL, **facts, "number": number, "changed_at": at}
    reason = why_emergency(desk.rules, facts["service"], facts["impact"])
    if reason:
        happened.append(declared(writing.ids("event"), at, reason))
        row |= {"emergency_at": at, "version": len(happened)}
        row |= clock_columns(happened, desk.rules)
    else:
        row |= fresh_clock_columns(desk.rules, facts["priority"], at)
    writing.connection.execute(insert(request).values(row))
    actors = (actor, DESK)
    for place, (each, who) in enumerate(zip(happened, actors, strict=False), start=1):
        written = event_row(each, number, place, who, writing.bulk)
        writing.connection.execute(insert(event).values(written))
    return Done(number, len(happened), happened[-1].id, f"#{number} opened")


def declared(event_id: int, at: datetime, reason: str) -> Happening:
    """Return the event by which the catalogue declares an emergency, with the receipt."""
    old, new = {"emergency_at": None}, {"emergency_at": as_json(at)}
    return Happening(event_id, at, Happened.EMERGENCY, old, new, {"text": reason})


def _rated(desk: Desk, new: NewRequest) -> dict[str, Any]:
    """Return kind, impact, urgency and priority: what was said, else the service's usual."""
    service = desk.rules.services.get(new.service)
    if new.service and service is None:
        raise NotFound(f"There is no service {new.service!r} in the catalogue")
    usual = service or ServiceRule(key="", name="")
    impact, urgency = new.impact or usual.impact, new.urgency or usual.urgency
    return {
        "kind": (new.kind or usual.kind).value,
        "impact": impact.value,
        "urgency": urgency.value,
        "priority": desk.rules.matrix[impact, urgency].value,
    }


def _assignee(desk: Desk, login: str) -> str:
    if login and login not in desk.rules.people:
        raise NotFound(f"Nobody on the desk has the login {login!r}")
    return login


def department_of(desk: Desk, address: str) -> str:
    """Return the key of the department that an address belongs to; "" for none."""
    found = desk.rules.department_of(address)
    return found.key if found else ""


def person_of(desk: Desk, writing: Writing, asks: Address) -> int:
    """Return the id of somebody who asks; a new one for somebody who never did.

    Without an address people are known by their name.
    """
    whose = select(mail_address.c.person_id).where(mail_address.c.address == asks.address)
    if not asks.address:
        addressed = exists().where(mail_address.c.person_id == person.c.id)
        whose = select(person.c.id).where(person.c.name == asks.name, person.c.login == "")
        whose = whose.where(~addressed).limit(1)
    known: int | None = writing.connection.scalar(whose)
    if known is not None:
        return known
    person_id = writing.ids("person")
    writing.connection.execute(
        insert(person).values(
            id=person_id,
            login="",
            name=asks.name,
            role="",
            department=department_of(desk, asks.address),
            active=True,
        )
    )
    if asks.address:
        writing.connection.execute(
            insert(mail_address).values(address=asks.address, person_id=person_id)
        )
    return person_id


def _add_message(writing: Writing, number: int, row: dict[str, Any], text: str) -> None:
    """Add what was asked as the first message of request ``number``."""
    message_id = writing.ids("message")
    said = lines(text).strip()
    writing.connection.execute(
        insert(message).values(
            id=message_id,
            number=number,
            direction=Direction.IN.value,
            at=row["received_at"],
            sender_name=row["requester_name"],
            sender_address=row["requester_address"],
            recipients=[],
            subject=row["subject"],
            text=said,
            quoted="",
            message_id="",
            original_id=None,
            withdrawn=False,
            defects=[],
        )
    )
    terms = index_terms(row["subject"], row["requester_name"], row["requester_address"], said)
    search.add(writing.connection, [(message_id, terms)])
