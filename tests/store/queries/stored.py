"""Rows put straight into the store, for queries that only look at a few columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from store.facts.engine import Store
from store.facts.history import event
from store.facts.mail import ledger, mailbox, outbox, wish
from store.facts.messages import message, original
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


def put_mails(store: Store, numbers: Iterable[int]) -> None:
    """Give each request a mail that came long ago, and its acknowledgement; two are to be sent."""
    with store.writing() as writing:
        put = writing.connection.execute
        put(insert(mailbox).values(name="help", error=""))
        put(insert(original).values(id=1, sha256=b"", size=0, truncated=False, data=b""))
        mails = [
            (place, number, NOW - timedelta(days=2) + timedelta(seconds=place))
            for place, number in enumerate(numbers, start=1)
        ]
        put(insert(ledger), [_ledger_row(*each) for each in mails])
        put(insert(message), [_message_row(*each) for each in mails])
        put(insert(outbox), [_outbox_row(place, at) for place, _, at in mails])
        put(insert(wish), [_wish_row(place, at) for place, _, at in mails])


def _ledger_row(place: int, number: int, at: datetime) -> dict[str, Any]:
    return {
        "mailbox": "help",
        "uidvalidity": 1,
        "uid": place,
        "outcome": "opened" if place % 5 else "ignored",
        "reason": "",
        "number": number,
        "arrived_at": at,
        "taken_at": at,
        "sender": "",
        "subject": "",
        "fingerprint": place.to_bytes(4),
        "original_id": 1,
    }


def _wish_row(place: int, at: datetime) -> dict[str, Any]:
    return {
        "mailbox": "help",
        "uidvalidity": 1,
        "uid": place,
        "place": 1,
        "what": "retry",
        "asked_by": "ana",
        "asked_at": at,
        "done_at": at if place > 2 else None,
    }


def _message_row(place: int, number: int, at: datetime) -> dict[str, Any]:
    return {
        "id": place,
        "number": number,
        "direction": "out",
        "at": at,
        "sender_name": "",
        "sender_address": "",
        "recipients": [],
        "subject": "",
        "text": "",
        "quoted": "",
        "message_id": f"{place}@help.northgate.example",
        "original_id": None,
        "withdrawn": False,
        "split_from": None,
        "defects": [],
    }


def _outbox_row(place: int, at: datetime) -> dict[str, Any]:
    return {
        "id": place,
        "message_id": place,
        "kind": "acknowledgement",
        "automatic": True,
        "to_address": f"{place}@northgate.example",
        "recipients": [],
        "remaining": [],
        "in_reply_to": "",
        "reference_ids": [],
        "state": "sent" if place > 2 else "pending",
        "created_at": at,
        "next_try_at": at + timedelta(days=9),
        "attempts": 1,
        "lease": "",
        "leased_until": None,
        "handing_over": False,
        "error": "",
        "sent_at": None,
    }
