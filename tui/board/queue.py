"""The queue: the list of requests, the search in it, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from store.errors import DeskwatchError
from store.words import LIVE_STATES
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.failing import TellsFailures
from tui.board.messages import Ticked
from tui.board.order import Fixed, Order
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.request_list import RequestList
from tui.board.widgets.rule import Rule
from tui.board.widgets.side import Side, StatusLine
from tui.board.widgets.views_line import Filter, ViewsLine

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import BoardRow
    from tui.board.app import BoardApp
    from tui.board.index import Index

#: Requests that one search shows at most.
FOUND_AT_MOST = 2_000


class QueueScreen(TellsFailures, Screen[None]):
    """The board's first view. The app tells it what is new; it asks for the rows it shows."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WORK, Scope.QUEUE)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (112, "-wide")]  # noqa: RUF012 -- Textual's own

    scope = Scope.QUEUE

    def __init__(self) -> None:
        """Start without requests."""
        super().__init__()
        self.list = RequestList()
        self.index: Index | None = None
        """All live requests in order; None until it is read."""
        self._first: list[int] = []
        """The first page, which is shown until then."""
        self._found: list[int] | None = None
        """What the search has found; None: there is no search."""

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay out the lines at the top, the list with its side, the lines at the bottom."""
        yield Header()
        yield ViewsLine()
        yield Rule("┬")
        with Horizontal(id="body"):
            with Vertical(id="queue"):
                yield Static(id="titles", markup=False)
                yield self.list
            yield Side()
        yield StatusLine()
        yield Rule("┴")
        yield Footer()

    def on_mount(self) -> None:
        """Paint the skeleton first; only then open the store."""
        self.list.focus()
        self._board.around.tell()
        self._board.around.tell_keys()
        self.call_after_refresh(self._board.open_store)

    def on_resize(self) -> None:
        """Join the lines across the screen with the one beside the list; fit what is said."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if not self.children:  # the board was left before this was painted
            return
        side = self.query_one(Side)
        for rule in self.query(Rule):
            rule.join(side.outer_size.width if side.display else 0)
        self._board.around.tell()
        self._board.around.tell_keys()

    # ------------------------------------------------------------------ what it shows

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the requests that actions are for: all marked, else the cursor's."""
        rows = (self.list.rows.get(number) for number in self.list.targets())
        return tuple(row for row in rows if row is not None)

    @property
    def order(self) -> Order:
        """What the list is to show now."""
        if self._found is not None:
            live = self.index.only(self._found) if self.index else []
            over = set(self._found).difference(live)
            return Fixed([*live, *(number for number in self._found if number in over)])
        return Fixed(self._first) if self.index is None else self.index

    def show_first(self, rows: Iterable[BoardRow]) -> None:
        """Show the first page."""
        page = list(rows)
        self._first = [row.number for row in page]
        self.list.put(page)
        self.show_order()
        if self.typed:
            self.search()

    def show_index(self, index: Index) -> None:
        """Show all live requests; rows on the screen are read again."""
        again = self.index is not None
        self.index = index
        if again:
            self.list.rows.doubt()
        self.show_order()

    def take(self, rows: Iterable[BoardRow]) -> None:
        """Take requests as they are now: new ones, changed ones, ended ones."""
        changed = list(rows)
        if self.index is not None:
            for row in changed:
                if row.state in LIVE_STATES:
                    self.index.put_row(row)
                else:
                    self.index.drop(row.number)
        self.list.put(changed)
        self.show_order()
        if self._found is not None:
            self.search()

    def show_order(self) -> None:
        """Show the order as it is now."""
        order = self.order
        self._tell_emptiness(order)
        self.list.show(order)
        self._board.around.tell()

    def _tell_emptiness(self, order: Order) -> None:
        """Say what to do where there is nothing to see."""
        notice = ""
        if not len(order) and self._found is not None:
            notice = f"Nothing is found.\n{self._board.keymap.first('clear')} drops the search."
        elif not len(order) and self.index is not None:
            notice = "Nothing waits for the desk.\nNew mail shows here by itself."
        self.list.notice = notice

    @on(Ticked)
    def _ticked(self, event: Ticked) -> None:
        if self.index is not None:
            if self.index.until is not None and event.now >= self.index.until:
                self.index.until = None
                self._board.link.reindex()
            if self.index.advance(event.now):
                self.show_order()
        self.list.tick()

    @on(RequestList.Laid)
    def _laid(self, event: RequestList.Laid) -> None:
        self.query_one("#titles", Static).update(Content(event.layout.titles()))

    # ------------------------------------------------------------------ rows it lacks

    @on(RequestList.Needs)
    @work(exclusive=True, group="rows", exit_on_error=False)
    async def _load(self) -> None:
        """Read the rows that are on the screen, or next to it; those needed last come first."""
        missing = self.list.missing()

        def read(desk: Desk) -> dict[int, BoardRow]:
            from store import queries

            return queries.rows(desk, missing)

        try:
            rows = await self._board.link.ask(read)
        except DeskwatchError:
            return  # the header says that the store is away; they are asked for again
        self.list.put(rows.values())

    # ------------------------------------------------------------------ the search

    @property
    def typed(self) -> str:
        """What is typed in the search."""
        return self.query_one(Filter).value.strip()

    def do_filter(self) -> None:
        """Begin or go on with a search."""
        field = self.query_one(Filter)
        field.display = True
        self.query_one(ViewsLine).add_class("-filtering")
        field.focus()

    @on(Input.Changed, "#filter")
    def search(self) -> None:
        """Look for what is typed, while it is typed."""
        if not self.typed:
            self._found = None
            self.show_order()
        elif self._board.is_open:  # else it begins when the first requests are there
            self._search()

    @work(exclusive=True, group="search", exit_on_error=False)
    async def _search(self) -> None:
        typed, me = self.typed, self._board.me.login

        def find(desk: Desk) -> list[int]:
            from store import queries

            return queries.search(desk, typed, FOUND_AT_MOST, me)

        try:
            found = await self._board.link.ask(find)
        except DeskwatchError as problem:
            self._board.say(str(problem), refused=True)
            return
        if typed == self.typed:
            self._found = found
            self.show_order()

    @property
    def found(self) -> int | None:
        """How many the search has found; None without one."""
        return None if self._found is None else len(self._found)

    @on(Filter.Left)
    def _back_to_list(self) -> None:
        self.list.focus()
        if not self.typed:
            self._drop_filter()

    @on(Filter.Dropped)
    def _drop_filter(self) -> None:
        field = self.query_one(Filter)
        field.value = ""
        field.display = False
        self.query_one(ViewsLine).remove_class("-filtering")
        self._found = None
        self.list.focus()
        self.show_order()

    # ------------------------------------------------------------------ what its keys do

    def do_clear(self) -> None:
        """Drop the filter; without one, the marks."""
        if self._found is not None or self.query_one(Filter).display:
            self._drop_filter()
        else:
            self.list.unmark()

    def do_down(self) -> None:
        """Go to the next request."""
        self.list.move(1)

    def do_up(self) -> None:
        """Go to the request above."""
        self.list.move(-1)

    def do_page_down(self) -> None:
        """Go down a screenful."""
        self.list.move_page(1)

    def do_page_up(self) -> None:
        """Go up a screenful."""
        self.list.move_page(-1)

    def do_top(self) -> None:
        """Go to the first request."""
        self.list.go_to(0)

    def do_bottom(self) -> None:
        """Go to the last request."""
        self.list.go_to(len(self.list.order) - 1)

    def do_mark(self) -> None:
        """Mark the request under the cursor, or take its mark away."""
        self.list.toggle_mark()

    def do_open(self) -> None:
        """Open the request under the cursor."""
        if self.list.cursor is not None:
            self._board.going.open_request(self.list.cursor)

    @on(RequestList.Opened)
    def _opened(self, event: RequestList.Opened) -> None:
        self._board.going.open_request(event.number)

    def do_quit(self) -> None:
        """Leave the board."""
        self._board.going.leave()

    @on(RequestList.Pointed)
    def _pointed(self) -> None:
        self._board.around.tell_keys()
