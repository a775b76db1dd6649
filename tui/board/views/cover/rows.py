"""The rows of the chart, and the stretches in them: the desk, each person, and nobody.

Pure. A stretch of a row is what the cursor stands on and what a change is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.rules.cover import Cover, Stretch

#: Keys of the rows that are no person's; no login is like them.
DESK, NOBODY = ":desk", ":nobody"
#: What these rows are called.
LABELS = {DESK: "Desk", NOBODY: "Nobody"}


class Sort(StrEnum):
    """What a stretch of a row is."""

    OPEN = "open"
    """The desk is there."""
    WATCH = "watch"
    GAP = "gap"
    BEST_EFFORT = "best effort"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row, [start, end), in UTC."""

    start: datetime
    end: datetime
    sort: Sort
    who: str = ""
    """Login of who has the watch; "" for nobody."""
    source: str = ""
    """The rotation, or the kind of change, that put them there."""
    backup: str = ""
    """Login of who is asked if they do not answer; "" for nobody."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the chart; its stretches are in order and apart."""

    key: str
    """``DESK``, ``NOBODY`` or the login of a person."""
    pieces: tuple[Piece, ...]

    @property
    def is_person(self) -> bool:
        """Whether it is somebody's."""
        return self.key not in LABELS

    def at(self, when: datetime, *, coming: bool = False) -> int | None:
        """Return the place of the stretch at ``when``, else of the nearest; None without any.

        With ``coming``, what is over by then is only there if nothing comes any more.
        """
        places = range(len(self.pieces))
        later = [place for place in places if self.pieces[place].end > when] if coming else []
        return min(later or places, key=lambda place: _away(self.pieces[place], when), default=None)


def rows(
    timeline: Iterable[Stretch],
    opened: Iterable[tuple[datetime, datetime]],
    people: Sequence[str],
    backups: Mapping[datetime, str] | None = None,
) -> tuple[Row, ...]:
    """Return the rows from top to bottom: the desk, people in their order, nobody.

    Args:
        timeline: Cover, without a break.
        opened: When the desk is there.
        people: Logins of everybody of the roster; who has a watch without being of it comes last.
        backups: Login of who is the backup, by the start of the stretch.
    """
    said = backups or {}
    of: dict[str, list[Piece]] = {login: [] for login in people}
    nobody: list[Piece] = []
    for each in timeline:
        if each.who is not None:
            backup = said.get(each.start, "")
            piece = Piece(
                each.start, each.end, Sort.WATCH, each.who, each.source or "", backup or ""
            )
            of.setdefault(each.who, []).append(piece)
        elif each.state is Cover.GAP:
            nobody.append(Piece(each.start, each.end, Sort.GAP))
        elif each.state is Cover.BEST_EFFORT:
            nobody.append(Piece(each.start, each.end, Sort.BEST_EFFORT))
    desk = tuple(Piece(start, end, Sort.OPEN) for start, end in opened)
    return (
        Row(DESK, desk),
        *(Row(login, tuple(pieces)) for login, pieces in of.items()),
        Row(NOBODY, tuple(nobody)),
    )


def gaps(shown: Iterable[Row]) -> Iterator[Piece]:
    """Yield the gaps of the chart, in order."""
    for row in shown:
        if row.key == NOBODY:
            yield from (piece for piece in row.pieces if piece.sort is Sort.GAP)


def _away(piece: Piece, when: datetime) -> tuple[float, datetime]:
    """Return how far a stretch is from ``when``; of two as far, the earlier is the nearer."""
    before = (piece.start - when).total_seconds()
    # A stretch does not hold its own end.
    after = (when - piece.end).total_seconds() + 1e-6
    return max(before, after, 0.0), piece.start
