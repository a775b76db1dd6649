"""A roster worked out: who is there in every stretch of a time.

Time is cut wherever anything may change, and every piece is given to somebody: first by the
rotations, then by the changes in the order in which they were agreed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from store.rules import spans
from store.rules.hours import Hours
from store.rules.in_force import InForce, Place
from store.rules.roster import Roster
from store.rules.shifts import Turn, layers, openings
from store.rules.spans import Span
from store.rules.walltime import from_us, zone


class Cover(StrEnum):
    """Whether somebody is there."""

    COVERED = "covered"
    GAP = "gap"
    BEST_EFFORT = "best_effort"
    """Nobody is there, and that was agreed on."""
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
class Piece:
    """A stretch, in microseconds, in which nothing changes: nobody's turn, no rule."""

    start: int
    end: int
    state: Cover
    place: Place


def pieces(roster: Roster, start: int, end: int) -> Iterator[Piece]:
    """Yield [start, end), in microseconds, in pieces: without a break, in order."""
    needed, agreed = _needed(roster, start, end), _best_effort(roster, start, end)
    cuts, places = _placed(roster, start, end, [*needed, *agreed])
    for begins, ends, place in zip(cuts, cuts[1:], places, strict=False):
        if not _inside(needed, begins):
            state = Cover.STAFFED
        elif place.who is not None:
            state = Cover.COVERED
        else:
            state = Cover.BEST_EFFORT if _inside(agreed, begins) else Cover.GAP
        yield Piece(begins, ends, state, place)


def timeline(roster: Roster, start: int, end: int) -> tuple[Stretch, ...]:
    """Return [start, end), in microseconds, as stretches: without a break, none like the next."""
    return tuple(
        Stretch(from_us(same[0].start), from_us(same[-1].end), *said)
        for said, same in (
            (said, list(group)) for said, group in groupby(pieces(roster, start, end), _said)
        )
    )


def place_at(roster: Roster, at: int) -> Place:
    """Return who has the watch at an instant, whether anybody has to or not."""
    return _placed(roster, at, at + 1, [])[1][0]


def is_needed(roster: Roster, at: int) -> bool:
    """Say whether somebody has to be on watch at an instant."""
    return bool(_needed(roster, at, at + 1))


def _needed(roster: Roster, start: int, end: int) -> list[Span]:
    """Return when somebody has to be on watch."""
    if isinstance(roster.required, Hours):
        return roster.required.spans(start, end)
    whole = spans.union([(start, end)])
    if roster.required == "always":
        return whole
    return spans.subtract(whole, roster.staffed.spans(start, end))


def _best_effort(roster: Roster, start: int, end: int) -> list[Span]:
    """Return when it was agreed that nobody has to be there."""
    tz = zone(roster.tz)
    return spans.union(
        span for window in roster.best_effort for span in openings(window, tz, start, end)
    )


def _placed(
    roster: Roster, start: int, end: int, others: Iterable[Span]
) -> tuple[list[int], list[Place]]:
    """Return every instant at which anything may change, in order, and who is there from each."""
    tz = zone(roster.tz)
    turns = [layer for each in roster.rotations for layer in layers(each, tz, start, end)]
    changed = [
        (number, max(begins, start), min(ends, end))
        for number, (begins, ends) in enumerate(roster.changed)
        if start < ends and begins < end and begins < ends
    ]
    found = {start, end}
    for span in others:
        found.update(span)
    for _, begins, ends in changed:
        found.update((begins, ends))
    for layer in turns:
        for turn in layer:
            found.update((turn.start, turn.end))
    cuts = sorted(cut for cut in found if start <= cut <= end)
    rostered: list[Turn | None] = [None] * (len(cuts) - 1)
    for layer in turns:
        _hand_out(layer, cuts, rostered)
    return cuts, list(_changed(roster, changed, cuts, rostered))


def _hand_out(layer: Iterable[Turn], cuts: list[int], rostered: list[Turn | None]) -> None:
    """Give every piece that nobody has yet to whose turn it is."""
    for turn in layer:
        last = min(bisect_left(cuts, turn.end), len(rostered))
        for piece in range(bisect_left(cuts, turn.start), last):
            if rostered[piece] is None:
                rostered[piece] = turn


def _changed(
    roster: Roster,
    changed: list[tuple[int, int, int]],
    cuts: list[int],
    rostered: list[Turn | None],
) -> Iterator[Place]:
    """Yield who is there in every piece after all changes, each (number, start, end)."""
    in_force = InForce(roster.changes)
    begins = sorted((start, number) for number, start, _ in changed)
    ends = sorted((end, number) for number, _, end in changed)
    begun = ended = 0
    for cut, turn in zip(cuts, rostered, strict=False):
        while begun < len(begins) and begins[begun][0] <= cut:
            in_force.begin(begins[begun][1])
            begun += 1
        while ended < len(ends) and ends[ended][0] <= cut:
            in_force.end(ends[ended][1])
            ended += 1
        yield in_force.place(turn)


def _said(piece: Piece) -> tuple[Cover, str | None, str | None]:
    if piece.state is Cover.COVERED:
        return piece.state, piece.place.who, piece.place.source
    return piece.state, None, None


def _inside(within: list[Span], at: int) -> bool:
    index = bisect_right(within, at, key=lambda span: span[0]) - 1
    return index >= 0 and at < within[index][1]
