"""Requests that first went to a person on the desk: whom a mail was addressed to, and what of it.

The signs that one mail gives are found in triage, with these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import PersonRule, Rulebook
from store.rules.cover import on_call

CERTAIN, PROBABLE, SUSPECT = "certain", "probable", "suspect"


@dataclass(frozen=True, slots=True)
class EndRun:
    """Whom somebody went to instead of the desk, by which rule, and how sure that is."""

    person: str
    """Login."""
    rule: str
    certainty: str
    why: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """Which of the desk and its people a mail names, and where."""

    technician: PersonRule | None
    """The first person of the desk in To."""
    copied: PersonRule | None
    """The first one in Cc."""
    desk_to: bool
    desk_cc: bool

    @property
    def desk(self) -> bool:
        """The desk is named at all."""
        return self.desk_to or self.desk_cc


def addressed(mail: ReadMail, rules: Rulebook) -> Addressed:
    """Return whom of the desk a mail is addressed to."""
    return Addressed(
        technician=_first(mail.to, rules),
        copied=_first(mail.cc, rules),
        desk_to=any(is_desk(each.address, rules) for each in mail.to),
        desk_cc=any(is_desk(each.address, rules) for each in mail.cc),
    )


def is_desk(address: str, rules: Rulebook) -> bool:
    """Say whether an address is one of the desk's, whatever follows a plus in it."""
    address = address.lower()
    if address in rules.addresses:
        return True
    local, plus, rest = address.partition("+")
    return bool(plus) and f"{local}@{rest.rpartition('@')[2]}" in rules.addresses


def after_the_end(mail: ReadMail, ended: int, rules: Rulebook, at: datetime) -> EndRun | None:
    """Return the end-run (R5) of a mail about request ``ended``, which ended long ago.

    Somebody answers an old mail to get at a person: a technician is in To, the desk at most in
    Cc. The desk's own people write to each other.
    """
    named = addressed(mail, rules)
    if named.technician is None or named.desk_to or rules.person_by_address(mail.sender.address):
        return None
    name = named.technician.name
    why = f"R5: it was sent to {name}, about #{ended}, which ended long before"
    return unless_on_call(EndRun(named.technician.login, "R5", PROBABLE, why), rules, at)


def unless_on_call(found: EndRun, rules: Rulebook, at: datetime | None) -> EndRun | None:
    """Return the end-run, or None where its person was the published contact at that moment."""
    return None if on_call(rules.roster, at) == found.person else found


def _first(addresses: Iterable[Address], rules: Rulebook) -> PersonRule | None:
    people = (rules.person_by_address(each.address) for each in addresses)
    return next((person for person in people if person is not None), None)
