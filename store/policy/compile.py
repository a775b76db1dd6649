"""From the policy as people write it to the rulebook that the rules use."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date

from store.policy import calendars
from store.policy.calendars import Calendar
from store.policy.calls import Calls
from store.policy.departments import Department
from store.policy.people import Person
from store.policy.policy import ALWAYS, DESK_HOURS, Applied, Policy
from store.policy.reports import Report
from store.policy.services import LevelWords, Service
from store.policy.targets import Targets
from store.policy.templates import Answers, Templates
from store.policy.watch import roster
from store.policy.workload import Load
from store.rulebook import (
    AnswerRules,
    CallRules,
    CannedRule,
    DepartmentRule,
    PersonRule,
    ReportRule,
    Rulebook,
    ServiceRule,
    TemplateRules,
)
from store.rules.clocks import TargetSet
from store.rules.hours import CalendarSpec, Hours, always, compile_hours
from store.rules.load import LoadRules
from store.words import EMERGENCY, Level, Priority


def rulebook(policy: Policy | Applied, version: int = 0) -> Rulebook:
    """Return ``policy`` in the form the rules use.

    Args:
        policy: From a config file or from the store; known to be valid.
        version: Of the policy row; 0 for one that has not been applied.
    """
    desk = policy.desk
    hours = _hours(policy)
    return Rulebook(
        version=version,
        desk=desk.name,
        timezone=desk.timezone,
        addresses=_as_mails_have_them(desk.addresses),
        allow_as=desk.allow_as,
        people={person.login: _person(person) for person in policy.people},
        departments={key: _department(key, each) for key, each in policy.departments.items()},
        services={key: _service(key, each) for key, each in policy.services.items()},
        matrix={
            (impact, urgency): policy.matrix.priority(impact, urgency)
            for impact in Level
            for urgency in Level
        },
        targets={
            str(name): _targets(getattr(policy.targets, name)) for name in (*Priority, EMERGENCY)
        },
        hours=hours,
        roster=roster(policy, hours),
        keys=key_settings(policy),
        sender=policy.sender,
        calls=_calls(policy.calls),
        load=_load(policy.load),
        answers=_answers(policy.answers),
        templates=templates(policy.templates),
        canned=tuple(CannedRule(each.key, each.name, each.text) for each in policy.canned),
        drop_folders=dict(policy.drop_folders),
        reports=tuple(_report(report) for report in policy.reports),
        trusted_auth=desk.trusted_auth,
    )


def calendar_spec(calendar: Calendar, timezone: str) -> CalendarSpec:
    """Return ``calendar`` as the rules take it; ``timezone`` is the desk's."""
    week = calendar.weekly
    return CalendarSpec(
        tz=calendar.timezone or timezone,
        weekly={day: getattr(week, day) for day in type(week).model_fields},
        special=dict(calendar.special),
        holidays=frozenset[date](calendar.holidays),
        closures=tuple((each.start, each.end) for each in calendar.closures),
    )


def key_settings(policy: Policy | Applied) -> dict[str, str]:
    """Return action id to its keys with commas between them; the comma key goes by its name."""
    return {
        action: ",".join("comma" if key == "," else key for key in keys)
        for action, keys in policy.keys.items()
    }


def _hours(policy: Policy | Applied) -> dict[str, Hours]:
    zone = policy.desk.timezone
    hours = {
        name: compile_hours(calendar_spec(calendar, zone))
        for name, calendar in policy.calendars.items()
    }
    hours[ALWAYS] = always(zone)
    usual = compile_hours(calendar_spec(calendars.usual(), zone))
    hours[DESK_HOURS] = hours.get(policy.staffed, usual)
    return hours


def _person(person: Person) -> PersonRule:
    return PersonRule(
        login=person.login,
        name=person.name,
        addresses=_as_mails_have_them(person.addresses),
        role=person.role,
        department=person.department,
        skills=tuple(person.skills),
        timezone=person.timezone or "",
        capacity=person.capacity,
    )


def _as_mails_have_them(addresses: Sequence[str]) -> tuple[str, ...]:
    """Return addresses, and after them those with a domain that mails write in ASCII (RFC 5891)."""
    found = list(addresses)
    for address in addresses:
        local, _, domain = address.rpartition("@")
        with contextlib.suppress(UnicodeError):
            found.append(f"{local}@{domain.encode('idna').decode('ascii')}")
    return tuple(dict.fromkeys(found))


def _department(key: str, department: Department) -> DepartmentRule:
    return DepartmentRule(key, department.name, tuple(department.addresses))


def _service(key: str, service: Service) -> ServiceRule:
    return ServiceRule(
        key=key,
        name=service.name,
        words=tuple(service.words),
        kind=service.kind,
        impact=service.impact,
        urgency=service.urgency,
        impact_words=_words(service.impact_words),
        urgency_words=_words(service.urgency_words),
        emergency_impact=service.emergency,
        skill=service.skill,
        description=service.description,
    )


def _report(report: Report) -> ReportRule:
    return ReportRule(report.name, tuple(report.senders), tuple(report.subject), report.service)


def _answers(answers: Answers) -> AnswerRules:
    return AnswerRules(
        acknowledge=answers.acknowledge,
        resolution=answers.resolution,
        per_address=answers.per_address,
        per_hour=answers.per_hour,
    )


def _load(load: Load) -> LoadRules:
    return LoadRules({name: float(getattr(load.weights, name)) for name in Priority})


def _calls(calls: Calls) -> CallRules:
    return CallRules(escalate_after=calls.escalate_after, warnings=calls.warnings)


def templates(written: Templates) -> TemplateRules:
    """Return the desk's own mails as the rules take them."""
    return TemplateRules(
        acknowledgement=written.acknowledgement,
        redirect=written.redirect,
        resolution=written.resolution,
    )


def _words(words: LevelWords) -> dict[Level, tuple[str, ...]]:
    return {level: tuple(getattr(words, level)) for level in Level if getattr(words, level)}


def _targets(targets: Targets) -> TargetSet:
    return TargetSet(
        calendar=targets.calendar,
        first_response=targets.first_response,
        next_response=targets.next_response,
        update=targets.update,
        resolution=targets.resolution,
        anchor=targets.anchor,
    )
