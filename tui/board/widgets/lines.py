"""The lines of the list: made once, kept, and made anew when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.board.columns import WIDE_FROM, Ink, Shown, layout

if TYPE_CHECKING:
    from store.records import BoardRow
    from tui.board.rows import Rows
    from tui.board.telling import ClockText, Telling

#: Numbers up to this one fit the column as it is at first.
_HIGHEST_AT_FIRST = 9_999
_MOST = 1_000


class Lines:
    """Makes and keeps the lines of ``rows``, in ``style``'s colours (ink, at the cursor?)."""

    def __init__(self, rows: Rows, style: Callable[[Ink, bool], Style]) -> None:
        """Start without a line; ``telling`` must be given before rows can be read."""
        self.telling: Telling | None = None
        self.readers: Mapping[int, str] = {}
        """Initials of colleagues who have a request open, by its number."""
        self.notes: Mapping[int, str] = {}
        """What else lines say in this list."""
        self._rows = rows
        self._style = style
        self._highest = _HIGHEST_AT_FIRST
        self._cells = 0
        self.layout = layout(0, _HIGHEST_AT_FIRST)
        self._made: dict[int, Strip] = {}
        self._read: dict[int, tuple[ClockText, tuple[str, bool]]] = {}
        """What passes with time: the clock, and whether a promise is late."""

    def fit(self, cells: int, highest: int = 0) -> bool:
        """Make lines of ``cells`` from now on, for numbers up to ``highest``; say if it is new."""
        highest = max(highest, self._highest)
        if cells == self._cells and len(str(highest)) == len(str(self._highest)):
            return False
        self._cells, self._highest = cells, highest
        self.layout = layout(cells, highest)
        self.forget()
        return True

    def forget(self, numbers: Iterable[int] | None = None) -> None:
        """Make these lines anew when they are next drawn; None: all."""
        if numbers is None:
            self._made.clear()
            self._read.clear()
            return
        for number in numbers:
            self._made.pop(number, None)
            self._read.pop(number, None)

    def tick(self, window: Sequence[int]) -> list[int]:
        """Return those lines of the screen whose clock or promise reads differently by now."""
        changed = []
        for number in window:
            row, telling = self._rows.get(number), self.telling
            before = self._read.get(number)
            if not (row and telling and before):
                continue
            if self._read_time(number, row, telling) != before:
                self._made.pop(number, None)
                changed.append(number)
        return changed

    def line(self, number: int, *, at_cursor: bool) -> Strip:
        """Return the line of a request."""
        if at_cursor:
            return self._make(number, at_cursor=True)
        made = self._made.get(number)
        if made is None:
            if len(self._made) >= _MOST:
                self.forget()
            made = self._made[number] = self._make(number, at_cursor=False)
        return made

    def _make(self, number: int, *, at_cursor: bool) -> Strip:
        bar = Segment("▌" if at_cursor else " ", self._style(Ink.MARK, at_cursor))
        row, telling = self._rows.get(number), self.telling
        if row is None or telling is None:
            parts = [(f"   {number} …", Ink.MUTED)]
        else:
            parts = self.layout.line(self._shown(number, row, telling), telling.names)
        # Few long segments are drawn much faster than many short ones.
        segments = [
            Segment("".join(text for text, _ in same), self._style(ink, at_cursor))
            for ink, same in groupby(parts, key=itemgetter(1))
        ]
        plain = self._style(Ink.PLAIN, at_cursor)
        return Strip([bar, *segments]).adjust_cell_length(self._cells, plain)

    def _shown(self, number: int, row: BoardRow, telling: Telling) -> Shown:
        clock, promise = self._read.get(number) or self._read_time(number, row, telling)
        return Shown(
            row=row,
            clock=clock,
            marked=row.number in self._rows.marked,
            readers=self.readers.get(row.number, ""),
            call=telling.call(row),
            promise=promise,
            note=self.notes.get(number, ""),
        )

    def _read_time(
        self, number: int, row: BoardRow, telling: Telling
    ) -> tuple[ClockText, tuple[str, bool]]:
        read = telling.clock(row, wide=self._cells >= WIDE_FROM), telling.promise(row)
        self._read[number] = read
        return read
