"""What happened since a board last looked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, select
from sqlalchemy import func as sql

from store.desk import Desk
from store.facts.history import event, happening
from store.queries.wording import who, why, words
from store.records import Changes, EventView
from store.text import one_line
from store.words import Happened

#: Events told at once. A board that was away for longer asks again from where it is then.
MOST = 1_000

_later = event.alias("later")
_last = event.alias("last")


def is_undone() -> ColumnElement[bool]:
    """Return whether an event was taken back, and is so still, by another of the same request."""
    restored = exists().where(_last.c.number == _later.c.number, _last.c.undoes == _later.c.id)
    return exists().where(
        _later.c.number == event.c.number, _later.c.undoes == event.c.id, ~restored
    )


def last_event_id(desk: Desk) -> int:
    """Return the id of the newest event; 0 before the first."""
    with desk.store.reading() as connection:
        return newest(connection)


def newest(connection: Connection) -> int:
    """Return ``last_event_id`` out of an open transaction."""
    return connection.scalar(select(sql.max(event.c.id))) or 0


def since_query(event_id: int, most: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of ``changes_since``: along the primary key from where one is."""
    return (
        select(event, is_undone().label("undone"))
        .where(event.c.id > event_id)
        .order_by(event.c.id)
        .limit(most)
    )


def changes_since(desk: Desk, event_id: int, most: int = MOST) -> Changes:
    """Return the events after ``event_id``, oldest first, and the id to ask with next time.

    Ids become visible in the order in which they were given out, so none is ever missed. At
    most ``most`` events are told; ``last_event_id`` is then that of the last one told.
    """
    with desk.store.reading() as connection:
        found = connection.execute(since_query(event_id, most)).all()
    events = tuple(event_view(desk, row, undone=row.undone) for row in found)
    return Changes(events[-1].id if events else event_id, events)


def event_view(desk: Desk, row: Row[*tuple[Any, ...]], *, undone: bool) -> EventView:
    """Return the record of an event row."""
    return EventView(
        id=row.id,
        number=row.number,
        at=row.at,
        who=who(desk, row.actor, row.detail),
        what=Happened(row.what),
        text=words(desk, happening(row)),
        undone=undone,
        login=one_line(row.actor),
        why=why(row.detail),
    )
