"""Where the keys of the view go."""

from __future__ import annotations

from tui.board.views.cover.changing import NOT_KNOWN, ChangingScreen
from tui.board.views.cover.chart_view import CoverChart
from tui.board.views.cover.listed import Listed


class MovingScreen(ChangingScreen):
    """Moves in the chart and in the lists below it."""

    def do_cover_down(self) -> None:
        """Go to the row below."""
        self.query_one(CoverChart).move_below(1)

    def do_cover_up(self) -> None:
        """Go to the row above."""
        self.query_one(CoverChart).move_below(-1)

    def do_cover_page_down(self) -> None:
        """Go down a screenful of people."""
        self.query_one(CoverChart).move_page(1)

    def do_cover_page_up(self) -> None:
        """Go up a screenful of people."""
        self.query_one(CoverChart).move_page(-1)

    def do_cover_right(self) -> None:
        """Go to the next stretch."""
        self.query_one(CoverChart).move_beside(1)

    def do_cover_left(self) -> None:
        """Go to the stretch before."""
        self.query_one(CoverChart).move_beside(-1)

    def do_cover_later(self) -> None:
        """Show later days."""
        self.query_one(CoverChart).scroll_days(1)

    def do_cover_earlier(self) -> None:
        """Show earlier days."""
        self.query_one(CoverChart).scroll_days(-1)

    def do_cover_now(self) -> None:
        """Go to the present."""
        self.query_one(CoverChart).move_to_now()

    def do_cover_end(self) -> None:
        """Go to the last stretch of the row."""
        self.query_one(CoverChart).move_to_end()

    def do_cover_gap(self) -> None:
        """Go to the next gap."""
        if not self.query_one(CoverChart).move_to_gap():
            self._board.say("There is no gap in these days" if self.known else NOT_KNOWN)

    def do_cover_list_down(self) -> None:
        """Scroll what is below the chart down."""
        for listed in self.query(Listed):
            listed.scroll_down(animate=False)

    def do_cover_list_up(self) -> None:
        """Scroll what is below the chart up."""
        for listed in self.query(Listed):
            listed.scroll_up(animate=False)
