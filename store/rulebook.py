"""The applied policy in the form the rules use: frozen, compiled, no pydantic.

Made from the validated policy by ``store.policy.compile``; every board and poller works
with the same one, read from the store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from store.rules.load import LoadRules
from store.words import Kind, Level, Priority, Role

if TYPE_CHECKING:
    from store.rules.clocks import TargetSet
    from store.rules.cover import Roster
    from store.rules.hours import Hours


@dataclass(frozen=True, slots=True)
class PersonRule:
    """A person on the desk."""

    login: str
    name: str
    addresses: tuple[str, ...]
    role: Role
    department: str = ""
    skills: tuple[str, ...] = ()
    timezone: str = ""
    capacity: float = 10.0

    @property
    def initials(self) -> str:
        """Up to three first letters of the name."""
        return "".join(word[0] for word in self.name.split()[:3]).upper()


@dataclass(frozen=True, slots=True)
class DepartmentRule:
    """A department and the addresses that belong to it.

    ``addresses`` holds whole addresses and ``@domain`` suffixes, lower case.
    """

    key: str
    name: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """An entry of the service catalogue."""

    key: str
    name: str
    words: tuple[str, ...] = ()
    kind: Kind = Kind.INCIDENT
    impact: Level = Level.LOW
    urgency: Level = Level.MEDIUM
    impact_words: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    urgency_words: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    emergency_impact: Level | None = None
    """From this impact up it is an emergency; None: never."""
    skill: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ReportRule:
    """Automatic reports that open requests: whose they are, and which of them."""

    name: str
    senders: tuple[str, ...]
    """Whole addresses and ``@domain`` suffixes, lower case."""
    subject: tuple[str, ...] = ()
    """One of these words is in the subject; empty: whatever it says."""
    service: str = ""
    """Key of the service they are about; "" to go by their words."""


@dataclass(frozen=True, slots=True)
class TemplateRules:
    """The desk's own mails, with fields such as ``{number}``; see ``store.rules.templates``."""

    acknowledgement: str = ""
    redirect: str = ""
    welcome: str = ""
    """In place of the redirect, to who asks for the first time; "" for the redirect itself."""
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class RedirectRule:
    """The texts of a redirect for requesters of a department, of a language, or of both."""

    department: str
    """Key; "" for every department."""
    language: str
    """Code; "" for any."""
    text: str
    welcome: str = ""


@dataclass(frozen=True, slots=True)
class CannedRule:
    """An answer that is given often, with fields."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """What the desk sends by itself, and how much of it at most."""

    acknowledge: bool = True
    resolution: bool = True
    per_address: int = 2
    """Automatic answers to one address in an hour."""
    per_hour: int = 200
    """Automatic answers of the whole desk in an hour."""


@dataclass(frozen=True, slots=True)
class CallRules:
    """How people are called to emergencies while the desk is closed."""

    escalate_after: timedelta = timedelta(minutes=10)
    warnings: bool = True
    """Whether people are told outside the board when requests of theirs are at risk."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything the desk has agreed on, ready for use."""

    version: int
    desk: str
    timezone: str
    addresses: tuple[str, ...]
    """The desk's published addresses, lower case."""
    allow_as: bool
    people: Mapping[str, PersonRule]
    departments: Mapping[str, DepartmentRule]
    services: Mapping[str, ServiceRule]
    matrix: Mapping[tuple[Level, Level], Priority]
    """(impact, urgency) to priority."""
    targets: Mapping[str, TargetSet]
    """By priority ("P1".."P4") and "emergency"."""
    hours: Mapping[str, Hours]
    """Compiled calendars by name; "desk" is the staffed one, "always" is 24×7."""
    roster: Roster | None
    """With the changes that were made on the board."""
    keys: Mapping[str, str]
    """Action id to the keys that replace the built-in ones."""
    cover: int = 0
    """The newest change of cover that the roster knows."""
    sender: str = ""
    """The address that the desk's mail comes from; "" if this desk sends none."""
    calls: CallRules = CallRules()
    load: LoadRules = field(default_factory=LoadRules)
    """What open work weighs."""
    answers: AnswerRules = AnswerRules()
    templates: TemplateRules = TemplateRules()
    redirects: tuple[RedirectRule, ...] = ()
    canned: tuple[CannedRule, ...] = ()
    drop_folders: Mapping[str, str] = field(default_factory=dict)
    """Mailbox name to the login whose direct mail it holds."""
    sent_folders: Mapping[str, str] = field(default_factory=dict)
    """Mailbox name to the login whose Sent folder it is."""
    reports: tuple[ReportRule, ...] = ()
    """In the order of the policy; the first that fits a report counts."""
    trusted_auth: str = ""
    """The server whose Authentication-Results are believed; "" for none."""

    def knows(self, login: str, service: str) -> bool:
        """Say whether somebody can do what is asked of a service.

        Everybody can what asks for no skill, and what is of no service.
        """
        wanted = self.services[service].skill if service in self.services else ""
        person = self.people.get(login)
        return person is not None and (not wanted or wanted in person.skills)

    def person_by_address(self, address: str) -> PersonRule | None:
        """Return who on the desk has this mail address, whatever follows a plus in it."""
        wanted = address.lower()
        found = next((p for p in self.people.values() if wanted in p.addresses), None)
        local, plus, rest = wanted.partition("+")
        if found is not None or not plus:
            return found
        return self.person_by_address(f"{local}@{rest.rpartition('@')[2]}")

    def department_of(self, address: str) -> DepartmentRule | None:
        """Return the department a requester's address belongs to; whole addresses first."""
        wanted = address.lower()
        whole = (d for d in self.departments.values() if wanted in d.addresses)
        domain = "@" + wanted.rpartition("@")[2]
        by_domain = (d for d in self.departments.values() if domain in d.addresses)
        return next(whole, None) or next(by_domain, None)
