"""What is proposed to even out work, or to hand somebody's over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from store.commands.looking import fresh
from store.commands.moving import busy
from store.desk import Desk
from store.errors import NotFound
from store.facts.history import event
from store.facts.requests import request
from store.queries.board_rows import batches, rows_of
from store.queries.people import whereabouts_of
from store.queries.workload import having, weight_of
from store.records import Actor
from store.rules.begun import NO_WORK, Deed, begun
from store.rules.evening import Bearer, Held, Proposal, even_out, hand_over
from store.rules.evening_words import reason
from store.words import Happened
from store.workload_records import Proposed


def evening(desk: Desk, me: Actor, drafts: Collection[int] = ()) -> Proposed:
    """Return the moves that would lower the largest load; ``drafts`` are answers begun by me."""
    now = desk.clock.now()
    with desk.store.reading() as connection:
        bearers, held = _standing(desk, connection, me, now, drafts)
        proposal = even_out(bearers, held, desk.rules.knows)
        return _proposed(desk, connection, proposal, bearers, now)


def handing_over(desk: Desk, me: Actor, login: str, drafts: Collection[int] = ()) -> Proposed:
    """Return to whom everything could go that somebody has.

    Raises:
        NotFound: nobody on the desk has this login.
    """
    if login not in desk.rules.people:
        raise NotFound(f"Nobody on the desk has the login {login!r}")
    now = desk.clock.now()
    with desk.store.reading() as connection:
        bearers, held = _standing(desk, connection, me, now, drafts)
        proposal = hand_over(login, bearers, held, desk.rules.knows)
        return _proposed(desk, connection, proposal, bearers, now)


def _standing(
    desk: Desk, connection: Connection, me: Actor, now: datetime, drafts: Collection[int]
) -> tuple[list[Bearer], list[Held]]:
    """Return who could take what, and what everybody has, as the rules take it."""
    rules = desk.rules
    people = whereabouts_of(desk, connection)
    had = [row for some in having(connection).values() for row in some]
    deeds = _deeds(connection, [row.number for row in had])
    burning = _of_emergencies(connection)
    answered = busy(desk, me, connection.execute(fresh(now)))
    answered |= dict.fromkeys(drafts, "You have begun an answer to it")
    held = [
        Held(
            number=row.number,
            version=row.version,
            login=row.assignee,
            service=row.service,
            weight=weight_of(row, rules, now),
            received_at=row.received_at,
            untouched=not begun(deeds.get(row.number, ()), row.assignee),
            emergency=row.emergency_at is not None or row.outage in burning,
            busy=answered.get(row.number, ""),
        )
        for row in had
    ]
    bearers = [
        Bearer(login, people[login].present, person.capacity)
        for login, person in rules.people.items()
    ]
    return bearers, held


def _deeds(connection: Connection, numbers: Sequence[int]) -> Mapping[int, list[Deed]]:
    """Return what was done to requests, but for what is no work; with what takes things back."""
    found: dict[int, list[Deed]] = defaultdict(list)
    work = or_(event.c.what.not_in([each.value for each in NO_WORK]), event.c.undoes.is_not(None))
    columns = (event.c.id, event.c.number, event.c.actor, event.c.what, event.c.detail)
    for some in batches(numbers):
        query = select(*columns, event.c.undoes).where(event.c.number.in_(some), work)
        for row in connection.execute(query).all():
            by = row.detail.get("by", "")
            what = Happened(row.what)
            found[row.number].append(Deed(row.id, row.actor, what, by, row.undoes))
    return found


def _of_emergencies(connection: Connection) -> frozenset[int]:
    """Return the known outages whose parent is an emergency: what is about them is part of it."""
    query = select(request.c.outage).where(
        request.c.live, request.c.emergency_at.is_not(None), request.c.outage.is_not(None)
    )
    return frozenset(number for number in connection.scalars(query) if number is not None)


def _proposed(
    desk: Desk,
    connection: Connection,
    proposal: Proposal,
    bearers: Iterable[Bearer],
    now: datetime,
) -> Proposed:
    numbers = [move.number for move in proposal.moves]
    numbers += [one.number for one in proposal.stays]
    return Proposed(
        proposal,
        rows_of(connection, desk.rules, numbers, now),
        {each.number: reason(each, desk.rules, desk.short_name) for each in proposal.moves},
        {each.login: each.capacity for each in bearers},
    )
