"""The rows that have been loaded: those on the screen, around it, and all that are marked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.records import BoardRow

_MOST = 1_000


class Rows:
    """Rows by number. The longest unused are forgotten, marked ones never."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: OrderedDict[int, BoardRow] = OrderedDict()
        self._doubted: set[int] = set()
        self.marked: set[int] = set()

    def __contains__(self, number: int) -> bool:
        return number in self._rows and number not in self._doubted

    def get(self, number: int) -> BoardRow | None:
        """Return a row if it is known."""
        row = self._rows.get(number)
        if row is not None:
            self._rows.move_to_end(number)
        return row

    def put(self, rows: Iterable[BoardRow]) -> None:
        """Keep rows as they are now."""
        for row in rows:
            self._doubted.discard(row.number)
            self._rows[row.number] = row
            self._rows.move_to_end(row.number)
        for number in list(self._rows)[: max(len(self._rows) - _MOST, 0)]:
            if number not in self.marked:
                del self._rows[number]
                self._doubted.discard(number)

    def doubt(self) -> None:
        """Take every row for one that may have changed: shown as it is, and read again."""
        self._doubted = set(self._rows)
