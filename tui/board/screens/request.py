"""One request: its conversation, facts, clocks and history, live.

The screen holds a record of the request and shows it; everything that changes the request
goes through the board's actions. It asks the store again when the request has changed, and
then keeps what is on screen where it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from store.errors import DeskwatchError
from store.records import BoardRow, RequestView
from store.words import Delivery, Direction
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.messages import Changed, Counted, Readers, Ticked
from tui.board.reader_words import in_words
from tui.board.screens import asking, clocks, facts, history
from tui.board.screens.conversation import Conversation
from tui.board.screens.heading import WIDE, Heading
from tui.board.screens.labelled import Labelled
from tui.board.screens.original import OriginalScreen
from tui.board.screens.scrolling import ScrollingScreen
from tui.board.screens.talk import Talk
from tui.board.screens.turns import Turns
from tui.board.widgets.footer import Footer
from tui.board.widgets.header import Header

if TYPE_CHECKING:
    from tui.board.app import BoardApp
    from tui.board.reply.draft import Answer


#: Keys the last line tells, as many as fit; and those while a reply is written.
HINTS = ("reply", "claim", "assign", "note", "resolve", "unfold", "next", "history")
HINTS_WRITING = (
    "reply_send",
    "reply_leave",
    "reply_edit",
    "reply_canned",
    "reply_attach",
    "reply_read_up",
)


#: A mail goes on from here without anybody doing anything.
_ON_ITS_WAY = {Delivery.PENDING, Delivery.SENDING}


class RequestScreen(ScrollingScreen):
    """The request ``number``; next and previous go through the queue without leaving."""

    CSS_PATH: ClassVar[CSSPathType] = ["request.tcss", "../reply/reply.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.WORK, Scope.REQUEST)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 -- Textual's own

    scope = Scope.REQUEST

    def __init__(self, number: int, *, writing: bool = False) -> None:
        """Show request ``number``, with a reply begun if ``writing``."""
        super().__init__()
        self.number = number
        self.view: RequestView | None = None
        self.ready = not writing
        """Whether keys have their place; one that is typed sooner waits a moment."""
        self._writes = writing
        self._loads = Turns(self._load_once)
        self._draft_left = False
        """A draft was left just now: the next key that goes back asks about it."""

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    @property
    def awaits_text(self) -> bool:
        """Whether a reply was begun that has no field yet, for the request is still loaded."""
        return self._writes

    @property
    def _loaded(self) -> RequestView | None:
        """The request this is about; None while another one is still shown, or none."""
        return self.view if self.view and self.view.row.number == self.number else None

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the request that actions are for; until it is loaded, as the queue shows it."""
        view = self._loaded
        row = view.row if view else self._board.queue.list.rows.get(self.number)
        return (row,) if row else ()

    def compose(self) -> ComposeResult:
        """Lay out the head, the conversation, what stands beside it, and the keys."""
        yield Header()
        yield Heading()
        yield Static(id="brief")
        with Horizontal(id="body"):
            yield Talk()
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
        self.query_one(Talk).number = self.number
        self.go_to(self.number)

    def on_unmount(self) -> None:
        """Say that nobody looks any more."""
        self._board.look_at(None)

    # ------------------------------------------------------------------ what the store says

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        if self.number in event.numbers:
            self.load()

    @on(Counted)
    def _counted(self) -> None:
        """Look whether a mail that is on its way has gone out; that is no event of its own."""
        messages = self.view.messages if self.view else ()
        if any(each.delivered in _ON_ITS_WAY for each in messages):
            self.load()

    def load(self) -> None:
        """Ask the store for the request and show it.

        One that is being shown is not broken off: half of it would stand there, and nobody
        would know any more which of it is new.
        """
        if self._loads.want():
            self.run_worker(self._loads.take(), group="load", exit_on_error=False)

    async def _load_once(self) -> None:
        number = self.number
        try:
            view = await asking.request(self._board.link, number)
        except DeskwatchError as problem:
            if number != self.number:
                return  # another one is wanted by now
            self.notify(str(problem), severity="warning", markup=False)
            self._writes, self.ready = False, True
            if self.view is None:
                self.dismiss(None)  # there is nothing to show
            else:
                self.number = self.view.row.number
        else:
            if number == self.number:
                await self.show(view)
            if self._writes:
                await self.write()

    @on(Readers)
    def _show_readers(self) -> None:
        rules = self._board.rules
        readers = self._board.readers.get(self.number, ())
        words = in_words(readers, lambda login: facts.person(login, rules))
        self.query_one(Heading).tell_readers(words)

    # ------------------------------------------------------------------ showing it

    async def show(self, view: RequestView) -> None:
        """Show ``view``; what is scrolled and unfolded stays."""
        conversation = self.query_one(Conversation)
        now, tz = self._board.clock.now(), self._board.zone
        with self.app.batch_update():
            if self.view is None or self.view.row.number != view.row.number:
                await conversation.clear()
                await self.query_one(Talk).turn_to(view.row.number)
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
            talk = self.query_one(Talk)
            if talk.writing:
                self._board.around.tell_footer(self, HINTS_WRITING, end=())
            else:
                self._board.around.tell_footer(self, HINTS)

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

    # ------------------------------------------------------------------ the reply

    async def write(self) -> None:
        """Begin a reply, or go on with it; if the request is still loaded, as soon as it is."""
        self._draft_left = False
        view = self._loaded
        if view:
            await self.query_one(Talk).write(view.row, view.merged)
        self._writes, self.ready = view is None, view is not None

    @on(Talk.Turned)
    def _turned(self, event: Talk.Turned) -> None:
        event.stop()
        self._draft_left = event.left
        self._board.look_at(self.number, writing=self.query_one(Talk).writing)
        self._tell_around()

    @on(Talk.Ready)
    def _send(self, event: Talk.Ready) -> None:
        event.stop()
        self._board.begin(self._send_it(event.answer))

    async def _send_it(self, answer: Answer) -> None:
        talk, number = self.query_one(Talk), self.number
        sent = False
        try:
            sent = await self._board.backstage.handlers.send(self.rows(), answer)
        finally:
            if sent:
                self._board.drafts.pop(number, None)
            if self.is_attached and self.number == number:
                await talk.sent() if sent else talk.not_sent()

    # ------------------------------------------------------------------ what its keys do

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
        """Go back; a draft that was left just before is kept, unless it is to be thrown away."""
        if not self._draft_left:
            self.dismiss(None)
            return
        self._draft_left = False
        self._board.begin(self._ask_about_draft())

    async def _ask_about_draft(self) -> None:
        from tui.board.screens.confirm import ConfirmDialog

        question = "Throw this draft away? n keeps it."
        thrown_away = await self._board.answer_of(ConfirmDialog(f"#{self.number}", question))
        if thrown_away is None:
            return
        if thrown_away:
            self._board.drafts.pop(self.number, None)
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

    def do_sending(self) -> None:
        """Ask what becomes of the newest answer that is not out."""
        self._board.begin(self._decide())

    async def _decide(self) -> None:
        from tui.board.views.intake.mending import decide

        mails = await asking.unsent(self._board.link, self.number)
        if mails:
            await decide(self._board, mails[-1])
        else:
            self.notify(f"Every mail of ours about #{self.number} is out.", markup=False)

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
