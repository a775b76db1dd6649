"""The view of one's own work: what is to be answered, kept, done, and what came and went.

Every key for work does what it does in the queue. The view is read anew when anything happens to
a request, and every half minute.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.messages import Changed, Counted, Readers, Ruled, Ticked
from tui.board.reader_words import in_short
from tui.board.views.mine import asking
from tui.board.views.mine.listing import MineList
from tui.board.views.mine.sheet import number_of, sheet
from tui.board.views.view import ViewScreen
from tui.board.widgets.footer import ON_REQUESTS, Footer
from tui.board.widgets.header import Header
from tui.board.widgets.request_list import RequestList
from tui.board.widgets.rule import Rule
from tui.board.widgets.views import Views

if TYPE_CHECKING:
    from store.mine_records import MineView
    from store.records import BoardRow

_HINTS = ("reply", "resolve", "promise", "pull", "mine_section", "mine_back")
_ON_NOTHING = ("pull", "mine_back")


class MineScreen(ViewScreen):
    """One list in sections."""

    CSS_PATH: ClassVar[CSSPathType] = "mine.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WORK, Scope.MINE)]
    scope = Scope.MINE
    read_every = timedelta(seconds=30)

    def __init__(self) -> None:
        """Start before anything is known."""
        super().__init__()
        self.list = MineList()
        self.known: MineView | None = None

    def compose(self) -> ComposeResult:
        """Lay out the head, the list and the keys."""
        yield Header()
        yield Views()
        yield Rule("─")
        with Vertical(id="mine"):
            yield Static(id="titles", markup=False)
            yield self.list
        yield Rule("─")
        yield Footer()

    def on_mount(self) -> None:
        """Load."""
        self.list.notice = "Looking …"
        self.list.tell(self._board.telling)
        self.list.focus()
        self._tell_readers()
        self.load()

    def fit(self) -> None:
        """Fit the head and the foot; the list does it by itself."""
        self._tell_keys()
        self._show_views()

    # ------------------------------------------------------------------ what the store says

    async def read(self) -> None:
        """Read what is mine."""
        self.known = await asking.mine(self._board.link, self._board.me)

    @on(Changed)
    def _changed(self) -> None:
        self.load_soon()

    @on(Ruled)
    def _ruled(self) -> None:
        self.list.tell(self._board.telling)
        self.load_soon()

    @on(Ticked)
    def _ticked(self) -> None:
        self.list.tick()

    @on(Counted)
    def _counted(self) -> None:
        if self.children:
            self._show_views()

    @on(Readers)
    def _tell_readers(self) -> None:
        people = self._board.rules.people
        reading = self._board.readers.items()
        self.list.tell_readers({number: in_short(who, people) for number, who in reading})

    # ------------------------------------------------------------------ showing it

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the requests that actions are for: all marked, else the cursor's."""
        known = self.known.rows if self.known else {}
        return tuple(known[number] for number in self.list.targets() if number in known)

    def show(self) -> None:
        """Show what is known."""
        if self.known is None:
            return
        shown = sheet(self.known, self._board.clock.now(), self._board.zone)
        pull = self._board.keymap.first("pull")
        more = "" if self._board.me.read_only else f"\n{pull} takes the next best of the queue."
        self.list.notice = f"Nothing is yours.{more}"
        self.list.show_sheet(shown, self.known.rows)
        self._show_views()
        self._tell_keys()

    def _show_views(self) -> None:
        self.query_one(Views).show(self._board.around.views("view_mine"), Content(""))

    def _tell_keys(self) -> None:
        marked = len(self.list.rows.marked)
        hints = _HINTS if self.list.request is not None else _ON_NOTHING
        self._board.around.tell_footer(self, hints if not marked else ON_REQUESTS, marked)

    @on(RequestList.Laid)
    def _laid(self, event: RequestList.Laid) -> None:
        self.query_one("#titles", Static).update(Content(event.layout.titles()))

    @on(RequestList.Pointed)
    def _pointed(self) -> None:
        if self.children:
            self._tell_keys()

    @on(RequestList.Opened)
    def _opened(self, event: RequestList.Opened) -> None:
        if event.number > 0:
            self._board.going.open_request(number_of(event.number))

    # ------------------------------------------------------------------ what its keys do

    def do_mine_down(self) -> None:
        """Go to the next line."""
        self.list.move(1)

    def do_mine_up(self) -> None:
        """Go to the line above."""
        self.list.move(-1)

    def do_mine_page_down(self) -> None:
        """Go down a screenful."""
        self.list.move_page(1)

    def do_mine_page_up(self) -> None:
        """Go up a screenful."""
        self.list.move_page(-1)

    def do_mine_top(self) -> None:
        """Go to the first line."""
        self.list.go_to(0)

    def do_mine_bottom(self) -> None:
        """Go to the last line."""
        self.list.go_to(len(self.list.order) - 1)

    def do_mine_section(self) -> None:
        """Go to the next section."""
        self.list.go_to_section(1)

    def do_mine_section_back(self) -> None:
        """Go to the section before."""
        self.list.go_to_section(-1)

    def do_mine_mark(self) -> None:
        """Mark the request under the cursor, or take its mark away."""
        self.list.toggle_mark()

    def do_mine_open(self) -> None:
        """Open the request under the cursor."""
        if self.list.request is not None:
            self._board.going.open_request(self.list.request)

    def do_mine_back(self) -> None:
        """Drop the marks; without any, go back."""
        if self.list.rows.marked:
            self.list.unmark()
        else:
            self.dismiss(None)
