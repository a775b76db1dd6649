"""Lines below the chart, scrolled by keys or the wheel; only those that changed are drawn anew."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.board.widgets.bar import same


class Listed(ScrollView, can_focus=False):
    """Lines; one of them may be kept in view."""

    class Sized(Message):
        """Its lines have other widths now."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._lines: list[Content] = []
        self._strips: dict[int, Strip] = {}

    @property
    def cells(self) -> int:
        """Cells that a line has, beside the scroll bar."""
        return max(self.size.width - 1, 10)

    def on_resize(self) -> None:
        """Ask for lines that fit."""
        self._strips.clear()
        self.post_message(self.Sized())

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._strips.clear()

    def show(self, lines: Sequence[Content], at: int | None = None) -> None:
        """Show these lines, and of them ``at``."""
        before, self._lines = self._lines, list(lines)
        changed = [
            number
            for number, line in enumerate(self._lines)
            if number >= len(before) or not same(line, before[number])
        ]
        for number in changed:
            self._strips.pop(number, None)
        if len(before) != len(self._lines):
            self.virtual_size = Size(self.size.width, len(self._lines))
            self.refresh()
        else:
            for number in changed:
                self.refresh_line(number)
        if at is not None:
            self.call_after_refresh(self._bring, at)

    def _bring(self, line: int) -> None:
        """Scroll so that a line is in view, if it is not."""
        top, height = round(self.scroll_y), self.size.height
        if not top <= line < top + height:
            self.scroll_to(y=max(line - height // 2, 0), animate=False)

    def render_line(self, y: int) -> Strip:
        """Draw a line, or take it as it was drawn before."""
        number = y + round(self.scroll_y)
        if number >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        made = self._strips.get(number)
        if made is None:
            line = self._lines[number]
            strips = Visual.to_strips(self, line, self.size.width, 1, self.visual_style, pad=True)
            made = self._strips[number] = strips[0]
        return made
