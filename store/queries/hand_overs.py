"""Notes from one shift to the next that somebody is to be shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from store.cover_records import HandOverView
from store.desk import Desk
from store.facts.cover import hand_over
from store.facts.history import counter
from store.queries.people import present
from store.records import Actor
from store.rules.hand_overs import Holder, desk_alone, takes_over
from store.text import lines, one_line

_AT_ONCE = 50


def hand_overs(desk: Desk, actor: Actor) -> list[HandOverView]:
    """Return the unread notes for who has the watch now, if that is the actor, oldest first.

    While the desk is open they are for everybody who is in; what one reads, all have read.
    """
    now = desk.clock.now()
    if not actor.login or actor.read_only:
        return []
    query = select(hand_over).where(hand_over.c.read_at.is_(None)).order_by(hand_over.c.at)
    with desk.store.reading() as connection:
        unread = connection.execute(query.limit(_AT_ONCE)).all()
    if not unread:
        return []
    here = present(desk)
    return [
        HandOverView(
            id=row.id,
            at=row.at,
            by=one_line(desk.short_name(row.actor)),
            text=lines(row.text),
        )
        for row in unread
        if row.actor != actor.login
        and _takes_over(desk, row.actor, row.at, now) in _holds(actor, here)
    ]


def newest_hand_over(desk: Desk) -> int:
    """Return the id of the newest note; 0 before the first."""
    with desk.store.reading() as connection:
        return connection.scalar(select(counter.c.hand_over)) or 0


def _takes_over(desk: Desk, by: str, at: datetime, now: datetime) -> str | Holder:
    rules = desk.rules
    roster = rules.roster or desk_alone(rules.timezone, rules.hours["desk"])
    return takes_over(roster, by, min(at, now), now)


def _holds(actor: Actor, here: frozenset[str]) -> set[str | Holder]:
    return {actor.login, Holder.DESK} if actor.login in here else {actor.login}
