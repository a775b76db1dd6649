"""The left of a request: its conversation, and under it the reply that is being written."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from store.words import Direction
from tui.board.cells import settled
from tui.board.reply.draft import Answer, Draft
from tui.board.reply.editor import ReplyEditor
from tui.board.screens import ink
from tui.board.screens.conversation import Conversation

if TYPE_CHECKING:
    from store.desk import Desk
    from store.mail_records import CannedAnswer
    from store.records import BoardRow
    from tui.board.app import BoardApp

#: Lines that a key scrolls the conversation by while a reply is written.
_READ_LINES = 4


class DraftLine(Static):
    """Says that a reply was begun, and how to go on with it."""


class Talk(Vertical):
    """Conversation and reply. A reply that is left is kept, by request, in ``app.drafts``."""

    @dataclass
    class Ready(Message):
        """A reply is to be sent."""

        answer: Answer

    @dataclass
    class Turned(Message):
        """A reply was begun or left: other keys matter now."""

        left: bool = False
        """It was left by its writer, and there is a draft of it."""

    def __init__(self) -> None:
        """Start with neither."""
        super().__init__()
        self.number = 0

    @property
    def _board(self) -> BoardApp:
        return cast("BoardApp", self.app)

    @property
    def writing(self) -> bool:
        """Whether a reply is open."""
        return bool(self.query(ReplyEditor))

    def compose(self) -> ComposeResult:
        """Lay out both; the field comes when it is wanted."""
        yield Conversation()
        yield DraftLine("")

    async def turn_to(self, number: int) -> None:
        """Be about another request from now on."""
        self.number = number
        await self._close()

    async def write(self, row: BoardRow, merged: Sequence[int] = ()) -> None:
        """Begin a reply to the requester of ``row``, or go on with it.

        Who asked one of the ``merged`` requests gets it, too.
        """
        for editor in self.query(ReplyEditor):
            editor.begin()
            return
        asks = row.requester
        to = f"{asks.name} <{asks.address}>" if asks.name else asks.address
        if merged:
            others = ", ".join(f"#{number}" for number in merged)
            to = f"{asks.name or asks.address} and who asked {others}"
        if row.outage and row.outage.parent and row.outage.people > 1:
            to = f"all {row.outage.people} people who wrote about it; nobody sees the others"
        draft = self._board.drafts.get(row.number, Draft())
        editor = ReplyEditor(to, draft, lambda: self._canned(row.number))
        self.query_one(DraftLine).display = False
        await self.mount(editor)
        editor.begin()
        self.screen.add_class("-writing")
        self.post_message(self.Turned())
        self.call_after_refresh(self._show_last_words)

    def _canned(self, number: int) -> Awaitable[Sequence[CannedAnswer]]:
        def canned(desk: Desk) -> Sequence[CannedAnswer]:
            from store import queries

            return queries.canned(desk, number)

        return self._board.link.ask(canned)

    def _show_last_words(self) -> None:
        """Keep in view what the requester said last."""
        if self.is_attached and self.writing:
            self.query_one(Conversation).show_last(Direction.IN)

    async def _close(self, *, left: bool = False) -> None:
        """Take the field away; what was written shows in a line, and is kept."""
        await self.query(ReplyEditor).remove()
        self.screen.remove_class("-writing")
        line, draft = self.query_one(DraftLine), self._board.drafts.get(self.number)
        line.display = draft is not None
        if draft is not None:
            key = self._board.keymap.first("reply")
            files = f" and {len(draft.files)} attached" if draft.files else ""
            begins = settled(draft.begins) or "no text yet"
            kept = Content.assemble(
                ("draft kept  ", ink.TELL), (key, ink.KEY), f" goes on   {begins}", files
            )
            line.update(kept)
        self.post_message(self.Turned(left=left and draft is not None))

    async def sent(self) -> None:
        """Forget the draft: it is on its way, and comes into view at the end."""
        self._board.drafts.pop(self.number, None)
        await self._close()
        conversation = self.query_one(Conversation)
        conversation.focus()
        conversation.scroll_end(animate=False)

    def not_sent(self) -> None:
        """Go back to the text."""
        self.query_one(Conversation).follows = False
        for editor in self.query(ReplyEditor):
            editor.begin()

    @on(ReplyEditor.Drafted)
    def _drafted(self, event: ReplyEditor.Drafted) -> None:
        event.stop()
        if event.draft:
            self._board.drafts[self.number] = event.draft
        else:
            self._board.drafts.pop(self.number, None)

    @on(ReplyEditor.Left)
    async def _left(self, event: ReplyEditor.Left) -> None:
        event.stop()
        await self._close(left=True)
        self.query_one(Conversation).focus()

    @on(ReplyEditor.Ready)
    def _ready(self, event: ReplyEditor.Ready) -> None:
        event.stop()
        self.query_one(Conversation).follows = True
        self.post_message(self.Ready(event.answer))

    @on(ReplyEditor.Read)
    def _read(self, event: ReplyEditor.Read) -> None:
        event.stop()
        self.query_one(Conversation).scroll_relative(y=event.way * _READ_LINES, animate=False)
