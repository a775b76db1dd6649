"""The view of fairness: how often urgency is claimed, how requests end, on whom it rests.

It counts weeks or a year, so it is read anew every few minutes and not with every change.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from store.rules.periods import Period
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.messages import Counted
from tui.board.screens import ink
from tui.board.views.fairness import asking
from tui.board.views.fairness.layout import Reader
from tui.board.views.fairness.words import page
from tui.board.views.view import ViewScreen
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from tui.board.views.fairness.asking import Figures

#: A year takes longer to count, and changes less in a minute.
_READ_EVERY = dict.fromkeys(Period, timedelta(minutes=1)) | {Period.YEAR: timedelta(minutes=10)}
_HINTS = ("fairness_down", "fairness_up", "fairness_period", "fairness_back")


class FairnessScreen(ViewScreen):
    """Tables of a period, and what their figures mean."""

    CSS_PATH: ClassVar[CSSPathType] = "fairness.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.FAIRNESS)]
    scope = Scope.FAIRNESS

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.known: Figures | None = None
        self.period = Period.TWELVE_WEEKS
        self.read_every = _READ_EVERY[self.period]

    def compose(self) -> ComposeResult:
        """Lay out the head, the page and the keys."""
        yield Header()
        yield Views()
        yield Rule("─")
        with VerticalScroll(id="page"):
            yield Static("  Counting …", id="figures", markup=False)
        yield Rule("─")
        yield Footer()

    def on_mount(self) -> None:
        """Load."""
        self.query_one("#page").focus()
        self.load()

    def fit(self) -> None:
        """Fit the page, its head and its foot."""
        self._board.around.tell_footer(self, _HINTS)
        self.show()

    async def read(self) -> None:
        """Count."""
        self.known = await asking.figures(self._board.link, self._board.me, self.period)

    @on(Counted)
    def _counted(self) -> None:
        if self.children:
            self._show_views()

    def show(self) -> None:
        """Show what is known."""
        self._show_views()
        if self.known is not None:
            reader = Reader(
                self._board.me,
                self._board.rules,
                self.size.width,
                self.known.period,
                self._board.keymap.first("resolve"),
            )
            self.query_one("#figures", Static).update(page(self.known, reader))

    def _show_views(self) -> None:
        behind = self.known is not None and self.known.period is not self.period
        right = Content.styled("counting … ", ink.MUTED) if behind else Content("")
        here = self._board.around.views("view_fairness")
        self.query_one(Views).show(here, right=right)

    # ------------------------------------------------------------------ what its keys do

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def do_fairness_down(self) -> None:
        """Scroll down a line."""
        self._page.scroll_down(animate=False)

    def do_fairness_up(self) -> None:
        """Scroll up a line."""
        self._page.scroll_up(animate=False)

    def do_fairness_page_down(self) -> None:
        """Scroll down a screenful."""
        self._page.scroll_page_down(animate=False)

    def do_fairness_page_up(self) -> None:
        """Scroll up a screenful."""
        self._page.scroll_page_up(animate=False)

    def do_fairness_top(self) -> None:
        """Go to the beginning."""
        self._page.scroll_home(animate=False)

    def do_fairness_bottom(self) -> None:
        """Go to the end."""
        self._page.scroll_end(animate=False)

    def do_fairness_period(self) -> None:
        """Count another period."""
        self.period = self.period.following
        self.read_every = _READ_EVERY[self.period]
        self._show_views()
        self.load()

    def do_fairness_back(self) -> None:
        """Go back."""
        self.dismiss(None)
