"""The acknowledgement of a mail that opens a request: its number, and when to expect an answer.

It is written with the request, in one transaction. Why a request has none stands in its history.
"""

from __future__ import annotations

from typing import Any

from store.commands.answering import common_fields, new_message_id, subject
from store.commands.messages import Mail, Said
from store.commands.taking_in.batch import Batch
from store.commands.taking_in.cases import Case
from store.records import Address
from store.rulebook import Rulebook
from store.rules.answering import Question, why_silent
from store.rules.expecting import expected
from store.rules.prepared import Arrival, Letter
from store.rules.templates import fill
from store.rules.threads import is_whole
from store.words import EMERGENCY, Happened, Sends

_NEVER = "not acknowledged"
#: Every line of the template names something that there is nothing to say of.
EMPTY = f"{_NEVER}: its template comes out empty"


def why_not(letter: Letter, arrival: Arrival, batch: Batch) -> str:
    """Return why this mail is not acknowledged, in words for the history; "" if it is.

    Where the desk acknowledges nothing there is nothing to explain: " ".
    """
    rules = batch.rules
    if not rules.sender or not rules.answers.acknowledge or not batch.answering:
        return " "
    asked = Question(
        sender=letter.sender,
        requester=letter.requester,
        arrived_at=arrival.arrived_at,
        written_at=letter.mail.date,
        machine=letter.triage.machine,
        spoofed=letter.triage.spoofed,
    )
    reason = why_silent(asked, rules, batch.desk_people, batch.writing.now)
    reason = reason or batch.valve.stops(letter.requester, rules)
    return f"{_NEVER}: {reason}" if reason else ""


def words(arrival: Arrival, case: Case, batch: Batch) -> str:
    """Return what an acknowledgement says; "" if its template comes out empty."""
    return fill(batch.rules.templates.acknowledgement, _fields(arrival, case, batch))


def acknowledge(arrival: Arrival, case: Case, text: str, batch: Batch) -> None:
    """Add the acknowledgement, which says ``text``, of a mail that has just opened ``case``.

    Or that has just joined its outage.
    """
    letter, rules, writing = arrival.letter, batch.rules, batch.writing
    # Who is asked about has only what they wrote themselves, not what a colleague forwarded.
    theirs = letter.sender == letter.requester and is_whole(letter.key)
    key = letter.key if theirs else ""
    said = Said(
        Address(rules.desk, rules.sender),
        text,
        Mail(
            kind=Sends.ACKNOWLEDGEMENT,
            message_id=new_message_id(rules, case.number),
            subject=subject(letter.subject, case.number),
            to=(Address(letter.requester_name, letter.requester),),
            in_reply_to=key,
            references=(key,) if key else (),
        ),
    )
    # As of the receipt: what came after it in the same batch keeps its own time.
    at = case.columns["changed_at"]
    message_id = batch.add_our_mail(case.number, at, said)
    case.happens(writing.ids("event"), at, Happened.ACKNOWLEDGED, {}, {"message": message_id})
    case.columns["messages"] += 1
    batch.valve.answered(letter.requester)
    batch.touch(case)


def _fields(arrival: Arrival, case: Case, batch: Batch) -> dict[str, str]:
    rules, letter, columns = batch.rules, arrival.letter, case.columns
    joined = arrival.where.outage if arrival.where.joins is not None else None
    return common_fields(rules, columns) | {
        # Of who wrote this one: a parent's own requester is nobody's business.
        "name": letter.requester_name,
        "subject": letter.subject,
        "expected": _first_answer(rules, columns, batch) if joined is None else "",
        "known": batch.outages.told(columns["service"], joined),
        # An emergency does not wait for that.
        "closed_until": "" if case.columns["emergency_at"] else _opens(rules, batch),
    }


def _first_answer(rules: Rulebook, columns: dict[str, Any], batch: Batch) -> str:
    """Return when the first answer is due; "" if none is promised, or it is late already."""
    declared = columns["emergency_at"]
    targets = rules.targets[columns["priority"] if declared is None else EMERGENCY]
    if targets.first_response is None:
        return ""
    hours = rules.hours[targets.calendar]
    due = hours.due(declared or columns["received_at"], targets.first_response)
    now = batch.writing.now
    return expected(due, now, rules.timezone) if due is not None and due > now else ""


def _opens(rules: Rulebook, batch: Batch) -> str:
    """Return when the desk opens, if it is closed now."""
    hours, now = rules.hours["desk"], batch.writing.now
    opens = None if hours.is_open(now) else hours.next_change(now)
    return "" if opens is None else expected(opens, now, rules.timezone)
