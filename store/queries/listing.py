"""Lists of requests for the command line, in the order of the board."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from store.desk import Desk
from store.facts.requests import request
from store.queries.board import ENTRY, entries
from store.queries.board_rows import rows_of
from store.queries.matches import MOST_MESSAGES, numbers
from store.queries.order import first_numbers, order_key
from store.records import BoardRow
from store.rules.hours import Hours
from store.rules.typed import typed
from store.words import LIVE_STATES, State

#: More than any list that somebody reads.
_ALL = 2**31 - 1


def requests(
    desk: Desk,
    *,
    states: Collection[State] = LIVE_STATES,
    assignee: str | None = None,
    search: str = "",
    limit: int | None = None,
    me: str = "",
) -> list[BoardRow]:
    """Return requests: the live ones in the order of the board, then ended ones, newest first.

    Args:
        desk: The desk.
        states: Only in these states.
        assignee: Only those of the person with this login; "" for those of nobody.
        search: Only what this finds; see ``store.rules.typed``.
        limit: At most so many, the first ones; None: all.
        me: Login of who is looking, for ``@me`` in ``search``.
    """
    now = desk.clock.now()
    most = _ALL if limit is None else limit
    some_live, some_ended = set(states) & set(LIVE_STATES), set(states) - set(LIVE_STATES)
    wanted: list[ColumnElement[bool]] = [request.c.state.in_(sorted(states))]
    if assignee is not None:
        wanted.append(request.c.assignee == assignee)
    with desk.store.reading() as connection:
        if search:
            sought = typed(search, desk.rules, me)
            wanted.append(request.c.number.in_(numbers(connection, sought, MOST_MESSAGES, *wanted)))
        found: list[int] = []
        if len(wanted) == 1 and len(some_live) == len(LIVE_STATES):
            found = first_numbers(connection, desk.rules.hours, now, most)
        elif some_live:
            found = _live(connection, desk.rules.hours, now, wanted)[:most]
        if some_ended and len(found) < most:
            found += _ended(connection, wanted, most - len(found))
        rows = rows_of(connection, desk.rules, found, now)
    return [rows[number] for number in found]


def _live(
    connection: Connection,
    hours: Mapping[str, Hours],
    now: datetime,
    wanted: list[ColumnElement[bool]],
) -> list[int]:
    found = connection.execute(select(*ENTRY).where(request.c.live, *wanted))
    in_order = sorted(entries(found), key=lambda one: order_key(one, hours, now))
    return [one.number for one in in_order]


def _ended(connection: Connection, wanted: list[ColumnElement[bool]], most: int) -> list[int]:
    ended = select(request.c.number).where(~request.c.live, *wanted)
    return list(connection.scalars(ended.order_by(request.c.number.desc()).limit(most)))
