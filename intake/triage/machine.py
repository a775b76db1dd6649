"""Mail that no person wrote to the desk: what it is, and whether it may open a request.

Automatic replies, delivery reports, receipts and our own mail never do; automatic reports do
where the policy names their sender; list mail does where it is addressed to the desk.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.reading.forwarded import forwarded_from
from intake.triage.answers import declared, worded
from intake.triage.lists import is_addressed, list_sign
from intake.triage.notices import bounce_sign, calendar_sign, is_no, receipt_sign
from intake.triage.reports import alert_of, all_is_well, is_no_reply, report_sign, rule_for
from intake.triage.requester import form_filler
from store.mail_records import ReadMail
from store.rulebook import ReportRule, Rulebook
from store.rules.end_runs import is_desk
from store.rules.message_ids import is_ours
from store.rules.phrases import Wording
from store.words import Machine

#: The header on everything Deskwatch sends; its value is the desk's address, so that two desks
#: that write to each other know whose mail it is.
OWN_HEADER = "x-deskwatch"
CALLED = {
    Machine.OWN: "our own mail coming back",
    Machine.BOUNCE: "a delivery report",
    Machine.RECEIPT: "a read receipt",
    Machine.AUTO_REPLY: "an automatic reply",
    Machine.REPORT: "an automatic report",
    Machine.LIST: "mail of a list",
}


@dataclass(frozen=True, slots=True)
class Automatic:
    """What kind of automatic mail it is, the sign of it, and why it opens no request."""

    kind: Machine
    sign: str
    ignore: str = ""
    """"" if it opens one."""
    report: ReportRule | None = None
    alert: str = ""


def automatic(
    mail: ReadMail, rules: Rulebook, mailbox: str, subject: Wording, text: Wording
) -> Automatic | None:
    """Return what automatic mail this is; None for the mail of a person."""
    kind, sign = _notice(mail, rules, subject, text)
    if kind is None and (sign := calendar_sign(mail)):
        return Automatic(Machine.RECEIPT, sign, f"an answer to an invitation ({sign})")
    human = _is_human(mail)
    if kind is None and not human and (sign := declared(mail)):
        kind = Machine.AUTO_REPLY
    if kind is None and (report := rule_for(mail, rules, subject)):
        return _named(report, mail.subject)
    if kind is None and not human:
        kind, sign = _undeclared(mail, rules, subject, text)
    if kind is not None:
        return Automatic(kind, sign, f"{CALLED[kind]} ({sign})")
    return _listed(mail, rules, mailbox)


def _notice(
    mail: ReadMail, rules: Rulebook, subject: Wording, text: Wording
) -> tuple[Machine | None, str]:
    if sign := _own(mail, rules):
        return Machine.OWN, sign
    if sign := bounce_sign(mail, subject):
        return Machine.BOUNCE, sign
    sign = receipt_sign(mail, subject, text)
    return (Machine.RECEIPT if sign else None), sign


def _undeclared(
    mail: ReadMail, rules: Rulebook, subject: Wording, text: Wording
) -> tuple[Machine | None, str]:
    if sign := worded(mail, subject, text):
        return Machine.AUTO_REPLY, sign
    sign = report_sign(mail)
    if not sign or _speaks_for_somebody(mail, rules):
        return None, ""
    answers = mail.in_reply_to or mail.references
    return (Machine.AUTO_REPLY if answers else Machine.REPORT), sign


def _listed(mail: ReadMail, rules: Rulebook, mailbox: str) -> Automatic | None:
    sign = list_sign(mail)
    if not sign:
        return None
    wanted = mailbox in rules.drop_folders or is_addressed(mail, rules)
    ignore = "" if wanted else f"mail of a list that is not addressed to the desk ({sign})"
    return Automatic(Machine.LIST, sign, ignore)


def _own(mail: ReadMail, rules: Rulebook) -> str:
    mark = " ".join(mail.headers.get(OWN_HEADER, ())).lower()
    if mark:
        named = any(address in mark for address in rules.addresses)
        return "X-Deskwatch names this desk" if named else ""
    if any(is_desk(value.strip(" <>"), rules) for value in mail.headers.get("x-loop", ())):
        return "X-Loop names this desk"
    return "the Message-ID is one of ours" if is_ours(mail.message_id, rules.addresses) else ""


def _is_human(mail: ReadMail) -> bool:
    """Say whether the program itself says that a person sent it (RFC 3834 5: "no")."""
    submitted = mail.headers.get("auto-submitted", ())
    return bool(submitted) and all(map(is_no, submitted))


def _named(report: ReportRule, subject: str) -> Automatic:
    alert, sign = alert_of(report, subject), f"the policy names its sender: {report.name}"
    well = all_is_well(subject)
    ignore = f"a report that all is well ({report.name})" if well else ""
    return Automatic(Machine.REPORT, sign, ignore, report, alert)


def _speaks_for_somebody(mail: ReadMail, rules: Rulebook) -> bool:
    """Say whether a program only passes on what a person wrote.

    Web forms name them in Reply-To; a technician's rule forwards their mail.
    """
    if form_filler(mail, rules):
        return True
    if rules.person_by_address(mail.sender.address) is None:
        return False
    inner = forwarded_from(mail.subject, mail.reply)
    return inner is not None and not is_no_reply(inner.address)
