"""One request: its conversation, facts, clocks and history, live.

The screen holds a record of the request and shows it; everything that changes the request
goes through the board's actions. It asks the store again when the request has changed, and
then keeps what is on screen where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.types import CSSPathType
from textual.widgets import Static

from store.clock import Clock
from store.errors import DeskwatchError
from store.records import BoardRow, RequestView
from store.rulebook import Rulebook
from tui.board.screens import clocks, facts, history
from tui.board.screens.conversation import Conversation
from tui.board.screens.heading import Heading

#: How often the screen says that somebody looks at it, and asks who else does.
PRESENCE_S = 5.0
#: How often the clocks' words are made anew; they count in minutes.
TICK_S = 1.0


class Source(Protocol):
    """Where the screen gets what it shows. Calls return when the store has answered."""

    rules: Rulebook
    clock: Clock

    async def request(self, number: int) -> RequestView:
        """Return the request; NotFound if there is none."""
        ...

    async def original(self, message_id: int) -> bytes:
        """Return the kept bytes of a message's mail; NotFound if it was none."""
        ...

    async def looking(self, number: int | None) -> Sequence[str]:
        """Say that this board shows ``number`` (None: no more); return who else does."""
        ...


class RequestScreen(Screen[None]):
    """The request ``number``."""

    CSS_PATH: ClassVar[CSSPathType] = "request.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 -- Textual's own

    def __init__(self, number: int, source: Source) -> None:
        """Show request ``number`` out of ``source``."""
        super().__init__()
        self.number = number
        self.view: RequestView | None = None
        self._source = source

    def compose(self) -> ComposeResult:
        """Lay out the head, the conversation, and what stands beside it."""
        yield Heading()
        yield Static(id="brief")
        with Horizontal(id="body"):
            yield Conversation()
            with VerticalScroll(id="side"):
                yield Static(id="facts")
                yield Static(Content("CLOCKS"), classes="caption")
                yield Static(id="clocks")
                yield Static(Content("HISTORY"), classes="caption")
                yield Static(id="history")

    def on_mount(self) -> None:
        """Load, and keep the clocks and the readers up to date."""
        self.query_one(Conversation).focus()
        self.load()
        self.tell_presence()
        self.set_interval(TICK_S, self._show_clocks)
        self.set_interval(PRESENCE_S, self.tell_presence)

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the request an action is for; none before it is loaded."""
        return (self.view.row,) if self.view else ()

    # ------------------------------------------------------------------ what the store says

    @work(exclusive=True, group="load", exit_on_error=False)
    async def load(self) -> None:
        """Ask the store for the request and show it."""
        try:
            view = await self._source.request(self.number)
        except DeskwatchError as problem:
            self.notify(str(problem), severity="warning", markup=False)
            return
        if view.row.number == self.number:
            await self.show(view)

    @work(exclusive=True, group="presence", exit_on_error=False)
    async def tell_presence(self) -> None:
        """Say that somebody looks at this request, and show who else does."""
        names = await self._source.looking(self.number)
        self.query_one(Heading).tell_readers(names)

    async def show(self, view: RequestView) -> None:
        """Show ``view``; what is scrolled and unfolded stays."""
        self.view = view
        now, tz = self._source.clock.now(), ZoneInfo(self._source.rules.timezone)
        self._show_facts()
        self.query_one("#history", Static).update(history.column(view.history, now, tz))
        await self.query_one(Conversation).show(view.messages, now, tz)

    def _show_facts(self) -> None:
        if self.view is None:
            return
        rules, now = self._source.rules, self._source.clock.now()
        self.query_one(Heading).show(self.view, rules)
        self.query_one("#facts", Static).update(facts.column(self.view, rules, now))
        self._show_clocks()

    def _show_clocks(self) -> None:
        if self.view is None:
            return
        rules, now = self._source.rules, self._source.clock.now()
        self.query_one("#clocks", Static).update(clocks.column(self.view, rules, now))
        brief = Content("\n").join(
            [clocks.line(self.view, rules, now), facts.line(self.view, rules, now)]
        )
        self.query_one("#brief", Static).update(brief)

    def on_resize(self) -> None:
        """Give the head the words that fit the new width."""
        self.call_after_refresh(self._show_facts)
