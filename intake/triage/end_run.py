"""Which door a mail came through, and whether that was a person on the desk instead of it.

The signs of one mail (DESIGN section 7): R1 a technician forwards what somebody sent to them,
R2 and R3 a technician is addressed beside the desk, R4 a mail in a technician's drop folder or
re-sent by one, R6 a note sent to ``help+walkup@`` and the like. R5 needs to know requests that
ended, so the store finds it. Nothing that may have been delivered by list or Bcc counts, no
automatic mail, nothing that technicians ask themselves, and nothing that went to who was the
published contact at that moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from intake.reading.quote_lines import is_reply_subject
from intake.triage.forwards import Asked, asked_in
from intake.triage.requester import asker
from intake.triage.taken_down import named_in, taken_down
from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import PersonRule, Rulebook
from store.rules.end_runs import (
    CERTAIN,
    PROBABLE,
    SUSPECT,
    Addressed,
    EndRun,
    addressed,
    unless_on_call,
)
from store.words import Channel

_ADDRESS = re.compile(r"[^\s<>@,;:()\"]{1,100}@[^\s<>@,;:()\"]{1,100}")
#: Headers in which servers write whose mailbox a mail has passed through.
_PASSED = (*("delivered-to", "x-forwarded-for", "x-original-to", "x-ms-exchange-inbox-rules-loop"),)
_RESENT = ("resent-from", "resent-sender")


@dataclass(frozen=True, slots=True)
class Door:
    """The door a mail came through, who asked and when, and whether it was the side door."""

    channel: Channel
    requester: Address
    end_run: EndRun | None = None
    asked_at: datetime | None = None
    """When a technician was asked who forwards it."""
    why: str = ""


def door_of(mail: ReadMail, rules: Rulebook, mailbox: str, *, trusted: bool = True) -> Door:
    """Return the door of a mail found in the mailbox of that name.

    ``trusted`` is False where the sender may be forged: then the address makes nobody a
    technician.
    """
    technician = rules.person_by_address(mail.sender.address) if trusted else None
    if technician is not None:
        return _of_technician(mail, technician, rules, mailbox)
    requester = asker(mail, rules) if trusted else mail.sender
    named = addressed(mail, rules)
    if mailbox in rules.drop_folders:
        return _dropped(mail, requester, named, rules, mailbox)
    if not named.desk:
        return _sent_on(mail, requester, named, rules)
    return _counted(Door(Channel.DESK_MAIL, requester, _beside(mail, named)), mail, rules)


def _of_technician(mail: ReadMail, technician: PersonRule, rules: Rulebook, mailbox: str) -> Door:
    if channel := taken_down(mail, rules):
        requester = named_in(mail, rules)
        colleague = rules.person_by_address(requester.address)
        if colleague is not None:
            return Door(channel, Address(colleague.name, requester.address))
        why = f"R6: {technician.name} took it down ({channel})"
        if not requester.address:
            why += f"; it names {requester.name or 'nobody'}, and no address"
        run = EndRun(technician.login, "R6", CERTAIN, why)
        return _counted(Door(channel, requester, run), mail, rules)
    if (asked := asked_in(mail, technician, rules)) is not None:
        return _forwarded(mail, asked, technician, rules)
    direct = mailbox in rules.drop_folders
    return Door(Channel.DIRECT_MAIL if direct else Channel.DESK_MAIL, mail.sender)


def _forwarded(mail: ReadMail, asked: Asked, technician: PersonRule, rules: Rulebook) -> Door:
    said = f"{technician.name} forwards a mail of {asked.named}"
    if asked.person != technician:
        said += f" to {asked.person.name}"
    if asked.not_counted:
        why = f"{said}; no end-run is counted: {asked.not_counted}"
        return Door(Channel.FORWARDED, asked.requester, None, asked.at, why)
    run = EndRun(asked.person.login, "R1", CERTAIN, f"R1: {said}")
    return _counted(Door(Channel.FORWARDED, asked.requester, run, asked.at), mail, rules)


def _dropped(
    mail: ReadMail, requester: Address, named: Addressed, rules: Rulebook, mailbox: str
) -> Door:
    """A mail in a drop folder: into which its owner puts what was sent to them."""
    owner = rules.people.get(rules.drop_folders[mailbox])
    if named.desk:
        return _counted(Door(Channel.DESK_MAIL, requester, _beside(mail, named)), mail, rules)
    person = _whom(mail, named, owner, rules)
    if person is None:
        why = "no end-run is counted: it names nobody of the desk, so it came by list or Bcc"
        return Door(Channel.DIRECT_MAIL, requester, why=why)
    why = f"R4: it was sent to {person.name} and not to the desk"
    run = EndRun(person.login, "R4", CERTAIN, why)
    return _counted(Door(Channel.DIRECT_MAIL, requester, run), mail, rules)


def _whom(
    mail: ReadMail, named: Addressed, owner: PersonRule | None, rules: Rulebook
) -> PersonRule | None:
    people = [rules.person_by_address(each.address) for each in (*mail.to, *mail.cc)]
    if owner is not None and owner in people:
        return owner
    return named.technician or named.copied


def _sent_on(mail: ReadMail, requester: Address, named: Addressed, rules: Rulebook) -> Door:
    """A mail in the desk's mailbox that does not name the desk: re-sent, or by list or Bcc."""
    again = _people_in(mail, _RESENT, rules)
    passed = again or _people_in(mail, _PASSED, rules)
    person = named.technician or named.copied
    if not passed or person is None:
        return Door(Channel.DESK_MAIL, requester)
    person = passed[0] if person not in passed else person
    how = "sent on" if again else "passed on by a rule"
    why = f"R4: it was sent to {person.name} and not to the desk, and {how}"
    run = EndRun(person.login, "R4", CERTAIN, why)
    return _counted(Door(Channel.DIRECT_MAIL, requester, run), mail, rules)


def _people_in(mail: ReadMail, names: tuple[str, ...], rules: Rulebook) -> list[PersonRule]:
    found: list[PersonRule] = []
    for name in names:
        for value in mail.headers.get(name, ()):
            people = (rules.person_by_address(each) for each in _ADDRESS.findall(value))
            found += [person for person in people if person is not None]
    return found


def _beside(mail: ReadMail, named: Addressed) -> EndRun | None:
    """R2, R3: a new thread to a technician, with the desk beside. Answers go where they go."""
    person = named.technician
    if person is None or mail.in_reply_to or mail.references or is_reply_subject(mail.subject):
        return None
    if named.desk_to:
        why = f"R3: it was sent to {person.name} and to the desk; not counted"
        return EndRun(person.login, "R3", SUSPECT, why)
    why = f"R2: it was sent to {person.name}, with a copy to the desk"
    return EndRun(person.login, "R2", PROBABLE, why)


def _counted(door: Door, mail: ReadMail, rules: Rulebook) -> Door:
    """Return the door, its end-run left out where the person was the contact at that moment."""
    run = door.end_run
    if run is None or unless_on_call(run, rules, door.asked_at or mail.date):
        return door
    why = f"no end-run: {rules.people[run.person].name} was on call"
    return Door(door.channel, door.requester, None, door.asked_at, why)
