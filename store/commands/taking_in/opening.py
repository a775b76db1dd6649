"""A mail that opens a request."""

from __future__ import annotations

from typing import Any

from store.commands.change import as_json
from store.commands.taking_in import acknowledging
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.cases import Case
from store.commands.taking_in.lookup import Known
from store.facts.requests import INITIAL
from store.rules.emergencies import why_emergency
from store.rules.end_runs import CERTAIN, EndRun, after_the_end
from store.rules.prepared import Arrival, Letter
from store.rules.timeline import Happening
from store.words import Happened, State


def add(arrival: Arrival, known: Known, batch: Batch) -> Case:
    """Open a request for a mail and return it."""
    letter, where = arrival.letter, arrival.where
    triage = letter.triage
    number = batch.writing.ids("request")
    at = arrival.arrived_at
    why = [where.why, *triage.why]
    facts: dict[str, Any] = {
        "state": State.NEW,
        "kind": triage.kind,
        "impact": triage.impact,
        "urgency": triage.urgency,
        "priority": triage.priority,
        "claimed_urgent": triage.claimed_urgent,
        "subject": letter.subject,
        "requester_id": _person(letter, known, batch),
        "requester_name": letter.requester_name,
        "requester_address": letter.requester,
        "department": batch.department(letter.requester),
        "service": triage.service,
        "channel": triage.channel,
        "end_run_person": triage.end_run_person,
        "end_run_rule": triage.end_run_rule,
        "end_run_certainty": triage.end_run_certainty,
        "received_at": at,
        "linked_to": where.linked_to,
    }
    late = _late_end_run(arrival, batch)
    if late is not None:
        facts |= {
            "end_run_person": late.person,
            "end_run_rule": late.rule,
            "end_run_certainty": late.certainty,
        }
        why.append(late.why)
    if where.outage is not None:
        facts["outage"] = where.outage
    if triage.alert:
        facts["alert"] = triage.alert
    part = {letter.sender, letter.requester, *(address for _, _, address in letter.recipients)}
    case = Case(
        number=number,
        columns={**INITIAL, **facts, "number": number, "version": 1, "changed_at": at},
        people=part - {""},
        requesters={letter.requester} - {""},
        opened=True,
    )
    message_id = batch.add_message(number, at, arrival, letter.all_terms)
    silent = acknowledging.why_not(letter, arrival, batch)
    detail: dict[str, Any] = {
        "from": letter.called,
        "why": [each for each in (*why, silent.strip()) if each],
        "message": message_id,
    }
    if triage.machine is not None:
        detail["machine"] = triage.machine.value
    if triage.asked_at is not None:
        detail["asked_at"] = as_json(triage.asked_at)
    if triage.spoofed:
        detail["spoofed"] = triage.spoofed
    new = {name: as_json(value) for name, value in facts.items()}
    case.added.append(Happening(batch.writing.ids("event"), at, Happened.RECEIVED, {}, new, detail))
    _declare(case, batch)
    batch.touch(case)
    if not silent:
        # Only now: an emergency is answered in other words.
        if answer := acknowledging.words(arrival, case, batch):
            acknowledging.acknowledge(arrival, case, answer, batch)
        else:
            detail["why"].append(acknowledging.EMPTY)
    return case


def _person(letter: Letter, known: Known, batch: Batch) -> int:
    """Return the id of who asks; a new one for somebody who never did."""
    person_id = known.people.get(letter.requester)
    if person_id is None:
        person_id = batch.add_person(letter.requester, letter.requester_name)
        if letter.requester:
            known.people[letter.requester] = person_id
    return person_id


def _declare(case: Case, batch: Batch) -> None:
    """Declare what the catalogue calls an emergency: from its receipt on it is one."""
    columns = case.columns
    reason = why_emergency(batch.rules, columns["service"], columns["impact"])
    if reason:
        at = columns["changed_at"]
        event_id = batch.writing.ids("event")
        case.happens(event_id, at, Happened.EMERGENCY, {"emergency_at": at}, {"text": reason})


def _late_end_run(arrival: Arrival, batch: Batch) -> EndRun | None:
    """Return what is known only with the request that a mail is about, which ended long ago.

    What is certain of the mail by itself stays, and so does that a program wrote it.
    """
    where, triage = arrival.where, arrival.letter.triage
    if not where.long_ago or where.linked_to is None or triage.machine is not None:
        return None
    if triage.end_run_certainty == CERTAIN:
        return None
    mail = arrival.letter.mail
    return after_the_end(mail, where.linked_to, batch.rules, arrival.arrived_at)
