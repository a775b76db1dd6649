"""What ``deskwatch explain --json`` prints of one mail; docs/json.md promises the shape."""

from __future__ import annotations

from store.mail_records import Bounce, ReadMail, Triage
from store.records import Address
from store.words import Machine, Outcome

#: Any automatic mail that answers nobody in particular counts as one that does: no person wrote
#: it, and none gets an answer.
_MACHINES = {Machine.RECEIPT: Machine.AUTO_REPLY, Machine.REPORT: Machine.AUTO_REPLY}


def outcome(mail: ReadMail | None, found: Triage | None) -> Outcome:
    """Return what would become of a mail of which no request is known."""
    if mail is None or found is None:
        return Outcome.QUARANTINED
    if found.machine is Machine.BOUNCE:
        return Outcome.BOUNCED
    return Outcome.IGNORED if found.ignore else Outcome.OPENED


def why_so(mail: ReadMail | None, found: Triage | None, reason: str) -> str:
    """Return the reason for the outcome; "" where a mail simply opens a request."""
    if mail is None or found is None:
        return reason
    if found.ignore:
        return found.ignore
    if found.tags:
        tag = f"[#{found.tags[0]}]"
        return f"the subject is tagged {tag}: it joins that request if its sender is part of it"
    return ""


def shape(name: str, mail: ReadMail | None, found: Triage | None, reason: str) -> dict[str, object]:
    """Return the object for one file.

    Args:
        name: The file's, as it was given.
        mail: What was read.
        found: What the rules make of it.
        reason: Why it could not be read; then there is neither.
    """
    head: dict[str, object] = {
        "file": name,
        "outcome": outcome(mail, found),
        "reason": why_so(mail, found, reason) or None,
    }
    if mail is None or found is None:
        return head | _EMPTY
    rule = found.end_run_rule
    machine = found.machine
    return head | {
        "message_id": mail.message_id or None,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "from": _person(mail.sender),
        "requester": _person(found.requester),
        "asked_at": found.asked_at.isoformat() if found.asked_at else None,
        "to": [_person(each) for each in mail.to],
        "cc": [_person(each) for each in mail.cc],
        "subject": mail.subject,
        "text": mail.text,
        "reply": mail.reply,
        "quoted": mail.quoted,
        "attachments": [
            {"name": each.name, "type": each.type, "size": each.size} for each in mail.attachments
        ],
        "machine": _MACHINES.get(machine, machine) if machine else None,
        "bounce": _bounce(mail.bounce) if mail.bounce else None,
        "end_run": {
            "rule": rule,
            "person": found.end_run_person,
            "certainty": found.end_run_certainty,
        }
        if rule
        else None,
        "service": found.service or None,
        "impact": found.impact,
        "urgency": found.urgency,
        "priority": found.priority,
        "claimed_urgent": found.claimed_urgent,
        "defects": list(mail.defects),
    }


#: What is said of a mail that could not be read.
_EMPTY: dict[str, object] = {
    "message_id": None,
    "in_reply_to": [],
    "references": [],
    "date": None,
    "from": None,
    "requester": None,
    "asked_at": None,
    "to": [],
    "cc": [],
    "subject": "",
    "text": "",
    "reply": "",
    "quoted": "",
    "attachments": [],
    "machine": None,
    "bounce": None,
    "end_run": None,
    "service": None,
    "impact": None,
    "urgency": None,
    "priority": None,
    "claimed_urgent": False,
    "defects": [],
}


def _person(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _bounce(bounce: Bounce) -> dict[str, object]:
    return {
        "recipient": bounce.recipient or None,
        "status": bounce.status or None,
        "permanent": bounce.permanent,
        "original_message_id": bounce.original_message_id or None,
    }
