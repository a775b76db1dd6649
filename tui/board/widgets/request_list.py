"""The list of requests: a virtual one, of which only the lines on the screen are made.

Cursor, marks and scroll position belong to requests, never to lines. The list holds an order
(numbers) and the rows that are loaded; what is missing it asks for with ``Needs``. Nothing it
does takes longer with more requests, but for finding places by bisection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.board.columns import Ink, Layout
from tui.board.order import NO_REQUESTS, Order
from tui.board.place_keeping import Standing, settle
from tui.board.rows import Rows
from tui.board.widgets.lines import Lines

if TYPE_CHECKING:
    from store.records import BoardRow
    from tui.board.telling import Telling

_GUTTER = 3
"""Cells at the left in which a click marks."""


class RequestList(ScrollView, can_focus=True, inherit_bindings=False):
    """The queue. ``show`` gives it an order, ``put`` the rows of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "request-list--cursor",
        *(f"request-list--{ink}" for ink in Ink),
    }

    @dataclass
    class Needs(Message):
        """Rows on the screen, or next to it, are not loaded: see ``missing``."""

    @dataclass
    class Opened(Message):
        """A request was double-clicked."""

        number: int

    @dataclass
    class Laid(Message):
        """The columns have other widths now."""

        layout: Layout

    @dataclass
    class Pointed(Message):
        """The cursor is on another request, or marks have changed."""

    def __init__(self) -> None:
        """Start without requests."""
        super().__init__()
        self.rows = Rows()
        self.order: Order = NO_REQUESTS
        self.lines = Lines(self.rows, self._ink)
        self.notice = ""
        """What to say where there is no request."""
        self._inks: dict[tuple[Ink, bool, bool], Style] = {}
        self._standing = Standing()

    @property
    def cursor(self) -> int | None:
        """The number of the request the cursor is on."""
        return self._standing.cursor

    @property
    def window(self) -> tuple[int, ...]:
        """The numbers on the screen, from the top."""
        return self._standing.window

    # ------------------------------------------------------------------ what it is given

    def tell(self, telling: Telling) -> None:
        """Put rows into words this way from now on."""
        self.lines.telling = telling
        self.redraw()

    def tell_readers(self, readers: Mapping[int, str]) -> None:
        """Show the initials of colleagues who have a request open, by its number."""
        before, self.lines.readers = self.lines.readers, readers
        both = before.keys() | readers.keys()
        self.redraw(number for number in both if before.get(number) != readers.get(number))

    def show(self, order: Order) -> None:
        """Show ``order``, new or changed; everything stays on the request it was on."""
        self.order = order
        self.virtual_size = Size(self.size.width, len(order))
        self._stand(settle(self._standing, order, self.size.height))
        self.refresh()

    def put(self, rows: Iterable[BoardRow]) -> None:
        """Take rows that were loaded, or loaded again, and show them."""
        loaded = list(rows)
        self.rows.put(loaded)
        self._fit(max((row.number for row in loaded), default=0))
        self.redraw(row.number for row in loaded)

    def redraw(self, numbers: Iterable[int] | None = None) -> None:
        """Make the lines of these requests anew; None: of all."""
        if numbers is None:
            self.lines.forget()
            self.refresh()
            return
        changed = set(numbers)
        self.lines.forget(changed)
        self._refresh_lines(changed)

    def tick(self) -> None:
        """Let time pass: draw anew whose clock reads differently by now."""
        self._refresh_lines(set(self.lines.tick(self.window)))

    def missing(self) -> list[int]:
        """Return what is not loaded of the screen, and of one more below and above it."""
        top, height = self._standing.top, self.size.height
        near = self.order.numbers(top, top + 2 * height)
        near += self.order.numbers(max(top - height, 0), top)
        return [number for number in near if number not in self.rows]

    # ------------------------------------------------------------------ moving about

    def move(self, step: int) -> None:
        """Move the cursor ``step`` places, not past an end."""
        self.go_to(self._standing.place + step)

    def move_page(self, step: int) -> None:
        """Move the cursor a screenful down (1) or up (-1)."""
        self.move(step * max(self.size.height - 1, 1))

    def go_to(self, place: int) -> None:
        """Put the cursor on the request at ``place``, or at the end that is nearer."""
        if not len(self.order):
            return
        place = min(max(place, 0), len(self.order) - 1)
        top, height = self._standing.top, self.size.height
        top = min(max(top, place - height + 1), place)
        window = self.window
        if top != self._standing.top:
            window = tuple(self.order.numbers(top, top + height))
        self._stand(Standing(window, top, self.order.number_at(place), place))

    def leave(self, numbers: Iterable[int]) -> None:
        """Go from a request that is put away to the nearest one that stays, if any does."""
        leaving = set(numbers)
        if self.cursor not in leaving:
            return
        place = self._standing.place
        after = self.order.numbers(place + 1, place + 1 + len(leaving))
        before = self.order.numbers(max(place - len(leaving), 0), place)
        staying = (each for each in [*after, *reversed(before)] if each not in leaving)
        if (number := next(staying, None)) is not None:
            self.go_to(self.order.place(number) or 0)

    def point(self, number: int) -> None:
        """Put the cursor on a request, if it is here."""
        if (place := self.order.place(number)) is not None:
            self.go_to(place)

    def neighbour(self, number: int, step: int) -> int | None:
        """Return the request ``step`` places further; None past an end."""
        place = self.order.place(number)
        if place is None or not 0 <= place + step < len(self.order):
            return None
        return self.order.number_at(place + step)

    # ------------------------------------------------------------------ marks

    def toggle_mark(self, number: int | None = None) -> None:
        """Mark a request (None: the one under the cursor), or take its mark away."""
        number = self.cursor if number is None else number
        if number is not None:
            self.rows.marked ^= {number}
            self.redraw([number])
            self.post_message(self.Pointed())

    def unmark(self, numbers: Iterable[int] | None = None) -> None:
        """Take the marks of these requests away; None: all marks."""
        gone = set(self.rows.marked) if numbers is None else self.rows.marked & set(numbers)
        self.rows.marked -= gone
        self.redraw(gone)
        self.post_message(self.Pointed())

    def targets(self) -> list[int]:
        """Return what keys work on: the marked requests in order, else the cursor's."""
        if not self.rows.marked:
            return [] if self.cursor is None else [self.cursor]
        return sorted(self.rows.marked, key=lambda number: (self.order.place(number) or 0, number))

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return a line of the screen."""
        if y >= len(self.window):
            return self._below(y)
        number = self.window[y]
        return self.lines.line(number, at_cursor=number == self.cursor)

    def _below(self, y: int) -> Strip:
        """Return a line below the last request: empty, but for the notice of an empty list."""
        said = dict(enumerate(self.notice.splitlines(), 1)).get(y, "")
        muted = self._ink(Ink.MUTED, at_cursor=False)
        return Strip([Segment(f"    {said}", muted)]).adjust_cell_length(self.size.width, muted)

    def _ink(self, ink: Ink, at_cursor: bool) -> Style:  # noqa: FBT001 -- a part of the key
        key = (ink, at_cursor, self.has_focus)
        if key not in self._inks:
            names = ["request-list--cursor"] if at_cursor else []
            names.append(f"request-list--{ink}")
            style = self.get_visual_style(*names).rich_style
            for name in names:
                # Textual 8.2 leaves "reverse" out of a visual style.
                style += self.get_component_styles(name).text_style
            self._inks[key] = style
        return self._inks[key]

    def _stand(self, standing: Standing) -> None:
        """Take this standing, drawing only the cursor's lines where nothing else moves."""
        before, self._standing = self._standing, standing
        if round(self.scroll_y) != standing.top:
            self.scroll_to(y=standing.top, animate=False)
        elif before.cursor != standing.cursor:
            self._refresh_lines({before.cursor, standing.cursor})
        if before.cursor != standing.cursor:
            self.post_message(self.Pointed())
        self._ask()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Follow the wheel and the scroll bar: the cursor stays on its request."""
        super().watch_scroll_y(old_value, new_value)
        top = round(new_value)
        if top != self._standing.top:
            window = tuple(self.order.numbers(top, top + self.size.height))
            self._standing = replace(self._standing, window=window, top=top)
            self._ask()

    def _ask(self) -> None:
        if self.missing():
            self.post_message(self.Needs())

    def _refresh_lines(self, numbers: set[int | None] | set[int]) -> None:
        for line, number in enumerate(self.window):
            if number in numbers:
                self.refresh(Region(0, line, self.size.width, 1))

    def _fit(self, highest: int = 0) -> None:
        if self.lines.fit(self.size.width, highest):
            self.post_message(self.Laid(self.lines.layout))
            self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Lay out the columns and keep the place."""
        self._fit()
        self.show(self.order)

    def notify_style_update(self) -> None:
        """Draw in the colours of the new theme."""
        super().notify_style_update()
        self._inks.clear()
        self.lines.forget()

    def on_click(self, event: Click) -> None:
        """Put the cursor on the line; in the first cells mark it; a double click opens it."""
        if event.y >= len(self.window):
            return
        number = self.window[event.y]
        self.go_to(self._standing.top + event.y)
        if event.x < _GUTTER:
            self.toggle_mark(number)
        elif event.chain == 2:  # noqa: PLR2004 -- a double click
            self.post_message(self.Opened(number))
