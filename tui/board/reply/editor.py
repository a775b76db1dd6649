"""The field at the foot of a request in which a reply is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from store.text import lines
from tui.board.action import Scope
from tui.board.actions import bindings
from tui.board.cells import settled
from tui.board.reply.draft import Answer, Draft, Then
from tui.board.reply.send_line import SendLine
from tui.board.screens import ink
from tui.board.screens.fields import Lines
from tui.board.screens.stamps import size

if TYPE_CHECKING:
    from store.mail_records import CannedAnswer, OutgoingFile
    from tui.board.app import BoardApp

#: Asks for the answers that the desk has ready.
Canned = Callable[[], Awaitable[Sequence["CannedAnswer"]]]


class ReplyEditor(Vertical):
    """A text with files, to be sent. What is in it is told with every change: ``Drafted``."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.REPLY)]

    @dataclass
    class Drafted(Message):
        """The text or its files have changed."""

        draft: Draft

    @dataclass
    class Left(Message):
        """The text is left as it is; it is kept."""

    @dataclass
    class Ready(Message):
        """It is to be sent; ``sent`` or ``not_sent`` must be called then."""

        answer: Answer

    @dataclass
    class Read(Message):
        """The conversation is to be scrolled, up (-1) or down (1)."""

        way: int

    def __init__(self, to: str, draft: Draft, canned: Canned | None = None) -> None:
        """Go on with ``draft`` to ``to``; ``canned`` asks for the desk's ready answers.

        Without ``canned`` there are none: what is written goes to several requesters.
        """
        super().__init__()
        self._to = to
        self.draft = draft
        self._canned = canned
        self._said_of_change = ""
        """What to say when the next change of the text is heard."""

    def compose(self) -> ComposeResult:
        """Lay out to whom, the text, its files, what is amiss, and the question at the end."""
        title = Content.assemble(("Reply ", "bold"), (f"to {settled(self._to)}", ink.MUTED))
        yield Static(title, classes="title")
        yield Lines(self.draft.text, placeholder="what the requester gets to read")
        yield Static("", classes="files", markup=False)
        yield Static("", classes="said", markup=False)
        yield SendLine()

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        self._area.move_cursor(self._area.document.end)
        self._show_files()
        self.say("")

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    @property
    def _area(self) -> Lines:
        return self.query_one(Lines)

    @property
    def _asks(self) -> SendLine:
        return self.query_one(SendLine)

    def begin(self) -> None:
        """Let the text be written."""
        self._asks.display = False
        self._area.focus()

    def say(self, words: str) -> None:
        """Say what is amiss; "" if nothing is."""
        said = self.query_one(".said", Static)
        said.update(words)
        said.display = bool(words)

    # ------------------------------------------------------------------ text and files

    def put(self, text: str, said: str = "") -> None:
        """Replace the text; it can be taken back like anything typed."""
        area = self._area
        area.replace(text, area.document.start, area.document.end)
        area.move_cursor(area.document.end)
        self._said_of_change = said

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.say(self._said_of_change)
        self._said_of_change = ""
        self._keep(Draft(self._area.text, self.draft.files))

    def _keep(self, draft: Draft) -> None:
        if draft != self.draft:
            self.draft = draft
            self.post_message(self.Drafted(draft))

    def _take_files(self, files: tuple[OutgoingFile, ...]) -> None:
        self._keep(Draft(self._area.text, files))
        self._show_files()

    def _show_files(self) -> None:
        files = self.query_one(".files", Static)
        named = (f"{settled(each.name)} {size(len(each.data))}" for each in self.draft.files)
        files.update(Content.assemble(("attached  ", ink.MUTED), " · ".join(named)))
        files.display = bool(self.draft.files)

    # ------------------------------------------------------------------ what its keys do

    def do_reply_edit(self) -> None:
        """Hand the terminal to the person's own editor, and take the text back from it."""
        from tui.board.reply.external import NoEditorError, command, edit

        try:
            words = command()
            with self.app.suspend():
                edited = edit(self._area.text, words)
        except SuspendNotSupported:
            self.say("This terminal cannot be handed to an editor; write here.")
        except NoEditorError as problem:
            self.say(str(problem))
        else:
            if edited.text == self._area.text:
                self.say(edited.said)
            else:
                self.put(edited.text, edited.said)

    def do_reply_canned(self) -> None:
        """Ask which of the desk's ready answers, and put it in where the cursor is."""
        if self._canned is None:
            self.say("A ready answer speaks to one person; write to several in your own words.")
        else:
            self._board.begin(self._put_in(self._canned()))

    async def _put_in(self, answers: Awaitable[Sequence[CannedAnswer]]) -> None:
        from tui.board.reply.canned import CannedDialog

        text = await self._board.answer_of(CannedDialog(answers))
        if text is not None and self.is_attached:
            area = self._area
            area.replace(lines(text), *area.selection)

    def do_reply_attach(self) -> None:
        """Ask for a file, and attach it."""
        self._board.begin(self._attach_file())

    async def _attach_file(self) -> None:
        from tui.board.reply.attach import AttachDialog

        already = sum(len(each.data) for each in self.draft.files)
        file = await self._board.answer_of(AttachDialog(already))
        if file is not None and self.is_attached:
            self._take_files((*self.draft.files, file))

    def do_reply_detach(self) -> None:
        """Take the newest file off again."""
        if self.draft.files:
            self._take_files(self.draft.files[:-1])
        else:
            self.say("No file is attached.")

    def do_reply_read_up(self) -> None:
        """Scroll the conversation up."""
        self.post_message(self.Read(-1))

    def do_reply_read_down(self) -> None:
        """Scroll the conversation down."""
        self.post_message(self.Read(1))

    def do_reply_leave(self) -> None:
        """Leave the text, or the question how to send it."""
        if not self._asks.display:
            self.post_message(self.Left())
        elif not self._asks.sending:
            self.begin()

    # ------------------------------------------------------------------ sending it

    def do_reply_send(self) -> None:
        """Ask how to send it; asked already, just send it."""
        if self._asks.display:
            self._asks.choose(Then.NOTHING)
        elif not self._area.text.strip():
            self.say("Nothing is written yet.")
        else:
            self.say("")
            self._asks.ask()

    @on(SendLine.Chosen)
    def _chosen(self, event: SendLine.Chosen) -> None:
        event.stop()
        text = lines(self._area.text).strip()
        self.post_message(self.Ready(Answer(text, self.draft.files, event.then)))

    def not_sent(self) -> None:
        """Go back to the text: it was not sent, and a toast says why."""
        self.begin()
