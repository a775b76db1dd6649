"""All rules of triage in their order."""

from __future__ import annotations

from intake.triage.catalogue import catalogue_of
from intake.triage.claimed import claims_urgency
from intake.triage.end_run import CERTAIN, door_of
from intake.triage.machine import machine_kind
from intake.triage.phrases import Wording
from intake.triage.rating import UNKNOWN_SERVICE, rate
from intake.triage.service import find_service
from intake.triage.tags import tags_in
from intake.triage.thanks import is_thanks
from store.records import ReadMail, Triage
from store.rulebook import Rulebook

#: Characters of the new text that say what it is about; the rest is detail.
_READ_CHARS = 2_000
_IGNORED = {
    "own": "our own mail coming back",
    "bounce": "a delivery report",
    "receipt": "a read receipt",
    "auto_reply": "an automatic reply",
}


def triage(mail: ReadMail, rules: Rulebook, mailbox: str) -> Triage:
    """Return what the rules make of a mail found in the mailbox of that name.

    ``why`` has one line for every rule that fired.
    """
    catalogue = catalogue_of(rules)
    subject = Wording(mail.subject)
    text = Wording((mail.reply or mail.text)[:_READ_CHARS])
    why: list[str] = []
    kind, sign = machine_kind(mail, rules)
    if kind:
        why.append(f"{_IGNORED[kind]}: {sign}")
    service, reason = find_service(catalogue, subject, text)
    why.append(reason or "no word of the catalogue occurs")
    impact, urgency, priority, reasons = rate(catalogue, service, subject.then(text))
    why += reasons
    claim = claims_urgency(mail, subject, text)
    if claim:
        why.append(claim)
    thanks = is_thanks(mail, text, rules)
    if thanks:
        why.append("the new text only thanks")
    door = door_of(mail, rules, mailbox)
    if door.why:
        why.append(door.why)
    tags = tags_in(mail.subject)
    why += [f"the subject is tagged [#{number}]" for number in tags]
    return Triage(
        service=service,
        kind=rules.services.get(service, UNKNOWN_SERVICE).kind,
        impact=impact,
        urgency=urgency,
        priority=priority,
        claimed_urgent=bool(claim),
        channel=door.channel,
        requester=door.requester,
        tags=tags,
        thanks=thanks,
        ignore=f"{_IGNORED[kind]} ({sign})" if kind else "",
        end_run_person="" if kind else door.person,
        end_run_rule="" if kind else door.rule,
        end_run_certainty=CERTAIN if door.rule and not kind else "",
        why=tuple(why),
    )
