"""What time itself does to requests: waits that are over, resolved ones that stayed so.

The poller calls these every minute; in between nothing is wrong, only not written yet.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Select, select

from store.commands.ending import close
from store.commands.waiting import resume
from store.desk import Desk
from store.errors import CommandRefused
from store.facts.requests import request
from store.records import DESK, Actor, Done, Target
from store.rules.threads import LONG_AGO
from store.words import State


def end_waits(desk: Desk) -> list[Done]:
    """Resume every request whose wait was only until a time that has come."""
    over = (
        select(request.c.number, request.c.version)
        .where(request.c.wait_until.is_not(None))
        .where(request.c.wait_until <= desk.clock.now())
        .order_by(request.c.wait_until)
    )
    return _each(desk, over, resume)


def close_resolved(desk: Desk) -> list[Done]:
    """Close every request that was resolved long ago: mail about it opens a new one by now."""
    over = (
        select(request.c.number, request.c.version)
        .where(request.c.state == State.RESOLVED.value)
        .where(request.c.resolved_at <= desk.clock.now() - LONG_AGO)
        .order_by(request.c.resolved_at)
    )
    return _each(desk, over, close)


def _each(
    desk: Desk, query: Select[int, int], command: Callable[[Desk, Actor, Target], Done]
) -> list[Done]:
    with desk.store.reading() as connection:
        found = connection.execute(query).all()
    done = []
    for number, version in found:
        try:
            done.append(command(desk, DESK, Target(number, version)))
        except CommandRefused:
            continue  # somebody was quicker, and it is theirs to decide now
    return done
