"""Scrolling by keys on the request screen."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.screen import Screen

from tui.board.failing import TellsFailures


class ScrollingScreen(TellsFailures, Screen[None]):
    """Scrolls the conversation, or facts and history while they are in hand."""

    @property
    def _scroller(self) -> VerticalScroll:
        on_side = self.has_class("-history")
        return self.query_one("#side" if on_side else "Conversation", VerticalScroll)

    def do_scroll_down(self) -> None:
        """Scroll down a line."""
        self._scroller.scroll_down(animate=False)

    def do_scroll_up(self) -> None:
        """Scroll up a line."""
        self._scroller.scroll_up(animate=False)

    def do_scroll_page_down(self) -> None:
        """Scroll down a screenful."""
        self._scroller.scroll_page_down(animate=False)

    def do_scroll_page_up(self) -> None:
        """Scroll up a screenful."""
        self._scroller.scroll_page_up(animate=False)

    def do_scroll_home(self) -> None:
        """Scroll to the oldest."""
        self._scroller.scroll_home(animate=False)

    def do_scroll_end(self) -> None:
        """Scroll to the newest."""
        self._scroller.scroll_end(animate=False)
