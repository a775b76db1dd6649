"""What the shift before has left for whoever takes over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from store.cover_records import HandOverView
from tui.board.cells import settled, settled_lines
from tui.board.screens import ink
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint
from tui.board.screens.stamps import stamp


class HandOverDialog(Dialog[bool]):
    """Shows the notes; True once they are read. What is put off stays unread."""

    CSS_PATH: ClassVar[CSSPathType] = ["dialog.tcss", "hand_over.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", show=False, priority=True),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, notes: Sequence[HandOverView], now: datetime, tz: tzinfo) -> None:
        """Show ``notes``, the oldest first, as they stand at ``now`` in ``tz``."""
        writers = " and ".join(dict.fromkeys(note.by for note in notes))
        count = f"{len(notes)} notes" if len(notes) > 1 else "a note"
        super().__init__("Handed over to you", f"{count} from {writers}")
        self._notes = [
            Content.assemble(
                (settled(note.by), "bold"),
                (f"  {stamp(note.at, now, tz)}", ink.MUTED),
                "\n",
                settled_lines(note.text),
            )
            for note in notes
        ]

    def body(self) -> ComposeResult:
        """Return the notes."""
        with VerticalScroll(id="notes"):
            for note in self._notes:
                yield Static(note, classes="note")

    def hints(self) -> Iterable[Hint]:
        """Tell how to say that they are read, and how to put that off."""
        yield Hint("enter", "I have read it", "screen.read")
        yield Hint("esc", "later", "screen.cancel")

    def action_read(self) -> None:
        """Say that they are read."""
        self.answer(result=True)

    def action_scroll(self, lines: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
