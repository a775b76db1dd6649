"""Mail that a technician forwards to the desk: who asked, whom they went to, and when (R1).

What colleagues pass on to each other is followed to whoever is not on the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intake.daemons import is_daemon
from intake.reading.forwarded import Forwarded, all_forwarded
from intake.reading.quote_lines import forwards
from intake.reading.written_dates import written_date
from intake.triage.answers import is_automatic_subject
from intake.triage.reports import is_no_reply, is_robot
from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import PersonRule, Rulebook
from store.rules.end_runs import is_desk
from store.rules.people_names import same_name

#: Letters of a word of a name by which an address is taken for somebody's.
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a person on the desk, and came here by being forwarded."""

    requester: Address
    """Without an address where the program wrote the name alone."""
    person: PersonRule
    """Whom they went to."""
    at: datetime | None
    """When; None where the program does not say, or not so that it can be understood."""
    not_counted: str = ""
    """Why it is no end-run, in words; "" if it is one."""

    @property
    def named(self) -> str:
        """Who asked, as a line of history says it."""
        return self.requester.address or f"{self.requester.name} (no address is given)"


def asked_in(mail: ReadMail, technician: PersonRule, rules: Rulebook) -> Asked | None:
    """Return what somebody asked in a mail that ``technician`` forwards; None if nobody did."""
    passed_on = technician
    for inner in _mails_in(mail):
        colleague = _colleague(inner.sender, rules)
        if colleague is not None:
            passed_on = colleague
        elif not _is_of_person(inner, rules):
            return None
        else:
            zone = technician.timezone or rules.timezone
            return Asked(
                inner.sender,
                _went_to(inner, passed_on, rules),
                written_date(inner.sent, zone, mail.date),
                _not_counted(inner, technician, rules),
            )
    return None


def _mails_in(mail: ReadMail) -> Iterator[Forwarded]:
    """Yield the mails forwarded, the outermost first."""
    found = False
    for inner in all_forwarded(mail.subject, mail.reply):
        found = True
        yield inner
    if not found and forwards(mail.subject, mail.text):
        yield from all_forwarded(mail.subject, mail.text)


def _colleague(sender: Address, rules: Rulebook) -> PersonRule | None:
    if sender.address:
        return rules.person_by_address(sender.address)
    return next((p for p in rules.people.values() if same_name(p.name, sender.name)), None)


def _is_of_person(inner: Forwarded, rules: Rulebook) -> bool:
    """Say whether the forwarded mail is that of a person who is not on the desk."""
    address = inner.sender.address
    program = is_no_reply(address) or is_robot(address) or is_daemon(address)
    return not (program or is_desk(address, rules) or is_automatic_subject(inner.subject))


def _went_to(inner: Forwarded, passed_on: PersonRule, rules: Rulebook) -> PersonRule:
    """Return whom of the desk the mail was addressed to; else who has passed it on."""
    people = [_colleague(each, rules) for each in inner.recipients]
    named = [person for person in people if person is not None]
    return passed_on if passed_on in named or not named else named[0]


def _not_counted(inner: Forwarded, technician: PersonRule, rules: Rulebook) -> str:
    recipients = inner.recipients
    if any(is_desk(each.address, rules) for each in recipients):
        return "the desk itself got it too"
    # Names without addresses, as colleagues see them, may mean anybody.
    known = bool(recipients) and all("@" in each.address for each in recipients)
    if known and not any(_may_be_ours(each, rules) for each in recipients):
        return f"it names nobody of the desk, so it came to {technician.name} by list or Bcc"
    return ""


def _may_be_ours(recipient: Address, rules: Rulebook) -> bool:
    """Say whether a recipient is a person of the desk, maybe under an address of old days."""
    if rules.person_by_address(recipient.address):
        return True
    called = f"{recipient.name} {recipient.address.partition('@')[0]}".casefold()
    words = " ".join(person.name for person in rules.people.values()).casefold().split()
    return any(len(word) >= _SHORTEST_WORD and word in called for word in words)
