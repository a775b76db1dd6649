"""What is about to go out, to be looked at before yes or no."""

from __future__ import annotations

from typing import ClassVar

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

    def __init__(self, about: str, question: str, text: str, many: str = "") -> None:
        """Ask ``question`` under ``text``; ``many`` says to how many such a text goes."""
        super().__init__(about, question)
        self._text = settled_lines(text).strip("\n")
        self._many = settled(many)

    def body(self) -> ComposeResult:
        """Return the text."""
        shown = Content(self._text)
        if self._many:
            each = f"So to the first; each of {self._many} gets it with their own number and name."
            shown = Content.assemble((each, ink.MUTED), "\n\n", shown)
        with VerticalScroll(id="preview"):
            yield Static(shown)
