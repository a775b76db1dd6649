"""From ``[roster]`` as people write it to the roster that the rules of cover use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Literal

from store.policy.policy import ALWAYS, DESK_HOURS, Agreed
from store.policy.roster import RosterPlan
from store.rules.hours import Hours
from store.rules.roster import Band, Change, ChangeKind, Roster, Rotation

_DAY = timedelta(days=1)


def roster(policy: Agreed, hours: Mapping[str, Hours]) -> Roster | None:
    """Return the roster of ``policy``, whose calendars are ``hours``; None if it has none.

    The holidays that make an hour of cover heavier are those of the desk's own calendar.
    """
    plan = policy.roster
    if plan is None:
        return None
    staffed = policy.calendars.get(policy.staffed)
    return Roster(
        tz=plan.timezone or policy.desk.timezone,
        staffed=hours[DESK_HOURS],
        required=_required(plan, hours),
        rotations=tuple(
            Rotation(
                id=each.name,
                first_date=each.first_date,
                handoff=each.handoff,
                every_days=each.every_days,
                people=tuple(each.people),
                windows=tuple(each.windows),
            )
            for each in plan.rotations
        ),
        changes=(*_on_holiday(plan), *_changes(plan)),
        holidays=frozenset(staffed.holidays if staffed else ()),
        weights={band: getattr(plan.weights, band.value) for band in Band},
        best_effort=tuple(plan.best_effort),
    )


def _on_holiday(plan: RosterPlan) -> Iterator[Change]:
    """Yield the absences that follow from holidays; whatever else was agreed comes after them."""
    for login, times in plan.holidays.items():
        for first, last in times:
            start, end = (datetime.combine(each, time()) for each in (first, last + _DAY))
            yield Change(ChangeKind.ABSENT, start, end, login)


def _changes(plan: RosterPlan) -> Iterator[Change]:
    for each in plan.changes:
        yield Change(
            kind=ChangeKind(each.kind),
            start=each.start,
            end=each.end,
            who=each.who,
            instead_of=each.instead_of,
        )


def _required(
    plan: RosterPlan, hours: Mapping[str, Hours]
) -> Literal["after_hours", "always"] | Hours:
    if plan.required == "after_hours":
        return "after_hours"
    return "always" if plan.required == ALWAYS else hours[plan.required]
