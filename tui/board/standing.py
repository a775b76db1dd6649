"""How requests stand by what the board has heard of them, whatever a screen still shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.board.rows import Rows

if TYPE_CHECKING:
    from store.records import BoardRow


class Standing:
    """The requests that something has happened to lately, as they were after it."""

    def __init__(self) -> None:
        """Start before anything is heard."""
        self._heard = Rows()

    def take(self, rows: Iterable[BoardRow]) -> None:
        """Hear how requests are now."""
        self._heard.put(rows)

    def of(self, rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
        """Return ``rows`` of a screen as they stand: a view that is read anew lags a little."""
        return tuple(_newer(row, self._heard.get(row.number)) for row in rows)


def brought_up(rows: Sequence[BoardRow], found: Mapping[int, BoardRow]) -> tuple[BoardRow, ...]:
    """Return ``rows`` with what the store has just said of them."""
    return tuple(_newer(row, found.get(row.number)) for row in rows)


def _newer(row: BoardRow, heard: BoardRow | None) -> BoardRow:
    """Return what was heard of ``row``, if it is newer.

    The version stays the one that a person saw: what others did since is a race, and lost.
    """
    if heard is None or heard.version <= row.version:
        return row
    return replace(heard, version=row.version)
