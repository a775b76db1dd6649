"""The view of fairness: how often urgency is claimed, and how often it is there.

It counts three months, so it is read anew every minute and not with every change.
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
from store.words import Role
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.failing import TellsFailures
from tui.board.messages import Counted, Ticked
from tui.board.views.fairness import asking
from tui.board.views.fairness.words import page
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from store.fairness_records import ClaimsView
    from tui.board.app import BoardApp

_READ_EVERY = timedelta(minutes=1)
_HINTS = ("fairness_down", "fairness_up", "fairness_back")
#: From here on the screen is wide.
_WIDE_FROM = 100


class FairnessScreen(TellsFailures, Screen[None]):
    """One table, and what its figures mean."""

    CSS_PATH: ClassVar[CSSPathType] = "fairness.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.FAIRNESS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE_FROM, "-wide")]  # noqa: RUF012 -- Textual's own
    scope = Scope.FAIRNESS

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.known: ClaimsView | None = None
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
            yield Static("  Counting …", id="claims", markup=False)
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
            self.known = await asking.claims(self._board.link, self._board.me)
        except DeskwatchError as problem:
            if self.known is None:
                self.notify(str(problem), severity="warning", markup=False)
            return  # the header says that the store is away; it is counted again in a minute
        finally:
            self.ready = True
        if self.children:
            self._show()

    @on(Ticked)
    def _ticked(self) -> None:
        since = self._read_at
        if since is not None and self._board.clock.now() - since >= _READ_EVERY:
            self.load()

    @on(Counted)
    def _counted(self) -> None:
        if self.children:
            self._show_views()

    def _show(self) -> None:
        self._show_views()
        if self.known is not None:
            lead = self._board.me.role is Role.LEAD
            told = page(self.known, self._board.rules, self.size.width, lead=lead)
            self.query_one("#claims", Static).update(told)

    def _show_views(self) -> None:
        self.query_one(Views).show(self._board.around.views("view_fairness"), Content(""))

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

    def do_fairness_back(self) -> None:
        """Go back."""
        self.dismiss(None)
