"""The chart drawn on the screen: its labels, its cursor, and the part of it that fits.

Lines are made when what they show or the room changes; a key only draws those two anew between
which the cursor moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import ClassVar

from textual.content import Content
from textual.events import Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from tui.board.cells import fit, width
from tui.board.screens import ink
from tui.board.views.cover import cursor as moves
from tui.board.views.cover.chart import SAID_LINES, Chart, Days, chart, columns, said
from tui.board.views.cover.cursor import Cursor
from tui.board.views.cover.rows import NOBODY, Piece, Row
from tui.board.views.cover.scale import scale

#: Lines above the people (dates, marks, the desk) and below (nobody, two of words).
_ABOVE, _BELOW = 3, 1 + SAID_LINES
_LEAST_LABEL, _MOST_LABEL, _OF_WIDTH = 8, 18, 8
_AT, _ELSEWHERE = Content.styled("▌", ink.KEY), Content(" ")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the chart shows."""

    rows: tuple[Row, ...]
    days: Days
    since: datetime
    until: datetime
    tz: tzinfo
    called: Callable[[str], str]
    """Returns what the row with a key is called."""
    mine: str = ""
    """Login of whose watches stand out."""


class Canvas(Widget):
    """Dates, the desk, people, nobody, and a cursor on one of the stretches."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cover-chart--cursor"}

    class Pointed(Message):
        """The cursor is on another stretch, or that says something else."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shown: Shown | None = None
        self._now: datetime | None = None
        self._chart: Chart | None = None
        self._cursor: Cursor | None = None
        self._label_cells = _LEAST_LABEL
        self._left = 0
        """The first day on the screen."""
        self._top = 0
        """The first person on the screen."""
        self._said: tuple[Content, ...] = ()
        self._strips: dict[int, Strip] = {}
        """By line of the screen, as drawn last."""

    # ------------------------------------------------------------------ what it is given

    def show(self, shown: Shown, now: datetime) -> None:
        """Show these rows instead; the cursor stays on its stretch."""
        first = self._shown is None
        self._shown, self._now = shown, now
        if self._cursor is None:
            self._cursor = moves.beginning(shown.rows, now)
        self._make()
        if first or len(shown.rows) + _ABOVE + _BELOW - 2 != self.size.height:
            self.refresh(layout=True)
        self.post_message(self.Pointed())

    def _make(self) -> None:
        """Make the lines for the room there is."""
        shown, now = self._shown, self._now
        if shown is None or now is None or not self.size.width:
            return
        longest = max(width(shown.called(row.key)) for row in shown.rows) + 3
        most = max(min(self.size.width // _OF_WIDTH, _MOST_LABEL), _LEAST_LABEL)
        self._label_cells = min(max(longest, _LEAST_LABEL), most)
        room = self.size.width - self._label_cells
        fitted = scale(shown.since, shown.until, shown.tz, room)
        self._chart = chart(shown.rows, fitted, shown.days, now, shown.mine)
        self._settle()
        self._redraw()

    # ------------------------------------------------------------------ the cursor

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        if self._shown is None or self._cursor is None:
            return None
        return self._shown.rows[moves.place(self._shown.rows, self._cursor)]

    @property
    def piece(self) -> Piece | None:
        """The stretch under the cursor."""
        if self._shown is None or self._cursor is None:
            return None
        return moves.piece(self._shown.rows, self._cursor)

    def point(self, cursor: Cursor) -> None:
        """Put the cursor there."""
        before, top, left = self._lines_of_cursor(), self._top, self._left
        self._cursor = cursor
        self._settle()
        if (top, left) != (self._top, self._left):
            self._redraw()
        else:
            for line in {*before, *self._lines_of_cursor()}:
                self._strips.pop(line, None)
                self.refresh(Region(0, line, self.size.width, 1))
        self.post_message(self.Pointed())

    def _settle(self) -> None:
        """Scroll so that the cursor is on the screen."""
        if self._shown is None or self._cursor is None or self._chart is None:
            return
        person = moves.place(self._shown.rows, self._cursor) - 1
        people = len(self._shown.rows) - 2
        if 0 <= person < people:
            self._top = min(max(self._top, person - self._people_shown + 1), person)
        self._top = max(min(self._top, people - self._people_shown), 0)
        self._left = max(min(self._left, self._days_of_all - self._days_shown), 0)
        piece = self.piece
        if piece is not None and (taken := columns(piece, self._chart.scale)):
            pitch = self._chart.scale.pitch
            first, last = taken.start // pitch, (taken.stop - 1) // pitch
            # The beginning of what is too long to be shown whole.
            self._left = min(max(self._left, last - self._days_shown + 1), first)

    # ------------------------------------------------------------------ how much is shown

    @property
    def _people_shown(self) -> int:
        return max(self.size.height - _ABOVE - _BELOW, 1)

    @property
    def _days_of_all(self) -> int:
        return self._chart.scale.days if self._chart else 0

    @property
    def _days_shown(self) -> int:
        if self._chart is None:
            return 0
        room = self.size.width - self._label_cells + 1
        return max(min(room // self._chart.scale.pitch, self._chart.scale.days), 1)

    @property
    def _window(self) -> range:
        """The columns of the chart that are on the screen."""
        pitch = self._chart.scale.pitch if self._chart else 0
        return range(self._left * pitch, (self._left + self._days_shown) * pitch)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- Textual's signature
        """Return how many lines everybody takes."""
        people = len(self._shown.rows) - 2 if self._shown else 0
        return _ABOVE + _BELOW + max(people, 1)

    def on_resize(self, _event: Resize) -> None:
        """Fit the chart to the room."""
        self._make()

    # ------------------------------------------------------------------ drawing

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._strips.clear()

    def _redraw(self) -> None:
        """Draw everything anew: other lines, or another part of them."""
        self._strips.clear()
        if self._chart is not None and self._shown is not None:
            self._said = said(self._shown.rows, self._chart.scale, self._window)
        self.refresh()

    def _row_of(self, line: int) -> int | None:
        """Return the place of the row on a line of the screen; None if it has none."""
        rows = len(self._shown.rows) if self._shown else 0
        if line == _ABOVE - 1:
            return 0
        people = min(self._people_shown, rows - 2)
        if _ABOVE <= line < _ABOVE + people:
            return line - _ABOVE + self._top + 1
        return rows - 1 if line == _ABOVE + people else None

    def _lines_of_cursor(self) -> list[int]:
        if self._shown is None or self._cursor is None:
            return []
        at = moves.place(self._shown.rows, self._cursor)
        return [line for line in range(self.size.height) if self._row_of(line) == at]

    def render_line(self, y: int) -> Strip:
        """Draw a line, or take it as it was drawn before."""
        made = self._strips.get(y)
        if made is None:
            made = self._strips[y] = self._draw(y)
        return made

    def _draw(self, line: int) -> Strip:
        cells = self.size.width
        made, shown = self._chart, self._shown
        if made is None or shown is None:
            return Strip.blank(cells, self.rich_style)
        place = self._row_of(line)
        words = line - _ABOVE - min(self._people_shown, len(shown.rows) - 2) - 1
        if place is not None:
            label, content = self._labelled(shown.rows[place]), made.rows[place]
            if self.row is shown.rows[place]:
                content = self._with_cursor(content, made)
        elif line < _ABOVE:
            label, content = _ELSEWHERE, (made.days, made.marks)[line]
        elif 0 <= words < len(self._said):
            content = self._said[words]
            label = _ELSEWHERE if words else self._where(len(shown.rows) - 2)
        else:
            return Strip.blank(cells, self.rich_style)
        return Strip.join(
            [
                self._strip(label, self._label_cells),
                self._strip(content, made.scale.width).crop(self._window.start, self._window.stop),
            ]
        ).adjust_cell_length(cells, self.rich_style)

    def _strip(self, content: Content, cells: int) -> Strip:
        strips = Visual.to_strips(self, content, cells, 1, self.visual_style, pad=True)
        return strips[0] if strips else Strip.blank(cells, self.rich_style)

    def _labelled(self, row: Row) -> Content:
        here = self.row is row
        called = fit(self._shown.called(row.key) if self._shown else "", self._label_cells - 3)
        style = "bold" if here else "" if row.is_person else ink.MUTED
        if row.key == NOBODY and any(piece.sort.value == "gap" for piece in row.pieces):
            style = f"{ink.LATE} bold"
        return Content.assemble(_AT if here else _ELSEWHERE, " ", (called, style), " ")

    def _where(self, people: int) -> Content:
        """Say which people of how many are on the screen, if that is not everybody."""
        if people <= self._people_shown:
            return _ELSEWHERE
        last = self._top + self._people_shown
        return Content.styled(f"  {self._top + 1}–{last}/{people}", ink.MUTED)

    def _with_cursor(self, content: Content, made: Chart) -> Content:
        piece = self.piece
        taken = columns(piece, made.scale) if piece is not None else range(0)
        if not taken:
            return content
        ground = self.get_visual_style("cover-chart--cursor").background
        # Only this one knows "reverse", where there are no colours.
        whole = self.get_component_rich_style("cover-chart--cursor")
        # The colour of what is under the cursor means something, and stays.
        style = Style(background=ground, bold=whole.bold, reverse=whole.reverse)
        return content.stylize(style, taken.start, taken.stop)
