"""Asking before something that is hard to take back. Enter never confirms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.board.cells import settled
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint


class ConfirmDialog(Dialog[bool]):
    """Yes or no; cancelling is no answer (None)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    def __init__(self, about: str, question: str, detail: str = "") -> None:
        """Ask ``question``, which says what yes will do: "Declare an emergency?".

        ``detail`` is what has no room beside it.
        """
        super().__init__(question, about)
        self._detail = settled(detail)

    def body(self) -> ComposeResult:
        """Return the detail; without one the question says it all."""
        if self._detail:
            yield Static(Content(self._detail), id="detail")

    def hints(self) -> Iterable[Hint]:
        """Tell about y and n."""
        yield Hint("y", "yes", "screen.answer(True)")
        yield Hint("n", "no", "screen.answer(False)")
        yield from super().hints()

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 -- an action's argument
        """Answer."""
        self.answer(yes)
