"""Whether somebody of the desk is there for work: in, away, on a breather, off.

Nobody is asked why. Rows are added, never changed; the newest of each person counts, until its
time is over.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, insert, select

from store.commands.change import may_write
from store.commands.checks import must_be_later
from store.commands.meanwhile import meanwhile
from store.desk import Desk
from store.errors import NotAllowed, NotFound, NotPossible
from store.facts.cover import attendance
from store.facts.engine import Writing
from store.records import Actor
from store.rules.attendance import BREATHER, standing
from store.rules.attention import moment
from store.rules.off_watch import watch_while_off
from store.words import Attendance, Role

_IS = {
    Attendance.IN: "in",
    Attendance.AWAY: "away",
    Attendance.BREATHER: "on a breather",
    Attendance.OFF: "off",
}


def be(
    desk: Desk,
    actor: Actor,
    state: Attendance,
    until: datetime | None = None,
    login: str = "",
) -> str:
    """Say whether somebody is there for work; return the line for the toast.

    Who comes back is told what came meanwhile, and who goes off which watch stays theirs.

    Args:
        desk: The desk.
        actor: Who says it.
        state: In, away, on a breather or off.
        until: From then on they count as in again; None: until they say so, and after ten
            minutes from a breather.
        login: Whom it is about; "": the actor. A lead may say it of somebody else.

    Raises:
        NotAllowed: the actor may only look, or speaks for somebody else and is no lead.
        NotFound: nobody on the desk has this login.
        NotPossible: the time is over already, or they are in already.
        StoreError: the database failed; nothing was changed.
    """
    who = login or actor.login
    may_write(actor)
    if who != actor.login and actor.role is not Role.LEAD:
        raise NotAllowed(f"Only {desk.short_name(who)} or a lead can say that")
    if who not in desk.rules.people:
        raise NotFound(f"Nobody on the desk has the login {who!r}")
    subject = "You are" if who == actor.login else f"{desk.short_name(who)} is"
    with desk.writing() as writing:
        now, came = writing.now, ""
        if state is Attendance.IN:
            until = None
            said = _said_last(writing, who)
            if said is None or said.state == Attendance.IN:
                raise NotPossible(f"{subject} in already")
            came = meanwhile(writing.connection, who) if who == actor.login else ""
        elif state is Attendance.BREATHER and until is None:
            until = now + BREATHER
        if until is not None:
            must_be_later(until, now)
        _write(writing, actor, who, state, until)
    text = f"{subject} {_IS[state]}"
    if until is not None:
        text += f" until {moment(until, now, ZoneInfo(desk.rules.timezone))}"
    if state is Attendance.OFF and (theirs := watch_while_off(desk.rules.roster, who, now, until)):
        has = "You still have" if who == actor.login else f"{desk.short_name(who)} still has"
        text += f". {has} the watch {theirs}"
    return f"{text}. While you were away: {came}" if came else text


def breather(desk: Desk, actor: Actor) -> str:
    """Go for a breather of ten minutes; who is not in comes back in.

    Returns and raises what ``be`` does.
    """
    with desk.writing() as writing:
        is_in = stands(writing, actor.login) is Attendance.IN
        state = Attendance.BREATHER if is_in else Attendance.IN
        return be(desk.within(writing), actor, state)


def _write(
    writing: Writing, actor: Actor, login: str, state: Attendance, until: datetime | None
) -> None:
    row = {
        "id": writing.ids("attendance"),
        "login": login,
        "at": writing.now,
        "state": state.value,
        "until": until,
        "actor": actor.login,
        "event": writing.next_id("event") - 1,
    }
    writing.connection.execute(insert(attendance).values(row))


def stands(writing: Writing, login: str) -> Attendance:
    """Return whether somebody is in, away, on a breather or off just now."""
    said = _said_last(writing, login)
    if said is None:
        return Attendance.IN
    return standing(Attendance(said.state), said.until, writing.now)


def _said_last(writing: Writing, login: str) -> Row[*tuple[Any, ...]] | None:
    query = select(attendance).where(attendance.c.login == login)
    newest = query.order_by(attendance.c.id.desc()).limit(1)
    return writing.connection.execute(newest).one_or_none()
