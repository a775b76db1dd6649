"""Requests as JSON, in the shapes that docs/json.md promises.

Instants are ISO 8601 in UTC, lengths of time seconds; what is not there is null, not missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.records import Address, BoardRow, ClockView, EventView, MessageView, RequestView

_SECOND = timedelta(seconds=1)


def listed(row: BoardRow, clocks: Iterable[ClockView]) -> dict[str, Any]:
    """Return an item of ``deskwatch requests --json``."""
    return {
        "number": row.number,
        "subject": row.subject,
        "state": row.state.value,
        "kind": row.kind.value,
        "priority": row.priority.value,
        "emergency": row.emergency,
        "acknowledged_by": row.acknowledged_by or None,
        "calls": [
            {"login": each.login, "at": _instant(each.at), "failed": each.failed}
            for each in row.calls
        ],
        "claimed_urgent": row.claimed_urgent,
        "service": row.service or None,
        "requester": _address(row.requester),
        "department": row.department or None,
        "assignee": row.assignee or None,
        "offered": row.offered,
        "channel": row.channel.value,
        "end_run": _end_run(row),
        "outage": _outage(row),
        "opened_at": _instant(row.received_at),
        "snoozed_until": _instant(row.snoozed_until),
        "promised_at": _instant(row.promised_at),
        "clocks": {clock.metric.value: _clock(clock) for clock in clocks},
    }


def shown(view: RequestView) -> dict[str, Any]:
    """Return the object of ``deskwatch show --json``: an item of the list, and more."""
    return {
        **listed(view.row, view.clocks),
        "outage": _outage_in_full(view),
        "impact": view.impact.value,
        "urgency": view.urgency.value,
        "ending": view.ending.value if view.ending else None,
        "resolved_at": _instant(view.resolved_at),
        "emergency_at": _instant(view.emergency_at),
        "linked_to": view.linked_to,
        "merged_into": view.merged_into,
        "merged": list(view.merged),
        "repeat_contacts": view.repeat_contacts,
        "version": view.row.version,
        "messages": [_message(message) for message in view.messages],
        "history": [_event(event) for event in view.history],
    }


def _end_run(row: BoardRow) -> dict[str, str] | None:
    if not row.end_run:
        return None
    return {
        "rule": row.end_run_rule,
        "person": row.end_run,
        "certainty": row.end_run_certainty,
    }


def _outage(row: BoardRow) -> dict[str, Any] | None:
    if row.outage is None:
        return None
    return {
        "number": row.outage.number,
        "parent": row.outage.parent,
        "kind": row.outage.kind.value,
        "people": row.outage.people if row.outage.parent else None,
    }


def _outage_in_full(view: RequestView) -> dict[str, Any] | None:
    known = view.outage
    if known is None:
        return None
    return {
        **(_outage(view.row) or {}),
        "people": known.people,
        "service": known.service or None,
        "words": list(known.words),
        "text": known.text,
        "starts_at": _instant(known.starts_at),
        "ends_at": _instant(known.ends_at),
        "joins_by_itself": known.always,
        "undecided": known.maybe,
    }


def _clock(clock: ClockView) -> dict[str, Any]:
    return {
        "status": clock.status.value,
        "calendar": clock.calendar or None,
        "due": _instant(clock.due),
        "warn_75": _instant(clock.warn_75),
        "warn_90": _instant(clock.warn_90),
        "target_s": _seconds(clock.target),
        "used_s": _seconds(clock.used),
        "remaining_s": _seconds(clock.remaining),
        "breached_at": [_instant(at) for at in clock.breached_at],
        "stopped_at": _instant(clock.stopped_at),
    }


def _message(message: MessageView) -> dict[str, Any]:
    return {
        "id": message.id,
        "direction": message.direction.value,
        "from": _address(message.sender),
        "at": _instant(message.at),
        "text": message.text,
        "quoted": message.quoted,
        "attachments": [
            {"name": one.name, "type": one.type, "size": one.size} for one in message.attachments
        ],
        "defects": list(message.defects),
        "delivery": message.delivery,
    }


def _event(event: EventView) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": _instant(event.at),
        "who": event.who,
        "login": event.login or None,
        "what": event.what.value,
        "text": event.text,
        "why": list(event.why),
        "undone": event.undone,
    }


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length / _SECOND
