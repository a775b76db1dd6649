"""Who covers the desk when: the roster worked out for a stretch of time.

Time is cut wherever anything may change, and every piece is given to somebody: first by the
rotations, then by the changes in the order in which they were agreed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.rules import spans
from store.rules.bands import Bands
from store.rules.hours import Hours
from store.rules.roster import Band, Change, ChangeKind, Roster, Rotation
from store.rules.shifts import Turn, layers
from store.rules.spans import Span
from store.rules.walltime import from_us, local_us, to_us, zone

__all__ = [
    "Band",
    "Change",
    "ChangeKind",
    "Cover",
    "Coverage",
    "OnWatch",
    "Roster",
    "Rotation",
    "Stretch",
    "coverage",
    "on_call",
    "on_watch",
]

#: How far ahead a board looks for gaps and for who is next.
AHEAD = timedelta(days=14)


class Cover(StrEnum):
    """Whether somebody is there."""

    COVERED = "covered"
    GAP = "gap"
    STAFFED = "staffed"
    """Nobody has to be on watch: the desk is there, or the roster leaves this time out."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, [start, end), in which cover stays the same."""

    start: datetime
    end: datetime
    state: Cover
    who: str | None = None
    source: str | None = None
    """The rotation, or the kind of change, that put ``who`` there."""


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
    """To its end, or to the end of the 14 days."""
    next: Stretch | None
    """The next stretch with somebody else on watch, or with somebody at all."""
    gaps: tuple[Stretch, ...]
    """In the next 14 days, the one that is on included."""


@dataclass(slots=True)
class _Piece:
    """A piece of time: who has it by rotation, and who has it by now."""

    rostered: str | None = None
    who: str | None = None
    source: str | None = None


def coverage(roster: Roster, start: datetime, end: datetime) -> Coverage:
    """Return who covers what in [start, end)."""
    since, until = to_us(start), to_us(end)
    timeline = _timeline(roster, since, until)
    burden: dict[str, dict[Band, int]] = {}
    bands = Bands(zone(roster.tz), roster.holidays, since, until)
    for each in timeline:
        if each.who is not None:
            spent = burden.setdefault(each.who, {})
            for band, length in bands.split(to_us(each.start), to_us(each.end)):
                spent[band] = spent.get(band, 0) + length
    return Coverage(
        timeline=timeline,
        gaps=tuple(each for each in timeline if each.state is Cover.GAP),
        burden={
            who: {band: timedelta(0, 0, length) for band, length in spent.items()}
            for who, spent in burden.items()
        },
        weights=roster.weights,
    )


def on_watch(roster: Roster, now: datetime) -> OnWatch:
    """Return who is on watch at ``now``, who is next, and where the gaps are."""
    start = to_us(now)
    timeline = _timeline(roster, start, to_us(now + AHEAD))
    first = timeline[0]
    following = (each for each in timeline[1:] if each.who is not None and each.who != first.who)
    gaps = tuple(each for each in timeline if each.state is Cover.GAP)
    return OnWatch(first, next(following, None), gaps)


def on_call(roster: Roster | None, at: datetime | None) -> str:
    """Return the login of who was on watch at ``at``; "" for nobody, or if that is not known."""
    if roster is None or at is None:
        return ""
    instant = to_us(at)
    return _timeline(roster, instant, instant + 1)[0].who or ""


def _timeline(roster: Roster, start: int, end: int) -> tuple[Stretch, ...]:
    tz = zone(roster.tz)
    needed = _needed(roster, start, end)
    turns = [layer for each in roster.rotations for layer in layers(each, tz, start, end)]
    changed = [(local_us(each.start, tz), local_us(each.end, tz)) for each in roster.changes]
    cuts = _cuts(start, end, needed, changed, turns)
    pieces = [_Piece() for _ in cuts[1:]]
    for layer in turns:
        _hand_out(layer, cuts, pieces)
    for change, (begins, ends) in zip(roster.changes, changed, strict=True):
        for piece in pieces[bisect_left(cuts, begins) : bisect_left(cuts, ends)]:
            _apply(change, piece)
    return tuple(_joined(cuts, pieces, needed))


def _needed(roster: Roster, start: int, end: int) -> list[Span]:
    """Return when somebody has to be on watch."""
    if isinstance(roster.required, Hours):
        return roster.required.spans(start, end)
    whole = spans.union([(start, end)])
    if roster.required == "always":
        return whole
    return spans.subtract(whole, roster.staffed.spans(start, end))


def _cuts(
    start: int, end: int, needed: list[Span], changed: list[Span], turns: list[list[Turn]]
) -> list[int]:
    """Return every instant in [start, end] at which anything may change, in order."""
    found = {start, end}
    for span in (*needed, *changed):
        found.update(span)
    for layer in turns:
        for turn in layer:
            found.update((turn.start, turn.end))
    return sorted(cut for cut in found if start <= cut <= end)


def _hand_out(layer: Iterable[Turn], cuts: list[int], pieces: list[_Piece]) -> None:
    """Give every piece that nobody has yet to whose turn it is."""
    for turn in layer:
        for piece in pieces[bisect_left(cuts, turn.start) : bisect_left(cuts, turn.end)]:
            if piece.who is None:
                piece.rostered = piece.who = turn.who
                piece.source = turn.rotation


def _apply(change: Change, piece: _Piece) -> None:
    match change.kind:
        case ChangeKind.SWAP | ChangeKind.COVER:
            if change.instead_of in ("", piece.rostered, piece.who):
                piece.who, piece.source = change.who, change.kind.value
        case ChangeKind.ADD:
            if piece.who is None:
                piece.who, piece.source = change.who, change.kind.value
        case ChangeKind.ABSENT:
            if piece.who == change.who:
                piece.who = piece.source = None


def _joined(cuts: list[int], pieces: list[_Piece], needed: list[Span]) -> Iterable[Stretch]:
    """Yield the pieces as stretches, those alike in one."""
    begins = [begin for begin, _ in needed]
    running: tuple[int, tuple[Cover, str | None, str | None]] | None = None
    for cut, piece in zip(cuts, pieces, strict=False):
        index = bisect_right(begins, cut) - 1
        if index < 0 or cut >= needed[index][1]:
            said: tuple[Cover, str | None, str | None] = (Cover.STAFFED, None, None)
        elif piece.who is None:
            said = (Cover.GAP, None, None)
        else:
            said = (Cover.COVERED, piece.who, piece.source)
        if running is not None and running[1] != said:
            yield Stretch(from_us(running[0]), from_us(cut), *running[1])
        if running is None or running[1] != said:
            running = (cut, said)
    if running is not None:
        yield Stretch(from_us(running[0]), from_us(cuts[-1]), *running[1])
