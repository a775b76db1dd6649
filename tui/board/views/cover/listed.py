"""Lines below the chart, scrolled by keys or the wheel."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.board.widgets.bar import same


class Listed(VerticalScroll, can_focus=False):
    """Lines; one of them may be kept in view."""

    class Sized(Message):
        """Its lines have other widths now."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._lines = Content("")

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield Static(markup=False)

    @property
    def cells(self) -> int:
        """Cells that a line has, beside the scroll bar."""
        return max(self.size.width - 3, 10)

    def on_resize(self) -> None:
        """Ask for lines that fit."""
        self.post_message(self.Sized())

    def show(self, lines: Sequence[Content], at: int | None = None) -> None:
        """Show these lines, and of them ``at``."""
        shown = Content("\n").join(lines)
        if not same(shown, self._lines):
            self._lines = shown
            self.query_one(Static).update(shown)
        if at is not None:
            self.call_after_refresh(self._bring, at)

    def _bring(self, line: int) -> None:
        """Scroll so that a line is in view, if it is not."""
        top, height = round(self.scroll_y), self.size.height
        if not top <= line < top + height:
            self.scroll_to(y=max(line - height // 2, 0), animate=False)
