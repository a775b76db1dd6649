"""A mail that belongs to a request we know."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func as sql
from sqlalchemy import select

from store.commands.change import as_json
from store.commands.ending import reopened
from store.commands.taking_in import acknowledging
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.cases import Case
from store.facts.history import event
from store.rules.prepared import Arrival, Letter
from store.rules.promised import NOTHING_PROMISED
from store.words import Happened, State

_ENDED = (State.RESOLVED, State.CLOSED)


def add(arrival: Arrival, case: Case, batch: Batch) -> None:
    """Add a mail to the conversation of ``case``, with what it means for the request.

    A requester's mail ends a wait for it and a snooze, and opens a request again that had
    ended, unless it only says thanks.
    """
    letter, outage = arrival.letter, arrival.where.outage
    at = max(arrival.arrived_at, case.columns["changed_at"])
    state = case.columns["state"]
    writer = _writer(letter, case, batch) if outage is None else _affected(state)
    thanked = letter.triage.thanks and writer == "requester" and state in _ENDED
    new: dict[str, Any] = {}
    if writer == "desk":
        new |= answered(arrival, case, batch)
    elif writer == "requester" and not thanked and outage is None:
        new["snoozed_until"] = None
        if state in _ENDED:
            new |= reopened()
        elif state == State.WAITING_REQUESTER:
            new |= {"state": State.OPEN.value, "wait_until": None}
    message_id = batch.add_message(case.number, at, arrival, letter.terms)
    detail: dict[str, Any] = {
        "from": letter.called,
        "by": writer,
        "why": [arrival.where.why],
        "message": message_id,
        "asks": asks(letter),
    }
    if letter.triage.spoofed:
        detail["spoofed"] = letter.triage.spoofed
    silent = ""
    if outage is not None:
        detail["outage"] = outage
        silent = acknowledging.why_not(letter, arrival, batch)
        detail["why"] += [silent.strip()] if silent.strip() else []
    what = Happened.THANKED if thanked else Happened.FOLLOWED_UP
    case.happens(batch.writing.ids("event"), at, what, new, detail)
    case.columns["messages"] += 1
    case.people.add(letter.sender)
    case.people.update(address for _, _, address in letter.recipients)
    case.people.discard("")
    batch.touch(case)
    if outage is not None and not silent:
        if answer := acknowledging.words(arrival, case, batch):
            acknowledging.acknowledge(arrival, case, answer, batch)
        else:
            detail["why"].append(acknowledging.EMPTY)


def answered(arrival: Arrival, case: Case, batch: Batch) -> dict[str, Any]:
    """Return what changes by a technician's answer by mail: a new request is open.

    It keeps what was promised, unless that was promised after it had been sent.
    """
    new: dict[str, Any] = {}
    if case.columns["state"] == State.NEW:
        new["state"] = State.OPEN.value
    if case.columns["promised_at"] is not None:
        query = select(sql.max(event.c.at)).where(
            event.c.number == case.number, event.c.what == Happened.PROMISED.value
        )
        promised = batch.writing.connection.scalar(query)
        new |= NOTHING_PROMISED if promised is None or promised <= arrival.arrived_at else {}
    return new


def asks(letter: Letter) -> dict[str, Any]:
    """Return what a mail would have opened: what a split needs to know of it."""
    triage = letter.triage
    found: dict[str, Any] = {
        "kind": triage.kind,
        "impact": triage.impact,
        "urgency": triage.urgency,
        "priority": triage.priority,
        "claimed_urgent": triage.claimed_urgent,
        "service": triage.service,
        "channel": triage.channel,
        "requester": [letter.requester_name, letter.requester],
    }
    if triage.end_run_person:
        found["end_run_person"] = triage.end_run_person
        found["end_run_rule"] = triage.end_run_rule
        found["end_run_certainty"] = triage.end_run_certainty
    if triage.asked_at is not None:
        found["asked_at"] = as_json(triage.asked_at)
    return found


def _affected(state: str) -> str:
    """Return as whom the clocks see somebody who is affected by the same outage.

    They wait for an answer; what the parent waits for from others they do not bring.
    """
    waits = state in {State.WAITING_REQUESTER, State.WAITING_SUPPLIER}
    return "other" if waits else "requester"


def _writer(letter: Letter, case: Case, batch: Batch) -> str:
    """Return who wrote, as the clocks see it.

    ``requester``: somebody who waits for the desk. ``desk``: a technician, answering the
    requester by mail. ``inside``: a technician, not writing to the requester. ``other``: while
    a supplier is waited for, whoever is not the requester; it may be the supplier. ``report``: a
    program, which waits for nothing.
    """
    asked = case.requesters
    if letter.triage.alert:
        return "report"
    colleague = letter.sender in batch.desk_people and not letter.triage.spoofed
    if colleague and letter.sender not in asked:
        reached = any(address in asked for _, _, address in letter.recipients)
        return "desk" if reached else "inside"
    if letter.sender not in asked and case.columns["state"] == State.WAITING_SUPPLIER:
        return "other"
    return "requester"
