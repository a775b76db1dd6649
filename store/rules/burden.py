"""Who carries how much of the watch, and who is fairest to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.rules.cover import coverage
from store.rules.roster import Band, ChangeKind, Roster
from store.rules.walltime import to_us

#: How far back a burden is looked at.
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Burden:
    """What one person carries of the watch."""

    login: str
    by_band: Mapping[Band, timedelta]
    """No band without any."""
    weighted_hours: float
    """Hours, each as heavy as its band."""
    fair_hours: float
    """An equal part of all weighted hours; 0 for who is in no rotation and only stood in."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be asked to take a stretch of the watch."""

    login: str
    weighted_hours: float
    """Carried in the 12 months before."""
    fair_hours: float
    why: str
    """In words, e.g. "8 h less than the fair share"."""


def burdens(roster: Roster, since: datetime, until: datetime) -> tuple[Burden, ...]:
    """Return what everybody of the roster carries in [since, until).

    In the order of the rotations; after them those who only stood in, by login.
    """
    found = coverage(roster, since, until)
    taking_turns = _people(roster)
    others = sorted(found.burden.keys() - set(taking_turns))
    carried = {who: found.weighted_hours(who) for who in (*taking_turns, *others)}
    share = sum(carried.values()) / len(taking_turns) if taking_turns else 0.0
    return tuple(
        Burden(
            login=who,
            by_band=found.burden.get(who, {}),
            weighted_hours=hours,
            fair_hours=share if who in taking_turns else 0.0,
        )
        for who, hours in carried.items()
    )


def fairest(roster: Roster, start: datetime, end: datetime, now: datetime) -> tuple[Candidate, ...]:
    """Return who could take the watch in [start, end), the fairest to ask first.

    Those who take turns, but for who is on watch or absent in any part of it; the least
    burdened in the 12 months up to ``now`` first, against the fair share.
    """
    busy = coverage(roster, start, end).burden.keys() | _away(roster, start, end)
    free = [
        each
        for each in burdens(roster, now - YEAR, now)
        if each.login in _people(roster) and each.login not in busy
    ]
    free.sort(key=lambda each: each.weighted_hours - each.fair_hours)
    return tuple(
        Candidate(each.login, each.weighted_hours, each.fair_hours, _why(each)) for each in free
    )


def _people(roster: Roster) -> dict[str, None]:
    """Return everybody who takes turns, each once, in the order of the roster."""
    return {who: None for rotation in roster.rotations for who in rotation.people}


def _away(roster: Roster, start: datetime, end: datetime) -> set[str]:
    since, until = to_us(start), to_us(end)
    return {
        change.who
        for change, (begins, ends) in zip(roster.changes, roster.changed, strict=True)
        if change.kind is ChangeKind.ABSENT and begins < until and since < ends
    }


def _why(burden: Burden) -> str:
    if not burden.weighted_hours:
        return "no watch in 12 months"
    beyond = round(burden.weighted_hours - burden.fair_hours)
    if not beyond:
        return "carries the fair share"
    return f"{abs(beyond)} h {'more' if beyond > 0 else 'less'} than the fair share"
