"""Which of the requests that nobody has is the best one to take next, and why.

Emergencies come first, those declared first on top. Then what is overdue or at risk, by when it
is due: to the quarter of an hour, so that within one the rest of the rule counts. Then the
priority, then what the person knows and not everybody, then fairness: the person who has waited
longest for anything, and of theirs what they asked first. The number settles what is left, so no
two are ever equal.

What a sender claims of urgency, and who they are, is not among what the rule is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from store.rules.attention import moment, rounded
from store.rules.hours import Hours
from store.words import Group, Priority

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE, _QUARTER = timedelta(minutes=1), timedelta(minutes=15)
#: Below this much open time left, what is left says more than when it ends.
_SOON = timedelta(hours=2)
_PRESSING = frozenset({Group.OVERDUE, Group.AT_RISK})

Rank = tuple[bool, datetime, bool, int, Priority, "Skill"]
Key = tuple[bool, datetime, bool, int, Priority, "Skill", datetime, datetime, int]


class Skill(IntEnum):
    """Who can do what a request's service asks for; what only a few can goes to them first."""

    MINE = 0
    """It asks for a skill that whoever takes it has."""
    ANYBODYS = 1
    """It asks for none."""
    OTHERS = 2
    """It asks for one that they have not."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that somebody may take, as far as the choice depends on it."""

    number: int
    priority: Priority
    group: Group
    due: datetime | None
    skill: Skill
    """Whether whoever takes it can do what its service asks for."""
    requester: int
    """Whoever asked, by a number that says nothing of them."""
    since: datetime
    """When it was asked."""
    declared: datetime | None = None
    """When it was declared an emergency; None: it is none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best one, and whether it came to who has waited longest."""

    best: Candidate
    waited_longest: bool
    """Others stood equal with it, and its requester has waited longer than theirs."""


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return ``candidates``, the best to take first; in whatever order they were given."""
    some = list(candidates)
    waits = _waits(some)
    return sorted(some, key=lambda one: _key(one, waits))


def choose(candidates: Iterable[Candidate]) -> Choice | None:
    """Return the best to take next; None if there is none."""
    ordered = in_order(candidates)
    if not ordered:
        return None
    best, waits = ordered[0], _waits(ordered)
    rank = _rank(best)
    equal = {one.requester for one in ordered if _rank(one) == rank} - {best.requester}
    longest = bool(equal) and all(waits[one] > waits[best.requester] for one in equal)
    return Choice(best, longest)


def said(choice: Choice, requester: str, service: str, hours: Hours, now: datetime) -> str:
    """Return why it was chosen: "P1, due in 12 min, you know Printing; Ito has waited longest".

    Args:
        choice: The choice.
        requester: What whoever asked is called.
        service: Name of its service, if that asks for a skill that the person has; else "".
        hours: By which its clock runs.
        now: The present.
    """
    best = choice.best
    parts = ["an emergency"] if best.declared is not None else []
    parts.append(str(best.priority))
    parts += _due(best, hours, now)
    parts += [f"you know {service}"] if service else []
    waited = f"; {requester} has waited longest" if choice.waited_longest and requester else ""
    return ", ".join(parts) + waited


def _key(one: Candidate, waits: dict[int, datetime]) -> Key:
    return (*_rank(one), waits[one.requester], one.since, one.number)


def _rank(one: Candidate) -> Rank:
    """Return what goes before fairness; those with the same rank stand equal."""
    pressing = one.group in _PRESSING
    quarter = (one.due - _EPOCH) // _QUARTER if pressing and one.due is not None else 0
    declared = one.declared or _EPOCH
    return one.declared is None, declared, not pressing, quarter, one.priority, one.skill


def _waits(some: Iterable[Candidate]) -> dict[int, datetime]:
    """Return since when each requester has waited for anything."""
    waits: dict[int, datetime] = {}
    for one in some:
        waits[one.requester] = min(one.since, waits.get(one.requester, one.since))
    return waits


def _due(one: Candidate, hours: Hours, now: datetime) -> list[str]:
    if one.due is None:
        return []
    if one.due < now:
        return [f"overdue {rounded(hours.open_between(one.due, now))}"]
    left = hours.open_between(now, one.due)
    if left < _MINUTE and hours.is_open(now):
        return ["due now"]
    soon = left < _SOON and hours.is_open(now)
    return [f"due in {rounded(left)}" if soon else f"due {moment(one.due, now, hours.tz)}"]
