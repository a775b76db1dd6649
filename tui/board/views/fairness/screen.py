"""The view of fairness: how often urgency is claimed, how requests end, on whom it rests.

It counts weeks or a year, so it is read anew every few minutes and not with every change.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.types import CSSPathType
from textual.widgets import Static

from store.errors import DeskwatchError
from store.rules.periods import Period
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.failing import TellsFailures
from tui.board.messages import Counted, Ticked
from tui.board.screens import ink
from tui.board.views.fairness import asking
from tui.board.views.fairness.layout import Reader
from tui.board.views.fairness.words import page
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from tui.board.app import BoardApp
    from tui.board.views.fairness.asking import Figures

#: A year takes longer to count, and changes less in a minute.
_READ_EVERY = dict.fromkeys(Period, timedelta(minutes=1)) | {Period.YEAR: timedelta(minutes=10)}
_HINTS = ("fairness_down", "fairness_up", "fairness_period", "fairness_back")
#: From here on the screen is wide.
_WIDE_FROM = 100


class FairnessScreen(TellsFailures, Screen[None]):
    """Tables of a period, and what their figures mean."""

    CSS_PATH: ClassVar[CSSPathType] = "fairness.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.FAIRNESS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE_FROM, "-wide")]  # noqa: RUF012 -- Textual's own
    scope = Scope.FAIRNESS

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.known: Figures | None = None
        self.period = Period.TWELVE_WEEKS
        self.ready = False
        self._read_at: datetime | None = None

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

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

    def on_resize(self) -> None:
        """Fit everything to the new size."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.children:  # there are none any more if the view was left before it was painted
            self._board.around.tell_headers((self,))
            self._board.around.tell_footer(self, _HINTS)
            self._show()

    @work(exclusive=True, group="load", exit_on_error=False)
    async def load(self) -> None:
        """Count, and show it."""
        self._read_at = self._board.clock.now()
        try:
            self.known = await asking.figures(self._board.link, self._board.me, self.period)
        except DeskwatchError as problem:
            if self.known is None:
                self.notify(str(problem), severity="warning", markup=False)
            self._read_at = None
            return  # the header says that the store is away; it is counted when that is over
        finally:
            self.ready = True
        if self.children:
            self._show()

    @on(Ticked)
    def _ticked(self) -> None:
        since = self._read_at
        if since is not None and self._board.clock.now() - since >= _READ_EVERY[self.period]:
            self.load()

    @on(Counted)
    def _counted(self) -> None:
        if self._read_at is None:
            self.load()
        if self.children:
            self._show_views()

    def _show(self) -> None:
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
        self._show_views()
        self.load()

    def do_fairness_back(self) -> None:
        """Go back."""
        self.dismiss(None)
