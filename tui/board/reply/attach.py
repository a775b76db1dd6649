"""Asking for a file by its path; Tab completes it, and what fits shows while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, Static

from store.mail_records import OutgoingFile
from tui.board.cells import settled
from tui.board.reply.files import OFFERED, NoFileError, common, completions, read
from tui.board.screens import ink
from tui.board.screens.dialog import Dialog
from tui.board.screens.fields import Line
from tui.board.screens.hints import Hint


class AttachDialog(Dialog[OutgoingFile]):
    """Answers with a file that has been read; says what is wrong with one that cannot be."""

    CSS_PATH: ClassVar[CSSPathType] = ["../screens/dialog.tcss", "reply.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, already: int = 0) -> None:
        """Ask for a file beside ``already`` bytes that are attached."""
        super().__init__("Attach a file", "")
        self._already = already
        self._offered: list[str] = []

    def body(self) -> ComposeResult:
        """Return the field, the paths that fit, and the line that says what is amiss."""
        yield Line(placeholder="~/Documents/…")
        yield Static("", id="offered")
        yield Static("", classes="said -wrong", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to complete a path."""
        yield Hint("tab", "complete", "screen.complete")
        yield Hint("enter", "attach", "screen.attach")
        yield from super().hints()

    def on_mount(self) -> None:
        """Keep the height while paths come and go."""
        self.query_one("#offered").styles.height = OFFERED

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self.query_one(".said", Static).update("")
        self._offer(event.value)

    @work(exclusive=True, group="offer", exit_on_error=False)
    async def _offer(self, typed: str) -> None:
        self._offered = await asyncio.to_thread(completions, typed) if typed else []
        named = [settled(path) for path in self._offered]
        self.query_one("#offered", Static).update(Content.styled("\n".join(named), ink.MUTED))

    @work(exclusive=True, group="complete", exit_on_error=False)
    async def action_complete(self) -> None:
        """Go on as far as all that fits is the same."""
        field = self.query_one(Line)
        found = await asyncio.to_thread(completions, field.value)
        if len(longer := common(found)) > len(field.value):
            field.value = longer
            field.cursor_position = len(longer)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Attach on Enter."""
        event.stop()
        self.action_attach()

    @work(exclusive=True, group="attach", exit_on_error=False)
    async def action_attach(self) -> None:
        """Answer with the file, or say why it cannot be attached."""
        try:
            file = await asyncio.to_thread(read, self.query_one(Line).value, self._already)
        except NoFileError as problem:
            if self.is_current:
                self.query_one(".said", Static).update(str(problem))
        else:
            self.answer(file)
