"""One text for the requesters of several requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.types import CSSPathType

from store.records import BoardRow
from tui.board.reply.draft import Answer, Draft
from tui.board.reply.editor import ReplyEditor
from tui.board.screens.about import about
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint

#: Names told; more would hide the first.
_NAMED = 3


class ReplyDialog(Dialog[Answer]):
    """Answers with what is to be sent. Leaving a text that was begun asks a second time."""

    CSS_PATH: ClassVar[CSSPathType] = ["../screens/dialog.tcss", "reply.tcss"]

    def __init__(self, rows: Sequence[BoardRow]) -> None:
        """Write to the requesters of ``rows``."""
        super().__init__("One text to each", about(rows))
        names = [row.requester.name or row.requester.address for row in rows]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        self._to = ", ".join(names[:_NAMED]) + more
        self._warned = False

    def body(self) -> ComposeResult:
        """Return the field."""
        yield ReplyEditor(self._to, Draft())

    def hints(self) -> Iterable[Hint]:
        """Tell the keys of the field."""
        yield Hint("ctrl+s", "send", "app.perform('reply_send')")
        yield Hint("ctrl+o", "$EDITOR", "app.perform('reply_edit')")
        yield Hint("ctrl+f", "file", "app.perform('reply_attach')")
        yield from super().hints()

    def on_mount(self) -> None:
        """Let the text be written."""
        self.query_one(ReplyEditor).begin()

    @on(ReplyEditor.Left)
    def _left(self, event: ReplyEditor.Left) -> None:
        event.stop()
        editor = self.query_one(ReplyEditor)
        if editor.draft and not self._warned:
            self._warned = True
            editor.say("Esc again throws this text away.")
        else:
            self.answer(None)

    @on(ReplyEditor.Drafted)
    def _drafted(self, event: ReplyEditor.Drafted) -> None:
        event.stop()
        self._warned = False

    @on(ReplyEditor.Ready)
    def _ready(self, event: ReplyEditor.Ready) -> None:
        event.stop()
        self.answer(event.answer)
