"""One request: its conversation, facts, clocks and history, live.

The screen holds a record of the request and shows it; everything that changes the request
goes through the board's actions. It asks the store again when the request has changed, and
then keeps what is on screen where it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.types import CSSPathType
from textual.widgets import Static

from store.errors import DeskwatchError
from store.records import BoardRow, RequestView
from store.words import Direction
from tui.board.actions import Scope, bindings
from tui.board.messages import Changed, Readers, Ticked
from tui.board.screens import asking, clocks, facts, history
from tui.board.screens.conversation import Conversation
from tui.board.screens.heading import WIDE, Heading
from tui.board.screens.labelled import Labelled
from tui.board.screens.original import OriginalScreen
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header

if TYPE_CHECKING:
    from tui.board.app import BoardApp


#: Keys the last line tells, as many as fit.
HINTS = ("claim", "assign", "note", "resolve", "unfold", "next", "history")


class RequestScreen(Screen[None]):
    """The request ``number``; next and previous go through the queue without leaving."""

    CSS_PATH: ClassVar[CSSPathType] = "request.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WORK, Scope.REQUEST)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 -- Textual's own

    def __init__(self, number: int) -> None:
        """Show request ``number``."""
        super().__init__()
        self.number = number
        self.view: RequestView | None = None

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the request that actions are for; until it is loaded, as the queue shows it."""
        row = self.view.row if self.view else self._board.queue.list.rows.get(self.number)
        return (row,) if row else ()

    def compose(self) -> ComposeResult:
        """Lay out the head, the conversation, what stands beside it, and the keys."""
        yield Header()
        yield Heading()
        yield Static(id="brief")
        with Horizontal(id="body"):
            yield Conversation()
            with VerticalScroll(id="side"):
                yield Labelled(facts.LABEL_WIDTH, id="facts")
                yield Static(Content("CLOCKS"), classes="caption")
                yield Labelled(clocks.LABEL_WIDTH, id="clocks")
                yield Static(Content("HISTORY"), classes="caption")
                yield Labelled(history.LABEL_WIDTH, id="history")
        yield Footer()

    def on_mount(self) -> None:
        """Load, and tell the other boards."""
        self.query_one(Conversation).focus()
        self.go_to(self.number)

    def on_unmount(self) -> None:
        """Say that nobody looks any more."""
        self._board.look_at(None)

    # ------------------------------------------------------------------ what the store says

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        if self.number in event.numbers:
            self.load()

    @work(exclusive=True, group="load", exit_on_error=False)
    async def load(self) -> None:
        """Ask the store for the request and show it."""
        try:
            view = await asking.request(self._board.link, self.number)
        except DeskwatchError as problem:
            self.notify(str(problem), severity="warning", markup=False)
            if self.view is None:
                self.dismiss(None)  # there is nothing to show
            else:
                self.number = self.view.row.number
        else:
            await self.show(view)

    @on(Readers)
    def _show_readers(self) -> None:
        rules = self._board.rules
        logins = self._board.readers.get(self.number, ())
        names = [facts.person(login, rules) for login in logins]
        self.query_one(Heading).tell_readers(names)

    # ------------------------------------------------------------------ showing it

    async def show(self, view: RequestView) -> None:
        """Show ``view``; what is scrolled and unfolded stays."""
        conversation = self.query_one(Conversation)
        now, tz = self._board.clock.now(), ZoneInfo(self._board.rules.timezone)
        with self.app.batch_update():
            if self.view and self.view.row.number != view.row.number:
                await conversation.clear()
            self.view = view
            self._show_words(now)
            self.query_one("#history", Labelled).show(history.rows(view.history, now, tz))
            await conversation.show(view.messages, now, tz)

    @on(Ticked)
    def _ticked(self, event: Ticked) -> None:
        self._show_clocks(event.now)

    def on_resize(self) -> None:
        """Give head and foot the words that fit the new width."""
        self._show_words(self._board.clock.now())
        self.call_after_refresh(self._tell_around)

    def _tell_around(self) -> None:
        if self.children:  # there are none any more if the screen was left before it was painted
            self._board.around.tell_headers((self,))
            self.query_one(Footer).tell(HINTS, self._board.keymap, marked=0)

    def _show_words(self, now: datetime) -> None:
        if self.view:
            self.query_one(Heading).show(self.view, self._board.rules)
            self.query_one("#facts", Labelled).show(facts.rows(self.view, self._board.rules, now))
            self._show_clocks(now)

    def _show_clocks(self, now: datetime) -> None:
        if self.view:
            rules = self._board.rules
            self.query_one("#clocks", Labelled).show(clocks.rows(self.view, rules, now))
            brief = [clocks.line(self.view, rules, now), facts.line(self.view, rules, now)]
            self.query_one("#brief", Static).update(Content("\n").join(brief))

    # ------------------------------------------------------------------ what its keys do

    @property
    def _scroller(self) -> VerticalScroll:
        on_side = self.has_class("-history")
        return self.query_one("#side" if on_side else "Conversation", VerticalScroll)

    def go_to(self, number: int) -> None:
        """Show another request instead."""
        self.number = number
        self._board.look_at(number)
        self._show_readers()
        self.load()

    def _go(self, step: int) -> None:
        number = self._board.neighbour(self.number, step)
        if number is None:
            end = "last" if step > 0 else "first"
            self.notify(f"#{self.number} is the {end} request of the queue.", markup=False)
        else:
            self.go_to(number)

    def do_back(self) -> None:
        """Go back to the queue."""
        self.dismiss(None)

    def do_next(self) -> None:
        """Show the next request of the queue."""
        self._go(1)

    def do_previous(self) -> None:
        """Show the request above in the queue."""
        self._go(-1)

    def do_unfold(self) -> None:
        """Unfold what is quoted, or fold it again."""
        self.run_worker(self.query_one(Conversation).toggle_folds(), exit_on_error=False)

    def do_history(self) -> None:
        """Go over to facts and history, or back to the conversation."""
        self.toggle_class("-history")
        self._scroller.focus()

    async def do_original(self) -> None:
        """Show the newest mail of the requester as it came."""
        messages = self.view.messages if self.view else ()
        mails = [each for each in messages if each.direction is Direction.IN]
        if not mails:
            self.notify(f"#{self.number} did not come by mail.", markup=False)
            return
        try:
            raw = await asking.original(self._board.link, mails[-1].id)
        except DeskwatchError as problem:
            self.notify(str(problem), severity="warning", markup=False)
        else:
            self.app.push_screen(OriginalScreen(raw, mails[-1]))

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
