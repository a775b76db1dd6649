"""From the JSON of a what-if case to the values the rules take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Literal

from store.rules.clocks import ClockEvent, ClockEventKind, TargetSet
from store.rules.cover import Band, Change, ChangeKind, Roster, Rotation
from store.rules.hours import CalendarSpec, Hours, compile_hours
from store.rules.roster import WEIGHTS, Window
from store.rules.whatif_fields import CaseError, Fields, as_day, one_of
from store.words import EMERGENCY, Metric

#: A case rehearses what a policy promises; that an emergency was none after all is no promise.
_KINDS = {kind.value: kind for kind in ClockEventKind if kind is not ClockEventKind.STOOD_DOWN}
_CHANGES = {kind.value: kind for kind in ChangeKind}
_ANCHORS: Mapping[str, Literal["received", "declared"]] = {
    "received": "received",
    "declared": "declared",
}


def calendar(fields: Fields, key: str) -> Hours:
    """Return the calendar in a field."""
    given = fields.part(key)
    spec = CalendarSpec(
        tz=given.text("tz"),
        weekly=_spans_by_day(given.part("weekly")),
        special=_special(given.part("special")) if "special" in given else {},
        holidays=given.days("holidays") if "holidays" in given else (),
        closures=given.locals("closures") if "closures" in given else (),
    )
    return fields.checked(key, lambda: compile_hours(spec))


def calendars(fields: Fields) -> dict[str, Hours]:
    """Return the calendars of a case, by name."""
    given = fields.part("calendars")
    return {name: calendar(given, name) for name in given}


def targets(fields: Fields, hours: Mapping[str, Hours]) -> dict[str, TargetSet]:
    """Return the policy of a case: targets by priority."""
    policy = fields.part("policy")
    found = {}
    for priority in policy:
        given = policy.part(priority)
        one_of(hours, given, "calendar", "calendar")
        found[priority] = TargetSet(
            calendar=given.text("calendar"),
            anchor=one_of(_ANCHORS, given, "anchor", "anchor") if "anchor" in given else "received",
            **{
                metric.value: given.minutes(metric) if metric in given else None
                for metric in Metric
            },
        )
    return found


def events(fields: Fields, policy: Mapping[str, TargetSet]) -> list[ClockEvent]:
    """Return what happens in a case, in order."""
    found = [_event(given, policy) for given in fields.parts("events")]
    found.sort(key=lambda event: event.at)
    if not found or found[0].kind is not ClockEventKind.RECEIVED:
        raise CaseError(f'{fields.where("events")}: the first has to be "received"')
    return found


def roster(fields: Fields) -> Roster:
    """Return the roster of a case."""
    given = fields.part("roster")
    weights = given.part("weights") if "weights" in given else None
    return fields.checked(
        "roster",
        lambda: Roster(
            tz=given.text("tz"),
            staffed=calendar(given, "staffed"),
            rotations=[_rotation(each) for each in given.parts("rotations")],
            required=_required(given),
            changes=[_change(each) for each in given.parts("changes")]
            if "changes" in given
            else (),
            holidays=given.days("holidays") if "holidays" in given else (),
            weights={
                band: weights.weight(band) if weights and band in weights else WEIGHTS[band]
                for band in Band
            },
            best_effort=_windows(given, "best_effort"),
        ),
    )


def _windows(given: Fields, key: str) -> list[Window]:
    if key not in given:
        return []
    return [(opens, at, closes, to) for opens, at, closes, to in given.rows(key, 4)]


def _spans_by_day(given: Fields) -> dict[str, tuple[tuple[str, str], ...]]:
    return {day: tuple((start, end) for start, end in given.rows(day, 2)) for day in given}


def _special(given: Fields) -> dict[date, tuple[tuple[str, str], ...]]:
    spans = _spans_by_day(given)
    return {given.checked(day, partial(as_day, day)): spans[day] for day in given}


def _event(given: Fields, policy: Mapping[str, TargetSet]) -> ClockEvent:
    kind = one_of(_KINDS, given, "kind", "kind of event")
    priority = None
    if kind in (ClockEventKind.RECEIVED, ClockEventKind.PRIORITY) or "priority" in given:
        one_of(policy, given, "priority", "priority")
        priority = given.text("priority")
    elif kind is ClockEventKind.EMERGENCY and EMERGENCY not in policy:
        raise CaseError(f'{given.where("kind")}: the policy has no "{EMERGENCY}"')
    merged = kind is ClockEventKind.MERGED_IN
    other = given.instant("other_received") if merged else None
    return ClockEvent(given.instant("at"), kind, priority, other)


def _rotation(given: Fields) -> Rotation:
    return given.checked(
        "id",
        lambda: Rotation(
            id=given.text("id"),
            first_date=given.day("first_date"),
            handoff=given.text("handoff"),
            people=given.texts("people"),
            every_days=given.number("every_days"),
            windows=_windows(given, "windows"),
        ),
    )


def _required(given: Fields) -> Literal["after_hours", "always"] | Hours:
    match given.value("required"):
        case "after_hours":
            return "after_hours"
        case "always":
            return "always"
        case dict():
            return calendar(given, "required")
    raise CaseError(
        f'{given.where("required")}: this has to be "after_hours", "always" or a calendar'
    )


def _change(given: Fields) -> Change:
    return Change(
        kind=one_of(_CHANGES, given, "kind", "kind of change"),
        start=given.local("from"),
        end=given.local("to"),
        who=given.text("who"),
        instead_of=given.text("instead_of") if "instead_of" in given else "",
    )
