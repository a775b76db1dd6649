"""Cover as appointments: pieces of turns that stay the same ones, whoever has them.

A calendar on somebody's phone knows an appointment by its key. It must not change when the
watch is given to somebody else, split, or moved by a half day, or the appointment would be
there twice. So it is made of the turn as it was rotated: the rotation, the date on which the
turn begins, the date on which the piece of it begins, and a number where that is several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from store.rules.roster import Roster
from store.rules.stretches import Cover, Piece, pieces
from store.rules.walltime import from_us, to_us, zone

#: No turn is longer, so a turn that is on has begun after this.
_BEFORE = timedelta(days=370)
#: An appointment that begins in time is told of whole, if it is not longer than this.
_BEHIND = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Watch:
    """Time, [start, end), in which one person has the watch, or nobody."""

    key: str
    """The same as long as it is the same piece of the same turn."""
    start: datetime
    end: datetime
    state: Cover
    who: str | None
    source: str | None
    """The rotation, or the kind of change, that put ``who`` there."""


def watches(roster: Roster, start: datetime, end: datetime) -> tuple[Watch, ...]:
    """Return every watch, gap and time of best effort that touches [start, end), each whole."""
    tz = zone(roster.tz)
    found = _watches(roster, tz, to_us(start - _BEFORE), to_us(end + _BEHIND))
    return tuple(each for each in found if each.start < end and start < each.end)


def _watches(roster: Roster, tz: tzinfo, start: int, end: int) -> Iterator[Watch]:
    seen: Counter[str] = Counter()
    for turn in _turns(roster, start, end):
        place = turn[0].place.turn
        rotation, begins = (
            ("", turn[0].start) if place is None else (place.rotation.id, place.start)
        )
        name = f"{rotation} {_day(begins, tz)} {_day(turn[0].start, tz)}"
        for _, same in groupby(turn, lambda piece: (piece.state, piece.place.who)):
            parts = list(same)
            seen[name] += 1
            covered = parts[0].state is Cover.COVERED
            yield Watch(
                key=f"{name} {seen[name]}",
                start=from_us(parts[0].start),
                end=from_us(parts[-1].end),
                state=parts[0].state,
                who=parts[0].place.who,
                source=parts[0].place.source if covered else None,
            )


def _turns(roster: Roster, start: int, end: int) -> Iterator[list[Piece]]:
    """Yield the pieces that need somebody, those of one turn without a break together."""
    together: list[Piece] = []
    for piece in pieces(roster, start, end):
        if together and (
            piece.state is Cover.STAFFED or piece.place.turn is not together[0].place.turn
        ):
            yield together
            together = []
        if piece.state is not Cover.STAFFED:
            together.append(piece)
    if together:
        yield together


def _day(at: int, tz: tzinfo) -> date:
    return from_us(at).astimezone(tz).date()
