"""Asking before something that is hard to take back. Enter never confirms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint


class ConfirmDialog(Dialog[bool]):
    """Yes or no; cancelling is no answer (None)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    def __init__(self, about: str, question: str) -> None:
        """Ask ``question``, which says what yes will do: "Declare an emergency?"."""
        super().__init__(question, about)

    def body(self) -> ComposeResult:
        """Return nothing: the question says it all."""
        yield from ()

    def hints(self) -> Iterable[Hint]:
        """Tell about y and n."""
        yield Hint("y", "yes", "screen.answer(True)")
        yield Hint("n", "no", "screen.answer(False)")
        yield from super().hints()

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 -- an action's argument
        """Answer."""
        self.answer(yes)
