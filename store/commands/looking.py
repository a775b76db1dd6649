"""Who is looking at what: two people in one request see each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from store.desk import Desk
from store.facts import team
from store.records import Actor

#: A board that said nothing for so long is gone: closed, asleep or cut off.
GONE_AFTER = timedelta(seconds=30)
#: Boards say so every few seconds; what was not said for so long is thrown away.
_FORGOTTEN_AFTER = timedelta(hours=1)


def presence(
    desk: Desk, actor: Actor, number: int | None, board: str = "", *, writing: bool = False
) -> None:
    """Say that the actor is at a board, and looks at request ``number``, or at none.

    Args:
        desk: The desk.
        actor: Who is there.
        number: The request on the screen; None: the queue.
        board: A random name of the board, for people with several; "": they have one.
        writing: Whether a reply to it is being written there.
    """
    table = team.presence
    with desk.store.writing() as store:
        columns = {
            "login": actor.login,
            "number": number,
            "writing": writing and number is not None,
            "seen_at": store.now,
        }
        _put(store.connection, board or actor.login, columns)
        forgotten = table.c.seen_at < store.now - _FORGOTTEN_AFTER
        store.connection.execute(delete(table).where(forgotten))


def absence(desk: Desk, actor: Actor, board: str = "") -> None:
    """Say that a board is closed."""
    table = team.presence
    with desk.store.writing() as writing:
        closed = table.c.board == (board or actor.login)
        writing.connection.execute(delete(table).where(closed))


def fresh(now: datetime) -> Select[str, int | None, bool]:
    """Return a statement for the boards that are open: whose, what they show, writing or not."""
    table = team.presence
    boards = select(table.c.login, table.c.number, table.c.writing)
    return boards.where(table.c.seen_at > now - GONE_AFTER)


def _put(connection: Connection, board: str, columns: dict[str, Any]) -> None:
    there = update(team.presence).where(team.presence.c.board == board).values(columns)
    if connection.execute(there).rowcount == 0:
        connection.execute(insert(team.presence).values(board=board, **columns))
