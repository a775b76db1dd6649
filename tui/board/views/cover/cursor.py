"""Where the cursor of the chart stands: on a row and a moment, and so on a stretch.

Pure. The moment stays the same from row to row, so that going down and up again leads back; and
it stays when the rows are made anew, so that the cursor stays on its stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tui.board.views.cover.rows import DESK, NOBODY, Piece, Row, Sort


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row by its key, and a moment."""

    key: str
    at: datetime
    coming: bool = False
    """Whether the moment is the present: beside it is what comes next, not what is over."""


def beginning(shown: Sequence[Row], now: datetime) -> Cursor:
    """Return where the cursor begins: on whoever has the watch now, or on the desk."""
    for row in shown:
        if any(piece.start <= now < piece.end for piece in row.pieces):
            return Cursor(row.key, now, coming=True)
    return Cursor(shown[0].key if shown else DESK, now, coming=True)


def place(shown: Sequence[Row], cursor: Cursor) -> int:
    """Return the place of the cursor's row; that of the desk if its row is gone."""
    return next((place for place, row in enumerate(shown) if row.key == cursor.key), 0)


def piece(shown: Sequence[Row], cursor: Cursor) -> Piece | None:
    """Return the stretch under the cursor."""
    row = shown[place(shown, cursor)]
    at = row.at(cursor.at, coming=cursor.coming)
    return None if at is None else row.pieces[at]


def beside(shown: Sequence[Row], cursor: Cursor, step: int) -> Cursor:
    """Return the cursor on the stretch ``step`` places further in its row, or at the last."""
    row = shown[place(shown, cursor)]
    at = row.at(cursor.at, coming=cursor.coming)
    if at is None:
        return cursor
    # The end of a list is no reason to move: the moment it is kept for may be another row's.
    there = min(max(at + step, 0), len(row.pieces) - 1)
    return cursor if there == at else Cursor(cursor.key, row.pieces[there].start)


def below(shown: Sequence[Row], cursor: Cursor, step: int) -> Cursor:
    """Return the cursor ``step`` rows further down, or in the last one."""
    there = min(max(place(shown, cursor) + step, 0), len(shown) - 1)
    return replace(cursor, key=shown[there].key)


def next_gap(shown: Sequence[Row], cursor: Cursor) -> Cursor | None:
    """Return the cursor on the next gap, after the last one on the first; None without any."""
    found = [
        piece.start
        for row in shown
        if row.key == NOBODY
        for piece in row.pieces
        if piece.sort is Sort.GAP
    ]
    if not found:
        return None
    here = cursor.at if cursor.key == NOBODY else None
    later = (start for start in found if here is None or start > here)
    return Cursor(NOBODY, next(later, found[0]))
