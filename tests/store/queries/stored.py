"""Rows put straight into the store, for queries that only look at a few columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert

from store.facts.engine import Store
from store.facts.history import event
from store.facts.people import person
from store.facts.requests import CLOCK_COLUMNS, INITIAL, request
from tests.conftest import NOW

_NO_CLOCK = dict.fromkeys(CLOCK_COLUMNS) | {
    "clock_metric": "",
    "clock_calendar": "",
    "clock_paused": False,
}
_ROW: Mapping[str, Any] = {
    **INITIAL,
    **_NO_CLOCK,
    "kind": "incident",
    "impact": "low",
    "urgency": "medium",
    "priority": "P3",
    "subject": "Projector dead",
    "requester_id": 1,
    "requester_name": "Grace Hopper",
    "requester_address": "hopper@maths.northgate.example",
    "department": "maths",
    "service": "projector",
    "channel": "desk_mail",
    "received_at": NOW,
    "changed_at": NOW,
}


def put_requests(store: Store, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put requests into an empty store; what a row leaves out is usual."""
    everything = [{**_ROW, "number": number, **row} for number, row in enumerate(rows, start=1001)]
    with store.writing() as writing:
        writing.connection.execute(
            insert(person).values(
                id=1, login="", name="Grace Hopper", role="", department="maths", active=True
            )
        )
        if everything:
            writing.connection.execute(insert(request), everything)


def put_events(store: Store, numbers: Iterable[int]) -> None:
    """Give requests that were put into the store the event of their receipt."""
    with store.writing() as writing:
        rows = [
            {
                "id": event_id,
                "number": number,
                "version": 1,
                "at": NOW,
                "actor": "",
                "what": "received",
                "old": {},
                "new": {"priority": "P3", "channel": "desk_mail"},
                "detail": {"from": "Grace Hopper"},
            }
            for event_id, number in enumerate(numbers, start=1)
        ]
        writing.connection.execute(insert(event), rows)
