"""Asking before something that is hard to take back. Enter never confirms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from store.text import one_line
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint


class ConfirmDialog(Dialog[bool]):
    """Yes or no; cancelling is no answer (None)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", show=False),
        Binding("n", "answer(False)", "no", show=False),
    ]

    def __init__(self, about: str, title: str, question: str) -> None:
        """Ask ``question``, a sentence that says what yes will do."""
        super().__init__(title, about)
        self._question = question

    def body(self) -> ComposeResult:
        """Return the question."""
        yield Static(one_line(self._question), markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell about y and n."""
        yield Hint("y", "yes", "screen.answer(True)")
        yield Hint("n", "no", "screen.answer(False)")
        yield from super().hints()

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 -- an action's argument
        """Answer."""
        self.dismiss(yes)
