"""All rules of triage in their order."""

from __future__ import annotations

from intake.triage.authentication import forged
from intake.triage.claimed import claims_urgency
from intake.triage.end_run import door_of
from intake.triage.machine import CALLED, automatic
from intake.triage.rating import UNKNOWN_SERVICE, rate
from intake.triage.requester import answers_elsewhere
from intake.triage.tags import tags_in
from intake.triage.thanks import is_thanks
from store.mail_records import ReadMail, Triage
from store.rulebook import Rulebook
from store.rules.catalogue import catalogue_of
from store.rules.phrases import Wording
from store.rules.service import find_service
from store.words import Machine

#: Characters of the new text that say what it is about; the rest is detail.
_READ_CHARS = 2_000


def triage(mail: ReadMail, rules: Rulebook, mailbox: str) -> Triage:
    """Return what the rules make of a mail found in the mailbox of that name.

    ``why`` has one line for every rule that fired.
    """
    catalogue = catalogue_of(rules)
    subject = Wording(mail.subject)
    text = Wording((mail.reply or mail.text)[:_READ_CHARS])
    why: list[str] = []
    machine = automatic(mail, rules, mailbox, subject, text)
    if machine:
        why.append(f"{CALLED[machine.kind]}: {machine.sign}")
    service, reason = find_service(catalogue, subject, text)
    if machine and machine.report and machine.report.service in rules.services:
        service = machine.report.service
        reason = f"service {rules.services[service].name}: reports of {machine.report.name}"
    why.append(reason or "no word of the catalogue occurs")
    impact, urgency, priority, reasons = rate(catalogue, service, subject, text)
    why += reasons
    claim = claims_urgency(mail, subject, text)
    if claim:
        why.append(claim)
    thanks = (machine is None or machine.kind is Machine.LIST) and is_thanks(mail, text, rules)
    if thanks:
        why.append("the new text only thanks")
    spoofed = forged(mail, rules)
    door = door_of(mail, rules, mailbox, trusted=not spoofed)
    run = door.end_run if machine is None else None
    notes = (spoofed, door.why, run.why if run else "", answers_elsewhere(mail, door.requester))
    why += [note for note in notes if note]
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
        machine=machine.kind if machine else None,
        alert=machine.alert if machine else "",
        ignore=machine.ignore if machine else "",
        end_run_person=run.person if run else "",
        end_run_rule=run.rule if run else "",
        end_run_certainty=run.certainty if run else "",
        spoofed=spoofed,
        asked_at=door.asked_at,
        why=tuple(why),
    )
