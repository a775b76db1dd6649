"""The chart as one moves in it: by keys from stretch to stretch and row to row, or the mouse."""

from __future__ import annotations

from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message

from tui.board.views.cover import cursor as moves
from tui.board.views.cover.canvas import Canvas
from tui.board.views.cover.cursor import Cursor


class CoverChart(Canvas, can_focus=True, inherit_bindings=False):
    """Only the keys of the registry move its cursor."""

    class Opened(Message):
        """A stretch was double-clicked."""

    def move_beside(self, step: int) -> None:
        """Go to a stretch later or earlier in the row."""
        if self._shown and self._cursor:
            self.point(moves.beside(self._shown.rows, self._cursor, step))

    def move_below(self, step: int) -> None:
        """Go so many rows down or up."""
        if self._shown and self._cursor:
            self.point(moves.below(self._shown.rows, self._cursor, step))

    def move_page(self, way: int) -> None:
        """Go a screenful of people down or up."""
        self.move_below(way * max(self._people_shown - 1, 1))

    def move_to_gap(self) -> bool:
        """Go to the next gap; say whether there is any."""
        if self._shown is None or self._cursor is None:
            return False
        found = moves.next_gap(self._shown.rows, self._cursor)
        if found is not None:
            self.point(found)
        return found is not None

    def move_to_now(self) -> None:
        """Go to the present, in whose row that is."""
        if self._shown and self._now:
            self.point(moves.beginning(self._shown.rows, self._now))
            self.scroll_days(-self._days_of_all)

    def move_to_end(self) -> None:
        """Go to the last stretch of the row."""
        if self._shown and self._cursor:
            at = self._shown.until
            self.point(Cursor(self._cursor.key, at))
            self.scroll_days(self._days_of_all)

    def scroll_days(self, step: int) -> None:
        """Show later or earlier days, as far as there are any; the cursor stays."""
        left = min(max(self._left + step, 0), max(self._days_of_all - self._days_shown, 0))
        if left != self._left:
            self._left = left
            self._redraw()

    # ------------------------------------------------------------------ the mouse

    def on_click(self, event: Click) -> None:
        """Put the cursor there; a double click opens."""
        event.stop()
        place = self._row_of(event.y)
        if place is None or self._shown is None or self._chart is None:
            return
        column = event.x - self._label_cells + self._left * self._chart.scale.pitch
        at = self._chart.scale.time_at(column)
        if event.x < self._label_cells and self._cursor is not None:
            at = self._cursor.at
        self.point(Cursor(self._shown.rows[place].key, at))
        if event.chain == 2:  # noqa: PLR2004 -- a double click
            self.post_message(self.Opened())

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Show people further down."""
        event.stop()
        self._scroll_people(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Show people further up."""
        event.stop()
        self._scroll_people(-1)

    def _scroll_people(self, step: int) -> None:
        people = len(self._shown.rows) - 2 if self._shown else 0
        top = max(min(self._top + step, people - self._people_shown), 0)
        if top != self._top:
            self._top = top
            self._redraw()
