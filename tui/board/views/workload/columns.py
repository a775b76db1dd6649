"""The columns: a person each, their requests below, and a cursor over all of them.

Only what is on the screen is made, and made anew where it has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from store.records import BoardRow
from store.workload_records import Workload
from tui.board.views.workload import place as places
from tui.board.views.workload import words
from tui.board.views.workload.place import Place, Room
from tui.board.views.workload.words import AT, AWAY, LEAST, Setting, head_lines

#: Cells at the left of a column in which a click marks.
_GUTTER = 3
_DIGITS = 4


class Columns(Widget, can_focus=True, inherit_bindings=False):
    """Everybody's requests. ``show`` gives it who has what."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"columns--cursor"}

    class Pointed(Message):
        """The cursor is on another request, marks or columns have changed."""

    @dataclass
    class Opened(Message):
        """A request was double-clicked."""

        number: int

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.people: tuple[Workload, ...] = ()
        self.place = Place()
        self.marked: set[int] = set()
        self._setting: Callable[[], Setting] | None = None
        self._drawn: dict[tuple[int, int], tuple[object, Strip]] = {}
        """By column on the screen and line: what it shows, and how that was drawn."""

    # ------------------------------------------------------------------ what it is given

    def show(self, people: Iterable[Workload], setting: Callable[[], Setting]) -> None:
        """Show these people; cursor and marks stay on their requests."""
        self.people, self._setting = tuple(people), setting
        self.marked &= {row.number for one in self.people for row in one.rows}
        self._go(places.settle(self.place, self.people, self.room))

    def unmark(self, numbers: Iterable[int] | None = None) -> None:
        """Take the marks of these requests away; None: all marks."""
        self.marked -= self.marked.copy() if numbers is None else set(numbers)
        self._go(self.place)

    def tick(self) -> None:
        """Let time pass: clocks read differently by now."""
        self._drawn.clear()
        self.refresh()

    # ------------------------------------------------------------------ what it tells

    @property
    def room(self) -> Room:
        """How many columns and requests fit."""
        fitting = max(self.size.width // LEAST, 1)
        return Room(min(fitting, max(len(self.people), 1)), max(self.size.height - self._head, 1))

    @property
    def _head(self) -> int:
        return head_lines(self.size.height)

    @property
    def shown(self) -> range:
        """The columns on the screen."""
        return range(self.place.left, min(self.place.left + self.room.columns, len(self.people)))

    @property
    def row(self) -> BoardRow | None:
        """The request under the cursor."""
        return places.row_at(self.place, self.people)

    def targets(self) -> list[tuple[int, BoardRow]]:
        """Return what keys work on, each with its column: all marked, else the cursor's."""
        if not self.marked:
            column = places.column_of(self.place, self.people)
            return [] if self.row is None else [(column, self.row)]
        return [
            (column, row)
            for column, one in enumerate(self.people)
            for row in one.rows
            if row.number in self.marked
        ]

    # ------------------------------------------------------------------ moving about

    def step(self, by: int) -> None:
        """Go down or up."""
        self._go(places.step(self.place, self.people, self.room, by))

    def page(self, by: int) -> None:
        """Go down (1) or up (-1) a screenful."""
        self.step(by * max(self.room.rows - 1, 1))

    def across(self, by: int) -> None:
        """Go to another column."""
        self._go(places.across(self.place, self.people, self.room, by))

    def end(self, row: int) -> None:
        """Go to the first request of the column (0), or to the last (a large number)."""
        column = places.column_of(self.place, self.people)
        self._go(places.to(self.place, self.people, self.room, column, row))

    def toggle_mark(self) -> None:
        """Mark the request under the cursor, or take its mark away."""
        if self.row is not None:
            self.marked ^= {self.row.number}
            self._go(self.place)

    def _go(self, place: Place) -> None:
        self.place = place
        self.refresh()
        self.post_message(self.Pointed())

    def on_resize(self, _event: Resize) -> None:
        """Fit the columns to the room."""
        self._drawn.clear()
        self._go(places.settle(self.place, self.people, self.room))

    # ------------------------------------------------------------------ the mouse

    def _under(self, x: int) -> tuple[int, int]:
        """Return the column under a cell of the screen, and where in it that is."""
        cells = self._cells
        at = min(x // cells, self.room.columns - 1)
        return self.place.left + at, x - at * cells

    def on_click(self, event: Click) -> None:
        """Put the cursor there; in the first cells mark it; a double click opens it."""
        if not self.people or event.y < 0:
            return
        column, x = self._under(event.x)
        one = self.people[min(column, len(self.people) - 1)]
        line = max(event.y - self._head, 0)
        row = self.place.tops.get(one.login, 0) + line
        self._go(places.to(self.place, self.people, self.room, column, row))
        if event.y < self._head or row >= len(one.rows):
            return
        if x < _GUTTER:
            self.toggle_mark()
        elif event.chain == 2 and self.row is not None:  # noqa: PLR2004 -- a double click
            self.post_message(self.Opened(self.row.number))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.step(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.step(-1)

    # ------------------------------------------------------------------ drawing

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._drawn.clear()

    @property
    def _cells(self) -> int:
        return max(self.size.width // self.room.columns, 1)

    def render_line(self, y: int) -> Strip:
        """Draw a line: a part of each column on the screen."""
        if self._setting is None or not self.people:
            return Strip.blank(self.size.width, self.rich_style)
        parts = [self._part(at, column, y) for at, column in enumerate(self.shown)]
        return Strip.join(parts).adjust_cell_length(self.size.width, self.rich_style)

    def _part(self, at: int, column: int, y: int) -> Strip:
        one = self.people[column]
        here = one.login == self.place.login
        row = self.place.tops.get(one.login, 0) + y - self._head
        there = (
            y >= self._head
            and row < len(one.rows)
            and y - self._head < places.lines_of(one, self.room)
        )
        each = one.rows[row] if there else None
        cursor = here and each is not None and row == self.place.row
        marked = each is not None and each.number in self.marked
        shows = (one if each is None else each, here and each is None, cursor, marked, row)
        known = self._drawn.get((at, y))
        if known is not None and known[0] == shows:
            return known[1]
        strip = self._draw(one, y, each, here=here, cursor=cursor, marked=marked)
        self._drawn[at, y] = shows, strip
        return strip

    def _draw(
        self, one: Workload, y: int, row: BoardRow | None, *, here: bool, cursor: bool, marked: bool
    ) -> Strip:
        cells = self._cells - 1
        setting = self._setting() if self._setting else None
        content = Content("")
        if setting is None:
            pass
        elif y < self._head:
            content = words.head(one, setting, cells, here=here)[y]
        elif row is not None:
            digits = max(_DIGITS, len(str(max(each.number for each in one.rows))))
            line = words.line(row, setting, cells - 1, digits, marked=marked, quiet=not one.present)
            content = (AT if cursor else AWAY) + line
        elif not one.rows and y == self._head:
            content = words.nothing(cells)
        elif one.rows and y == self._head + places.lines_of(one, self.room):
            content = words.below(self._below(one), cells)
        if cursor:
            content = content.pad_right(max(cells - content.cell_length, 0)).stylize(self._ground())
        strips = Visual.to_strips(self, content, self._cells, 1, self.visual_style, pad=True)
        return strips[0] if strips else Strip.blank(self._cells, self.rich_style)

    def _below(self, one: Workload) -> int:
        top = self.place.tops.get(one.login, 0)
        return len(one.rows) - top - places.lines_of(one, self.room) + one.more

    def _ground(self) -> Style:
        """Return the ground of the cursor's line; what is written on it keeps its colour."""
        ground = self.get_visual_style("columns--cursor").background
        # Only this one knows "reverse", where there are no colours.
        whole = self.get_component_rich_style("columns--cursor")
        return Style(background=ground, bold=whole.bold, reverse=whole.reverse)
