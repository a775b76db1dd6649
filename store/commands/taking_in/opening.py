"""A mail that opens a request."""

from __future__ import annotations

from store.commands.change import as_json
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.cases import Case
from store.commands.taking_in.lookup import Known
from store.commands.taking_in.prepared import Arrival
from store.facts.requests import INITIAL
from store.rules.timeline import Happening
from store.text import one_line
from store.words import Happened, State


def add(arrival: Arrival, known: Known, batch: Batch) -> Case:
    """Open a request for a mail and return it."""
    letter, where = arrival.letter, arrival.where
    triage = letter.triage
    number = batch.writing.ids("request")
    at = arrival.arrived_at
    person_id = known.people.get(letter.requester)
    if person_id is None:
        name = one_line(triage.requester.name)
        person_id = batch.add_person(letter.requester, name)
        if letter.requester:
            known.people[letter.requester] = person_id
    facts = {
        "state": State.NEW.value,
        "kind": triage.kind.value,
        "impact": triage.impact.value,
        "urgency": triage.urgency.value,
        "priority": triage.priority.value,
        "claimed_urgent": triage.claimed_urgent,
        "subject": one_line(letter.mail.subject),
        "requester_id": person_id,
        "requester_name": one_line(triage.requester.name),
        "requester_address": letter.requester,
        "department": batch.department(letter.requester),
        "service": triage.service,
        "channel": triage.channel.value,
        "end_run_person": triage.end_run_person,
        "end_run_rule": triage.end_run_rule,
        "end_run_certainty": triage.end_run_certainty,
        "received_at": at,
        "linked_to": where.linked_to,
    }
    part = {letter.sender, letter.requester, *(address for _, _, address in letter.recipients)}
    case = Case(
        number=number,
        columns={**INITIAL, **facts, "number": number, "version": 1, "changed_at": at},
        people=part - {""},
        opened=True,
    )
    message_id = batch.add_message(number, at, arrival, letter.all_terms)
    detail = {
        "from": batch.called(letter.mail.sender),
        "why": [where.why, *triage.why],
        "message": message_id,
    }
    new = {name: as_json(value) for name, value in facts.items()}
    case.added.append(Happening(batch.writing.ids("event"), at, Happened.RECEIVED, {}, new, detail))
    batch.touch(case)
    return case
