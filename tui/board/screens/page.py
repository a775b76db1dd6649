"""A page to read over the board: scrolled by keys, left by one. Help and originals are such."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.screen import ModalScreen


class Page(ModalScreen[None]):
    """A screen with one ``VerticalScroll``; which keys move it is for the page to say."""

    def action_back(self) -> None:
        """Go back; a second key that was on its way already does nothing."""
        if self.is_current:
            self.dismiss(None)

    def action_scroll(self, where: str) -> None:
        """Scroll; ``where`` is "down", "up", "page_down", "page_up", "home" or "end"."""
        scroller = self.query_one(VerticalScroll)
        moves = {
            "down": scroller.scroll_down,
            "up": scroller.scroll_up,
            "page_down": scroller.scroll_page_down,
            "page_up": scroller.scroll_page_up,
            "home": scroller.scroll_home,
            "end": scroller.scroll_end,
        }
        moves[where](animate=False)
