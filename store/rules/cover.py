"""Who covers the desk: over a stretch of time, now, next, and who else could be called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from store.rules import spans
from store.rules.bands import Bands
from store.rules.in_force import Place
from store.rules.roster import Band, Change, ChangeKind, Roster, Rotation
from store.rules.spans import Span
from store.rules.stretches import Cover, Stretch, is_needed, place_at, timeline
from store.rules.walltime import from_us, to_us, zone

__all__ = [
    "Band",
    "Change",
    "ChangeKind",
    "Cover",
    "Coverage",
    "GapChange",
    "OnWatch",
    "Roster",
    "Rotation",
    "Stretch",
    "backup",
    "coverage",
    "gap_change",
    "on_call",
    "on_watch",
    "with_change",
]

#: How far ahead a board looks for gaps and for who is next.
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Cover over a stretch of time."""

    timeline: tuple[Stretch, ...]
    """Without a break, from its start to its end."""
    gaps: tuple[Stretch, ...]
    burden: Mapping[str, Mapping[Band, timedelta]]
    """Person to the time on watch in each band; no band without any."""
    weights: Mapping[Band, float]

    def weighted_hours(self, who: str) -> float:
        """Return the hours of a person, each as heavy as its band."""
        spent = self.burden.get(who, {})
        seconds = sum(time.total_seconds() * self.weights[band] for band, time in spent.items())
        return seconds / 3600


@dataclass(frozen=True, slots=True)
class OnWatch:
    """What a board shows of cover."""

    now: Stretch
    """To its end, or to the end of the time looked at: 14 days."""
    next: Stretch | None
    """The next stretch with somebody else on watch, or with somebody at all."""
    gaps: tuple[Stretch, ...]
    """In the time looked at, the one that is on included."""
    backup: str = ""
    """Login of who helps out ``now``; while nobody has to be on watch, that of ``next``."""


@dataclass(frozen=True, slots=True)
class GapChange:
    """What a change does to the gaps."""

    opened: tuple[Stretch, ...]
    """Time that nobody will cover any more."""
    closed: tuple[Stretch, ...]
    """Time that nobody would have covered."""


def coverage(roster: Roster, start: datetime, end: datetime) -> Coverage:
    """Return who covers what in [start, end)."""
    since, until = to_us(start), to_us(end)
    stretches = timeline(roster, since, until)
    burden: dict[str, dict[Band, int]] = {}
    bands = Bands(zone(roster.tz), roster.holidays, since, until)
    for each in stretches:
        if each.who is not None:
            spent = burden.setdefault(each.who, {})
            for band, length in bands.split(to_us(each.start), to_us(each.end)):
                spent[band] = spent.get(band, 0) + length
    return Coverage(
        timeline=stretches,
        gaps=_gaps(stretches),
        burden={
            who: {band: timedelta(0, 0, length) for band, length in spent.items()}
            for who, spent in burden.items()
        },
        weights=roster.weights,
    )


def on_watch(roster: Roster, now: datetime, ahead: timedelta = AHEAD) -> OnWatch:
    """Return who is on watch at ``now``, and in the time ``ahead`` who is next and the gaps."""
    start = to_us(now)
    stretches = timeline(roster, start, to_us(now + ahead))
    first = stretches[0]
    following = next(
        (each for each in stretches[1:] if each.who is not None and each.who != first.who), None
    )
    meant = following if first.state is Cover.STAFFED else first
    helper = backup(roster, meant.start) if meant else ""
    return OnWatch(first, following, _gaps(stretches), helper)


def on_call(roster: Roster | None, at: datetime | None) -> str:
    """Return the login of who was on watch at ``at``; "" for nobody, or if that is not known."""
    if roster is None or at is None:
        return ""
    instant = to_us(at)
    return timeline(roster, instant, instant + 1)[0].who or ""


def backup(roster: Roster, at: datetime) -> str:
    """Return the login of who helps out whoever is on watch at ``at``; "" for nobody.

    The next other person of the rotation that holds, who is not absent then. Nobody while no
    watch is needed, or where no rotation holds.
    """
    instant = to_us(at)
    if not is_needed(roster, instant):
        return ""
    place = place_at(roster, instant)
    away = _away(roster, instant)
    return next((who for who in _after(place) if who != place.who and who not in away), "")


def with_change(roster: Roster, change: Change) -> Roster:
    """Return ``roster`` with one more change, which comes after all others."""
    return replace(roster, changes=(*roster.changes, change))


def gap_change(before: Roster, after: Roster, since: datetime, until: datetime) -> GapChange:
    """Return which gaps in [since, until) are only in ``after``, and which only in ``before``."""
    start, end = to_us(since), to_us(until)
    old, new = (_gap_spans(timeline(roster, start, end)) for roster in (before, after))
    return GapChange(
        opened=_as_gaps(spans.subtract(new, old)), closed=_as_gaps(spans.subtract(old, new))
    )


def _gaps(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    return tuple(each for each in stretches if each.state is Cover.GAP)


def _gap_spans(stretches: Iterable[Stretch]) -> list[Span]:
    return [(to_us(gap.start), to_us(gap.end)) for gap in _gaps(stretches)]


def _as_gaps(found: Iterable[Span]) -> tuple[Stretch, ...]:
    return tuple(Stretch(from_us(start), from_us(end), Cover.GAP) for start, end in found)


def _after(place: Place) -> tuple[str, ...]:
    """Return the people of the rotation in the order of their turns, beginning with the next."""
    if place.turn is None:
        return ()
    people = place.turn.rotation.people
    following = (place.turn.number + 1) % len(people)
    return people[following:] + people[:following]


def _away(roster: Roster, at: int) -> set[str]:
    """Return who is absent at an instant and was not asked to come all the same."""
    away: set[str] = set()
    for change, (begins, ends) in zip(roster.changes, roster.changed, strict=True):
        if begins <= at < ends:
            if change.kind is ChangeKind.ABSENT:
                away.add(change.who)
            else:
                away.discard(change.who)
    return away
