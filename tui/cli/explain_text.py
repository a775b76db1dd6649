"""One explained mail as a page of text, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from store.mail_records import Bounce, ReadMail, Triage
from store.records import Address, AttachmentInfo
from store.rulebook import Rulebook
from store.text import lines as safe_lines
from store.text import one_line
from store.words import Machine, Outcome
from tui.board.screens.stamps import size
from tui.cli.explain_json import outcome, why_so

_LABEL = 13
#: Of long lists and texts, what helps to judge; --json has all of it.
_MOST_PEOPLE = 6
_MOST_LINES = 40
_MACHINES = {
    Machine.AUTO_REPLY: "an automatic reply",
    Machine.BOUNCE: "a delivery report",
    Machine.RECEIPT: "a receipt",
    Machine.REPORT: "an automatic report",
    Machine.LIST: "mail of a list: it never gets an automatic answer",
    Machine.OWN: "our own mail",
}
_OUTCOMES = {
    Outcome.QUARANTINED: "It would be kept in quarantine",
    Outcome.IGNORED: "It would only be kept in the ledger",
    Outcome.BOUNCED: "It would be noted with the request whose mail came back",
}


def page(
    name: str, mail: ReadMail | None, found: Triage | None, reason: str, rules: Rulebook
) -> list[str]:
    """Return the lines about one file: what becomes of the mail, who, what, and why."""
    said = [one_line(name), f"  {_verdict(mail, found, reason)}"]
    if mail is None or found is None:
        return said
    facts = [*_facts(mail, found, rules), *_findings(mail, found, rules)]
    said += ["", *(f"  {label:{_LABEL}}{words}" for label, words in facts)]
    said += _titled("Why", [one_line(each) for each in found.why])
    said += _titled("Damaged", [one_line(each) for each in mail.defects])
    said += _titled("New text", _shortened(mail.reply) or ["(none)"])
    if mail.quoted.strip():
        said += _titled("Quoted", _shortened(mail.quoted))
    return said


def _verdict(mail: ReadMail | None, found: Triage | None, reason: str) -> str:
    verdict = _OUTCOMES.get(outcome(mail, found), "")
    if not verdict and found:
        service = f", service {found.service}" if found.service else ""
        verdict = f"It would open a request: {found.priority}, {found.kind}{service}"
    because = why_so(mail, found, reason)
    return f"{verdict} ({one_line(because)})" if because else verdict


def _facts(mail: ReadMail, found: Triage, rules: Rulebook) -> Iterator[tuple[str, str]]:
    yield "Subject", one_line(mail.subject) or "(none)"
    yield "From", _person(mail.sender) or "nobody"
    if found.requester != mail.sender:
        yield "Asked by", _person(found.requester) or "nobody"
    for label, people in (("To", mail.to), ("Cc", mail.cc)):
        if people:
            yield label, _people(people)
    for label, moment in (("Date", mail.date), ("Asked on", found.asked_at)):
        if moment:
            at = moment.astimezone(ZoneInfo(rules.timezone))
            yield label, f"{at:%a} {at.day} {at:%b %Y %H:%M} ({one_line(rules.timezone)})"
    yield "Message-ID", one_line(mail.message_id) or "(none)"
    if mail.in_reply_to:
        yield "Answers", one_line(", ".join(mail.in_reply_to[:_MOST_PEOPLE]))
    for file in mail.attachments[:_MOST_LINES]:
        yield "Attached", _attached(file)
    if len(mail.attachments) > _MOST_LINES:
        yield "Attached", f"and {len(mail.attachments) - _MOST_LINES:,} more"


def _findings(mail: ReadMail, found: Triage, rules: Rulebook) -> Iterator[tuple[str, str]]:
    yield "Came by", str(found.channel).replace("_", " ")
    yield "Rated", f"impact {found.impact}, urgency {found.urgency}: {found.priority}"
    if found.claimed_urgent:
        yield "Claims", "to be urgent, which moves nothing"
    if found.end_run_rule:
        person = rules.people.get(found.end_run_person)
        who = one_line(person.name if person else found.end_run_person)
        yield "End-run", f"{found.end_run_rule}, {found.end_run_certainty}, of {who}"
    if found.machine:
        yield "Written by", _MACHINES[found.machine]
    if mail.bounce:
        yield "Came back", _came_back(mail.bounce)


def _came_back(bounce: Bounce) -> str:
    said = [
        f"mail to {one_line(bounce.recipient) or 'an address it does not name'}",
        "for good" if bounce.permanent else "not for good",
    ]
    if bounce.status:
        said.append(f"status {one_line(bounce.status)}")
    if bounce.original_message_id:
        said.append(f"it was {one_line(bounce.original_message_id)}")
    return ", ".join(said)


def _attached(file: AttachmentInfo) -> str:
    told = f"{one_line(file.name) or '(no name)'}, {size(file.size)}, {one_line(file.type)}"
    return f"{told}, shown within the text" if file.inline else told


def _person(address: Address) -> str:
    name, mailbox = one_line(address.name), one_line(address.address)
    return f"{name} <{mailbox}>" if name and mailbox else name or mailbox


def _people(people: Sequence[Address]) -> str:
    named = ", ".join(_person(each) for each in people[:_MOST_PEOPLE])
    more = len(people) - _MOST_PEOPLE
    return f"{named} and {more:,} more" if more > 0 else named


def _shortened(text: str) -> list[str]:
    rows = safe_lines(text).strip("\n").rstrip().split("\n")
    if rows == [""]:
        return []
    more = len(rows) - _MOST_LINES
    return [*rows[:_MOST_LINES], f"… and {more:,} more lines"] if more > 1 else rows


def _titled(title: str, body: list[str]) -> list[str]:
    return ["", f"  {title}", *(f"    {row}".rstrip() for row in body)] if body else []
