"""Names in the config file that point to something else in it: does that exist?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from store.policy.catalogue import usual
from store.policy.locate import Path
from store.policy.policy import ALWAYS, DESK_HOURS, Policy
from store.policy.problems import Problem
from store.policy.shown import shown
from store.policy.suggest import meant
from store.words import EMERGENCY, Priority


@dataclass(frozen=True, slots=True)
class Declared:
    """The names a file gives to its parts, also to parts that are wrong in other ways."""

    people: frozenset[str]
    departments: frozenset[str]
    calendars: frozenset[str]
    services: frozenset[str]

    @classmethod
    def by(cls, document: Mapping[str, Any]) -> Declared:
        """Return the names in a document as TOML gives it, whatever else is wrong with it."""
        people = document.get("people")
        entries = people if isinstance(people, list) else []
        logins = (entry.get("login") for entry in entries if isinstance(entry, dict))
        return cls(
            people=frozenset(login for login in logins if isinstance(login, str)),
            departments=_keys(document.get("departments")),
            calendars=_keys(document.get("calendars")),
            services=_keys(document.get("services")) or frozenset(usual()),
        )


def _keys(table: Any) -> frozenset[str]:
    return frozenset(table) if isinstance(table, dict) else frozenset()


def dangling(policy: Policy, names: Declared) -> Iterator[Problem]:
    """Yield a problem for every name that leads nowhere."""
    yield from _departments(policy, names)
    yield from _calendars(policy, names)
    yield from _skills(policy)
    yield from _reports(policy, names)
    yield from _redirects(policy, names)
    yield from _own_folders(policy, names)
    yield from _roster(policy, names)


def _missing(path: Path, what: str, name: str, known: Iterable[str]) -> Problem:
    return Problem(path, f"there is no {what} {shown(name)}; {meant(name, known)}")


def _departments(policy: Policy, names: Declared) -> Iterator[Problem]:
    for index, person in enumerate(policy.people):
        if person.department and person.department not in names.departments:
            path = ("people", index, "department")
            yield _missing(path, "department", person.department, names.departments)


def _calendars(policy: Policy, names: Declared) -> Iterator[Problem]:
    if ALWAYS in names.calendars:
        text = f'"{ALWAYS}" is built in: every hour of every day; give yours another name'
        yield Problem(("calendars", ALWAYS), text)
    wanted, known = policy.desk.calendar, names.calendars
    if wanted and wanted not in known and wanted not in {DESK_HOURS, ALWAYS}:
        yield _missing(("desk", "calendar"), "calendar", wanted, known)
    if DESK_HOURS in known and wanted not in {"", DESK_HOURS}:
        text = f'"desk" means the desk\'s own calendar, and that is "{wanted}"; rename this one'
        yield Problem(("calendars", DESK_HOURS), text)
    if not wanted and len(known) > 1 and DESK_HOURS not in known:
        several = ", ".join(sorted(known))
        text = f'say which of {several} is the desk\'s own, e.g. calendar = "{min(known)}"'
        yield Problem(("desk", "calendar"), text)
    usable = known | {DESK_HOURS, ALWAYS}
    for name in (*Priority, EMERGENCY):
        calendar = getattr(policy.targets, name).calendar
        if calendar not in usable:
            yield _missing(("targets", str(name), "calendar"), "calendar", calendar, usable)


def _skills(policy: Policy) -> Iterator[Problem]:
    known = {skill for person in policy.people for skill in person.skills}
    for key, service in policy.services.items():
        if service.skill and service.skill not in known:
            text = f"nobody has the skill {shown(service.skill)}; {meant(service.skill, known)}"
            yield Problem(("services", key, "skill"), text)


def _reports(policy: Policy, names: Declared) -> Iterator[Problem]:
    for index, report in enumerate(policy.reports):
        if report.service and report.service not in names.services:
            yield _missing(("reports", index, "service"), "service", report.service, names.services)


def _redirects(policy: Policy, names: Declared) -> Iterator[Problem]:
    for index, each in enumerate(policy.redirects):
        path = ("redirects", index, "department")
        if each.department and each.department not in names.departments:
            yield _missing(path, "department", each.department, names.departments)
        if not each.department and not each.language:
            text = "say for whom, by department or language; for everybody it is in [templates]"
            yield Problem(("redirects", index), text)


def _own_folders(policy: Policy, names: Declared) -> Iterator[Problem]:
    for index, box in enumerate(policy.mailboxes):
        path = ("mailboxes", index, "person")
        if box.kind != "desk" and not box.person:
            whose = "drop folder" if box.kind == "direct" else "Sent folder"
            yield Problem(path, f'say whose {whose} this is, e.g. person = "ana"')
        elif box.kind == "desk" and box.person:
            text = 'say what folder this is, kind = "direct" or kind = "sent", or remove it'
            yield Problem(path, text)
        elif box.person and box.person not in names.people:
            yield _missing(path, "person", box.person, names.people)


def _roster(policy: Policy, names: Declared) -> Iterator[Problem]:
    roster = policy.roster
    if roster is None:
        return
    usable = names.calendars | {ALWAYS, "after_hours"}
    if roster.required not in usable:
        yield _missing(("roster", "required"), "calendar", roster.required, usable)
    for index, rotation in enumerate(roster.rotations):
        for place, login in enumerate(rotation.people):
            if login not in names.people:
                path: Path = ("roster", "rotations", index, "people", place)
                yield _missing(path, "person", login, names.people)
    unknown = (login for login in roster.holidays if login not in names.people)
    for login in unknown:
        yield _missing(("roster", "holidays", login), "person", login, names.people)
    for index, change in enumerate(roster.changes):
        for key, login in (("who", change.who), ("instead_of", change.instead_of)):
            if login and login not in names.people:
                path = ("roster", "changes", index, key)
                yield _missing(path, "person", login, names.people)
