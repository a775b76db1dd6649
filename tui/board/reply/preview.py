"""What is about to go out, to be looked at before yes or no."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from tui.board.cells import settled, settled_lines
from tui.board.screens import ink
from tui.board.screens.confirm import ConfirmDialog


class PreviewDialog(ConfirmDialog):
    """Shows a text; y sends it. Enter never does."""

    CSS_PATH: ClassVar[CSSPathType] = ["../screens/dialog.tcss", "reply.tcss"]

    def __init__(self, about: str, question: str, text: Awaitable[str], many: str = "") -> None:
        """Ask ``question`` under ``text``; ``many`` says to how many such a text goes."""
        super().__init__(about, question)
        self._asked = text
        self._many = settled(many)
        self.ready = False

    def body(self) -> ComposeResult:
        """Return the text."""
        with VerticalScroll(id="preview"):
            yield Static("")

    def on_mount(self) -> None:
        """Wait for the text."""
        self._show()

    @work(exit_on_error=False)
    async def _show(self) -> None:
        text = await self.known(self._asked)
        if text is None:
            return
        shown = Content(settled_lines(text).strip("\n"))
        if self._many:
            each = f"So to the first; each of {self._many} gets it with their own number and name."
            shown = Content.assemble((each, ink.MUTED), "\n\n", shown)
        self.query_one("#preview Static", Static).update(shown)
        self.ready = True

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 -- an action's argument
        """Answer, once the text has been seen."""
        if self.ready or not yes:
            super().action_answer(yes)
