"""The clock columns of a request: computed from its events, kept to sort the board by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from store.facts.history import event, happening
from store.records import ClockFace
from store.rulebook import Rulebook
from store.rules.clocks import answered_at, evaluate, face
from store.rules.timeline import Happening, clock_events
from store.words import ClockStatus

_MICROSECOND = timedelta(microseconds=1)
_EVENT_COLUMNS = (
    event.c.number,
    event.c.id,
    event.c.at,
    event.c.what,
    event.c.old,
    event.c.new,
    event.c.detail,
    event.c.undoes,
)


def histories(connection: Connection, numbers: Collection[int]) -> dict[int, list[Happening]]:
    """Return the events of some requests, oldest first."""
    found: dict[int, list[Happening]] = defaultdict(list)
    query = (
        select(*_EVENT_COLUMNS)
        .where(event.c.number.in_(numbers))
        .order_by(event.c.number, event.c.version)
    )
    for row in connection.execute(query):
        found[row.number].append(happening(row))
    return found


def clock_columns(history: Sequence[Happening], rules: Rulebook) -> dict[str, Any]:
    """Return the clock columns of the request with this whole history.

    They say when, not how long until: they stay right until the next event or policy.
    """
    newest = max(event.at for event in history)
    events = clock_events(history)
    states = evaluate(events, rules.targets, rules.hours, newest)
    return columns_of(face(states), answered_at(events))


def columns_of(shown: ClockFace | None, answered: datetime | None = None) -> dict[str, Any]:
    """Return the columns that keep ``shown``, and when the request was ``answered``."""
    if shown is None:
        return {
            "clock_metric": "",
            "clock_calendar": "",
            "clock_paused": False,
            "due_at": None,
            "warn_75_at": None,
            "warn_90_at": None,
            "remaining_us": None,
            "answered_at": answered,
        }
    paused = shown.status == ClockStatus.PAUSED
    return {
        "clock_metric": shown.metric.value,
        "clock_calendar": shown.calendar,
        "clock_paused": paused,
        "due_at": shown.due,
        "warn_75_at": shown.warn_75,
        "warn_90_at": shown.warn_90,
        "remaining_us": (
            None if shown.remaining is None or not paused else shown.remaining // _MICROSECOND
        ),
        "answered_at": answered,
    }
