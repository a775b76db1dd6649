"""The people of the desk: who can be given work, who is here, who looks at what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, Select, case, select
from sqlalchemy import func as sql

from store.commands.looking import fresh
from store.desk import Desk
from store.facts.requests import request
from store.facts.team import presence
from store.queries.attendance import said_last
from store.records import Actor, Colleague, Reader, Whereabouts
from store.rules.attendance import is_over, standing
from store.text import one_line
from store.words import Attendance, State


def colleagues(desk: Desk) -> list[Colleague]:
    """Return everybody who can be given work, by name, with what they have."""
    waiting = request.c.state.in_([State.WAITING_REQUESTER.value, State.WAITING_SUPPLIER.value])
    having = (
        select(
            request.c.assignee,
            sql.count().label("live"),
            sql.count(case((waiting, 1))).label("waiting"),
        )
        .where(request.c.live, request.c.assignee != "")
        .group_by(request.c.assignee)
    )
    with desk.store.reading() as connection:
        load = {row.assignee: row for row in connection.execute(having)}
        people = whereabouts_of(desk, connection)
    return [
        Colleague(
            login=one_line(person.login),
            name=one_line(person.name),
            role=person.role,
            live=load[person.login].live if person.login in load else 0,
            waiting=load[person.login].waiting if person.login in load else 0,
            present=people[person.login].present,
            attendance=people[person.login].attendance,
            until=people[person.login].until,
        )
        for person in sorted(desk.rules.people.values(), key=lambda one: one.name)
    ]


def whereabouts(desk: Desk) -> Mapping[str, Whereabouts]:
    """Return of everybody of the desk, by login, whether they are there for work."""
    with desk.store.reading() as connection:
        return whereabouts_of(desk, connection)


def present(desk: Desk) -> frozenset[str]:
    """Return the logins of everybody who is in and has a board open."""
    return frozenset(one.login for one in whereabouts(desk).values() if one.present)


def reading(desk: Desk, me: Actor) -> dict[int, tuple[Reader, ...]]:
    """Return which requests other people than ``me`` have on their screens: who, by number.

    Somebody with two boards on a request writes a reply to it if one of them does.
    """
    looking: dict[int, dict[str, bool]] = defaultdict(dict)
    with desk.store.reading() as connection:
        for row in connection.execute(_elsewhere(desk, me)):
            boards, login = looking[row.number], one_line(row.login)
            boards[login] = boards.get(login, False) or row.writing
    return {
        number: tuple(Reader(login, writing) for login, writing in sorted(boards.items()))
        for number, boards in looking.items()
    }


def whereabouts_of(desk: Desk, connection: Connection) -> dict[str, Whereabouts]:
    """Return ``whereabouts`` out of an open transaction."""
    now = desk.clock.now()
    boards = {row.login for row in connection.execute(fresh(now))}
    said = said_last(connection)
    found = {}
    for login, person in desk.rules.people.items():
        last = said.get(login)
        state = Attendance(last.state) if last else Attendance.IN
        until = last.until if last else None
        holds = standing(state, until, now)
        found[login] = Whereabouts(
            login=one_line(login),
            name=one_line(person.name),
            attendance=holds,
            until=None if holds is Attendance.IN else until,
            board=login in boards,
            by=one_line(last.actor) if last else "",
            over=is_over(state, until, now),
        )
    return found


def _elsewhere(desk: Desk, me: Actor) -> Select[str, int | None, bool]:
    """Return a statement for the requests on the screens of others whose names are known."""
    return fresh(desk.clock.now()).where(
        presence.c.number.is_not(None), presence.c.login.not_in(["", me.login])
    )
