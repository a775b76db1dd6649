"""The view of end-runs: the figures of a period, and the requests behind each of them.

The figures are read anew when the counts beside the queue say that there are others, and every
minute; those that take longest come after the rest.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from store.end_run_records import Part, Period, RunRow
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.messages import Changed, Counted, Ruled
from tui.board.screens import ink
from tui.board.views.end_runs import asking, words
from tui.board.views.end_runs.judging import JudgingScreen
from tui.board.views.end_runs.lines import (
    Known,
    Setting,
    figure_of,
    figures,
    key_of,
    number_of,
    requests,
)
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.listed import Line, Listed
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from store.records import EndRunCounts

_ON_FIGURES = ("runs_open", "runs_period", "runs_log", "runs_undo", "runs_back")
_ON_REQUEST = ("runs_open", "runs_redirect", "runs_period", "runs_undo", "runs_back")
_ON_PROBABLE = ("runs_yes", "runs_no", "runs_open", "runs_redirect", "runs_undo", "runs_back")


class EndRunsScreen(JudgingScreen):
    """One list: of figures, or of requests."""

    CSS_PATH: ClassVar[CSSPathType] = "end_runs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.END_RUNS)]
    scope = Scope.END_RUNS
    read_every = timedelta(minutes=1)

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.known: Known | None = None
        self.period = Period.WEEK
        self.figure: tuple[Part, str] | None = None
        """Whose requests are listed; None: the figures are shown."""
        self.listed: list[RunRow] = []
        self._had_lines: set[int] = set()
        """Requests that have had a line: what is taken back may give them one again."""
        self._counts: tuple[EndRunCounts, object] | None = None
        """Of the end-runs, as they were when the figures were read."""

    def compose(self) -> ComposeResult:
        """Lay out the head, the list and the keys."""
        yield Header()
        yield Views()
        yield Rule("─")
        yield Listed()
        yield Rule("─")
        yield Static(id="told", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Load."""
        self.query_one(Listed).focus()
        self.load()

    # ------------------------------------------------------------------ what the store says

    async def read(self) -> None:
        """Read everything, and show it as it comes: what is read most quickly first."""
        link, me, period = self._board.link, self._board.me, self.period
        self._counts = self._counted_now()
        seen = await asking.figures(link, me, period)
        if self.is_wanted_anew:
            return
        if self.known is None or self.known.figures.period != period:
            self.known = Known(seen)
        known = self.known = replace(self.known, figures=seen)
        if self.figure is not None:
            self.listed = await asking.listed(link, me, period, *self.figure)
        self.show()
        if self.is_wanted_anew:
            return
        known = replace(known, doors=await asking.doors(link, period))
        if self.is_wanted_anew:
            return
        self.known = replace(known, converted=await asking.converted(link, period))

    def _counted_now(self) -> tuple[EndRunCounts, object] | None:
        counted = self._board.around.counted
        summary = counted.summary if counted else None
        return None if summary is None else (summary.end_runs, summary.end_runs_week)

    @on(Counted)
    def _counted(self) -> None:
        if self._counted_now() != self._counts:
            self.load_soon()
        elif self.children:
            self._show_views()

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        if not event.numbers.isdisjoint(self._had_lines):
            self.load_soon()

    @on(Ruled)
    def _ruled(self) -> None:
        self.load_soon()

    # ------------------------------------------------------------------ showing it

    def show(self) -> None:
        """Show what is known."""
        if not self.children:
            return
        self._show_views()
        shown = self.query_one(Listed)
        if self.known is None:
            shown.show_lines([Line(Content.styled("Counting …", ink.MUTED))])
            return
        board = self._board
        setting = Setting(board.me, board.telling.names, board.clock.now(), board.zone, shown.cells)
        if self.figure is None:
            some = [*self.known.figures.to_confirm]
            lines = figures(self.known, setting)
        else:
            some = self.listed
            lines = [*requests(some, setting)] or [Line(Content.styled("None.", ink.MUTED))]
        self.on_lines = {one.row.number: one for one in some}
        self._had_lines.update(self.on_lines)
        entering = self.figure is not None and figure_of(shown.key) is not None
        shown.show_lines(lines)
        if entering:
            shown.go_to_end(first=True)

    def _show_views(self) -> None:
        key = self._board.keymap.first("runs_period")
        period = Content.assemble((key, ink.KEY), (f" {words.PERIODS[self.period]} ", "bold"))
        views = self._board.around.views("view_end_runs")
        self.query_one(Views).show(views, Content(""), period)

    @on(Listed.Pointed)
    def _pointed(self, event: Listed.Pointed) -> None:
        event.stop()
        if not self.children:
            return
        number = number_of(self.query_one(Listed).key)
        run = self.on_lines.get(number) if number is not None else None
        hints: tuple[str, ...] = _ON_FIGURES if run is None else _ON_REQUEST
        if run is not None and run.row.end_run_certainty == "probable":
            hints = _ON_PROBABLE
        self._board.around.tell_footer(self, hints)
        self.query_one("#told", Static).update(Content(self._told()))

    def _told(self) -> str:
        """Return what the list is of."""
        if self.known is None:
            return ""
        if self.figure is not None:
            return words.listed(self.figure, len(self.listed), self.period, self._name_of_it())
        return words.bound(self.known.figures)

    def _name_of_it(self) -> str:
        part, key = self.figure or (Part.ALL, "")
        seen = self.known.figures if self.known else None
        if part is Part.PERSON:
            return self._board.telling.names.person(key)
        tallies = {Part.REQUESTER: "requesters", Part.DEPARTMENT: "departments"}.get(part, "")
        found = getattr(seen, tallies, ()) if tallies else ()
        return next((one.name for one in found if one.key == key), "")

    @on(Listed.Opened)
    async def _opened(self, event: Listed.Opened) -> None:
        event.stop()
        await self._board.action_perform("runs_open")

    # ------------------------------------------------------------------ what its keys do

    def do_runs_open(self) -> None:
        """Open the request under the cursor, or list those behind the figure."""
        key = self.query_one(Listed).key
        number = number_of(key)
        if number is not None:
            self._board.going.open_request(number)
        elif key and (figure := figure_of(key)) is not None:
            self.figure, self.listed = figure, []
            self.load()

    def do_runs_back(self) -> None:
        """Go back to the figures; from there, to where one came from."""
        if self.figure is None:
            self.dismiss(None)
            return
        at = key_of(*self.figure)
        self.figure = None
        self.show()
        self.query_one(Listed).go_to(at)

    def do_runs_period(self) -> None:
        """Look further back; after the longest, at this week."""
        periods = [*Period]
        self.period = periods[(periods.index(self.period) + 1) % len(periods)]
        self.load()
        self._show_views()

    def do_runs_down(self) -> None:
        """Go to the next line; past the last one, on to what stands below it."""
        self.query_one(Listed).step(1)

    def do_runs_up(self) -> None:
        """Go to the line above."""
        self.query_one(Listed).step(-1)

    def do_runs_page_down(self) -> None:
        """Go down a screenful."""
        self.query_one(Listed).page(1)

    def do_runs_page_up(self) -> None:
        """Go up a screenful."""
        self.query_one(Listed).page(-1)

    def do_runs_top(self) -> None:
        """Go to the first line."""
        self.query_one(Listed).go_to_end(first=True)

    def do_runs_bottom(self) -> None:
        """Go to the last line."""
        self.query_one(Listed).go_to_end(first=False)
