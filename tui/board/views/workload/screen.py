"""The view of workload: who has how much, and moving it from one to another.

It is read anew whenever requests change or the counts beside the queue are taken, at most a few
times a second.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.messages import Changed, Counted, Readers, Ruled, Ticked, Unmarked
from tui.board.reader_words import in_short
from tui.board.views.view import ViewScreen
from tui.board.views.workload import asking, words
from tui.board.views.workload.columns import Columns
from tui.board.views.workload.place import Place
from tui.board.views.workload.words import Setting
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from store.records import BoardRow
    from store.workload_records import Workload

_ON_REQUESTS = (
    "workload_even",
    "workload_to_left",
    "workload_to_right",
    "assign",
    "workload_mark",
    "undo",
)
_ON_NOTHING = ("workload_even", "workload_left", "workload_right", "workload_back")
_ON_LOOKING = ("workload_left", "workload_right", "workload_open", "workload_back")
#: Further down than any column goes.
_END = 1_000_000


class WorkloadScreen(ViewScreen):
    """A line with everybody, and a column each of those who fit."""

    CSS_PATH: ClassVar[CSSPathType] = "workload.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WORK, Scope.WORKLOAD)]
    scope = Scope.WORKLOAD

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.known: list[Workload] | None = None
        self._minute: datetime | None = None

    @property
    def columns(self) -> Columns:
        """The columns."""
        return self.query_one(Columns)

    def compose(self) -> ComposeResult:
        """Lay out the head, everybody, the columns and the keys."""
        yield Header()
        yield Views()
        yield Rule("─")
        yield Static("", id="everybody", markup=False)
        yield Columns()
        yield Rule("─")
        yield Footer()

    def on_mount(self) -> None:
        """Load; the cursor begins in my own column."""
        self.columns.place = Place(login=self._board.me.login)
        self.columns.focus()
        self.load()

    # ------------------------------------------------------------------ what the store says

    @on(Ruled)
    def _ruled(self) -> None:
        if self.children:
            self.columns.tick()
        self._changed()

    @on(Changed)
    @on(Counted)
    def _changed(self) -> None:
        self.load_soon()

    async def read(self) -> None:
        """Read who has how much."""
        self.known = await asking.workload(self._board.link, self._board.me)

    @on(Ticked)
    def _ticked(self, event: Ticked) -> None:
        minute = event.now.replace(second=0, microsecond=0)
        if minute != self._minute and self.children:
            self._minute = minute
            self.columns.tick()

    @on(Readers)
    def _readers(self) -> None:
        if self.children:
            self.columns.tick()

    # ------------------------------------------------------------------ showing it

    def show(self) -> None:
        """Show what is known."""
        self.query_one(Views).show(self._board.around.views("view_workload"), Content(""))
        if self.known is not None:
            self.columns.show(self.known, self._setting)

    def _setting(self) -> Setting:
        board = self._board
        people = board.rules.people
        readers = {number: in_short(who, people) for number, who in board.readers.items()}
        telling = board.telling
        return Setting(telling.names, telling, board.clock.now(), board.zone, readers)

    @on(Columns.Pointed)
    def _pointed(self, event: Columns.Pointed) -> None:
        event.stop()
        if not self.children:
            return
        columns = self.columns
        hints: tuple[str, ...] = _ON_REQUESTS if columns.row is not None else _ON_NOTHING
        if self._board.me.read_only:
            hints = _ON_LOOKING
        self._board.around.tell_footer(self, hints, len(columns.marked))
        if columns.people:
            line = words.everybody(
                columns.people, columns.shown, self._setting(), self.size.width - 1
            )
            self.query_one("#everybody", Static).update(line, layout=False)

    @on(Columns.Opened)
    def _opened(self, event: Columns.Opened) -> None:
        event.stop()
        self._board.going.open_request(event.number)

    # ------------------------------------------------------------------ what actions are for

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the requests that actions are for: all marked, else the cursor's."""
        return tuple(row for _, row in self.columns.targets())

    @on(Unmarked)
    def _unmarked(self, event: Unmarked) -> None:
        if self.children:
            self.columns.unmark(event.numbers)

    # ------------------------------------------------------------------ what its keys do

    def do_workload_even(self) -> None:
        """Propose how the loads could be evened out."""
        self._board.begin(self._board.backstage.moving.even_out(), "workload_even")

    def do_workload_to_left(self) -> None:
        """Give them to whoever stands to the left."""
        self._give(-1)

    def do_workload_to_right(self) -> None:
        """Give them to whoever stands to the right."""
        self._give(1)

    def _give(self, by: int) -> None:
        people = self.columns.people
        columns = {one.login: column for column, one in enumerate(people)}
        # By who has them now: a second key may come before the columns show the first one's move.
        shown, standing = self.columns.targets(), self._board.backstage.live.standing
        targets = [
            (columns.get(row.assignee, column), row)
            for (column, _), row in zip(shown, standing.of(self.rows()), strict=True)
        ]
        to = {
            row.number: people[column + by]
            for column, row in targets
            if 0 <= column + by < len(people) and not people[column + by].gone
        }
        if not to:
            side = "left" if by < 0 else "right"
            self._board.say(f"Nobody stands to the {side}", refused=True)
            return
        rows = [row for _, row in targets if row.number in to]
        self._board.begin(self._board.backstage.moving.give(rows, to), "workload_give")

    def do_workload_down(self) -> None:
        """Go to the next request."""
        self.columns.step(1)

    def do_workload_up(self) -> None:
        """Go to the request above."""
        self.columns.step(-1)

    def do_workload_left(self) -> None:
        """Go to the person to the left."""
        self.columns.across(-1)

    def do_workload_right(self) -> None:
        """Go to the person to the right."""
        self.columns.across(1)

    def do_workload_page_down(self) -> None:
        """Go down a screenful."""
        self.columns.page(1)

    def do_workload_page_up(self) -> None:
        """Go up a screenful."""
        self.columns.page(-1)

    def do_workload_top(self) -> None:
        """Go to the first request."""
        self.columns.end(0)

    def do_workload_bottom(self) -> None:
        """Go to the last request."""
        self.columns.end(_END)

    def do_workload_open(self) -> None:
        """Open the request under the cursor."""
        if self.columns.row is not None:
            self._board.going.open_request(self.columns.row.number)

    def do_workload_mark(self) -> None:
        """Mark the request under the cursor, or take its mark away."""
        self.columns.toggle_mark()

    def do_workload_back(self) -> None:
        """Drop the marks; without any, go back."""
        if self.columns.marked:
            self.columns.unmark()
        else:
            self.dismiss(None)
