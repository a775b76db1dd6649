"""The list of the view: that of the queue, in sections; one cursor goes over all lines.

A request may have several lines. Marks belong to requests; the cursor stays on its line, and if
that is gone on another line of the same request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from tui.board.cells import fit, width
from tui.board.columns import Ink
from tui.board.order import Fixed, Order
from tui.board.rows import Rows
from tui.board.views.mine.sheet import Sheet, is_heading, number_of
from tui.board.widgets.lines import Lines
from tui.board.widgets.request_list import RequestList

if TYPE_CHECKING:
    from store.records import BoardRow


class RowsByLine(Rows):
    """Rows that are asked for by the keys of lines; all that are given are kept."""

    def get(self, number: int) -> BoardRow | None:
        """Return the row of a line."""
        return super().get(number_of(number))


class MineList(RequestList):
    """Requests in sections. ``show_sheet`` gives it its lines."""

    def __init__(self) -> None:
        """Start without requests."""
        super().__init__()
        self.rows = RowsByLine()
        self.lines = Lines(self.rows, self._ink)
        self._headings: Mapping[int, tuple[str, str]] = {}
        self._wanted: int | None = None
        """The request that the cursor goes to as soon as it is here."""

    @property
    def request(self) -> int | None:
        """The request under the cursor."""
        cursor = self.cursor
        return None if cursor is None or is_heading(cursor) else number_of(cursor)

    def show_sheet(self, sheet: Sheet, rows: Mapping[int, BoardRow]) -> None:
        """Show these lines instead; everything stays on the request it was on."""
        self._headings = sheet.headings
        self.lines.notes = sheet.notes
        self.rows.marked &= rows.keys()
        self.put(rows.values())
        self.show(Fixed(sheet.order))
        self.redraw()
        if self._wanted is not None and self._point(self._wanted):
            self._wanted = None

    def show(self, order: Order) -> None:
        """Show ``order``; a cursor whose line is gone goes to another one of its request."""
        before = self.cursor
        other = None
        if before is not None and order.place(before) is None and not is_heading(before):
            same = (line for line in _all(order) if number_of(line) == number_of(before))
            other = next(same, None)
        if other is not None:
            self._standing = replace(self._standing, cursor=other)
        super().show(order)
        if other is not None or (self.cursor is not None and is_heading(self.cursor)):
            self.go_to(self._standing.place)

    def missing(self) -> list[int]:
        """Return nothing: the rows come with the lines."""
        return []

    # ------------------------------------------------------------------ moving about

    def move(self, step: int) -> None:
        """Move the cursor ``step`` lines, not past an end; it waits for no request any more."""
        self._wanted = None
        super().move(step)

    def go_to(self, place: int) -> None:
        """Put the cursor on the line at ``place``; from a heading it goes on to a request."""
        last = len(self.order) - 1
        if last < 0:
            return
        place = min(max(place, 0), last)
        back = place < self._standing.place
        ways = [range(place, -1, -1), range(place, last + 1)]
        found = (
            each
            for way in (ways if back else reversed(ways))
            for each in way
            if not is_heading(self.order.number_at(each))
        )
        if (at := next(found, None)) is None:
            return
        if at and is_heading(self.order.number_at(at - 1)) and at - 1 < self._standing.top:
            super().go_to(at - 1)  # with its heading
        super().go_to(at)

    def go_to_section(self, step: int) -> None:
        """Go to the first line of the next section (1), or of this or the one before (-1)."""
        firsts = [
            place + 1
            for place, line in enumerate(_all(self.order))
            if is_heading(line) and place + 1 < len(self.order)
        ]
        here = self._standing.place
        there = [each for each in firsts if (each > here if step > 0 else each < here)]
        if there:
            place = there[0] if step > 0 else there[-1]
            # By way of what is below, so that as much as fits of the section shows.
            self.go_to(place + max(self.size.height - 2, 0))
            self.go_to(place)

    def point(self, number: int) -> None:
        """Put the cursor on a request; if it is not here yet, as soon as it is."""
        if not self._point(number):
            self._wanted = number

    def _point(self, number: int) -> bool:
        place = self._place_of(number)
        if place is not None:
            self.go_to(place)
        return place is not None

    def _place_of(self, number: int) -> int | None:
        here = (place for place, line in enumerate(_all(self.order)) if number_of(line) == number)
        return next(here, None)

    def leave(self, numbers: Iterable[int]) -> None:
        """Go from a request that is put away to the nearest one that stays, if any does."""
        leaving = set(numbers)
        if self.request not in leaving:
            return
        place, lines = self._standing.place, _all(self.order)
        near = [*range(place + 1, len(lines)), *range(place - 1, -1, -1)]
        staying = (each for each in near if not is_heading(lines[each]))
        there = next((each for each in staying if number_of(lines[each]) not in leaving), None)
        if there is not None:
            self.go_to(there)

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the request ``step`` places further; each counts where it is first."""
        numbers = list(dict.fromkeys(number_of(each) for each in _requests(self.order)))
        place = numbers.index(number) + step if number in numbers else -1
        return numbers[place] if 0 <= place < len(numbers) else None

    # ------------------------------------------------------------------ marks

    def toggle_mark(self, number: int | None = None) -> None:
        """Mark the request of a line (None: the cursor's), or take its mark away."""
        line = self.cursor if number is None else number
        if line is not None and not is_heading(line):
            super().toggle_mark(number_of(line))

    def targets(self) -> list[int]:
        """Return what keys work on: the marked requests in order, else the cursor's."""
        if not self.rows.marked:
            return [] if self.request is None else [self.request]
        numbers = dict.fromkeys(number_of(each) for each in _requests(self.order))
        return [number for number in numbers if number in self.rows.marked]

    # ------------------------------------------------------------------ drawing

    def redraw(self, numbers: Iterable[int] | None = None) -> None:
        """Make all lines of these requests anew; None: of all."""
        if numbers is None:
            super().redraw()
            return
        changed = set(numbers)
        super().redraw(line for line in _requests(self.order) if number_of(line) in changed)

    def render_line(self, y: int) -> Strip:
        """Return a line of the screen."""
        line = self.window[y] if y < len(self.window) else 0
        if not is_heading(line):
            return super().render_line(y)
        title, told = self._headings.get(line, ("", ""))
        strong, muted = (self._ink(ink, at_cursor=False) for ink in (Ink.STRONG, Ink.MUTED))
        title = f" {title.upper()}  "
        told = fit(told, max(self.size.width - width(title), 0))
        return Strip([Segment(title, strong), Segment(told, muted)]).adjust_cell_length(
            self.size.width, muted
        )


def _all(order: Order) -> list[int]:
    return order.numbers(0, len(order))


def _requests(order: Order) -> list[int]:
    return [line for line in _all(order) if not is_heading(line)]
