"""What becomes of somebody's requests while they are not there."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.board.cells import settled
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint


class Left(StrEnum):
    """What is to be done about them."""

    HAND = "ask for a hand"
    OVER = "hand all over"


class GoingAwayDialog(Dialog[Left]):
    """Asks whether somebody should look after what is due, or whether all is handed over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "choose(True)", show=False),
        Binding("h", "choose(False)", show=False),
        Binding("n", "cancel", show=False),
    ]

    def __init__(self, question: str, detail: str, *, due: bool, over: str) -> None:
        """Ask ``question``.

        Args:
            question: What it is about, and what ``y`` does.
            detail: The requests that are due.
            due: Whether there are any: then ``y`` asks for a hand with them.
            over: What handing over does: "hand all 7 over"; "" if nobody could take anything.
        """
        super().__init__(question, "")
        self._detail = settled(detail)
        self._due = due
        self._over = over

    def body(self) -> ComposeResult:
        """Return the requests that are due."""
        if self._detail:
            yield Static(Content(self._detail), id="detail")

    def hints(self) -> Iterable[Hint]:
        """Tell the keys."""
        if self._due:
            yield Hint("y", "yes", "screen.choose(True)")
        if self._over:
            yield Hint("h" if self._due else "y h", self._over, "screen.choose(False)")
        yield Hint("n", "no", "screen.cancel")
        yield from super().hints()

    def action_choose(self, yes: bool) -> None:  # noqa: FBT001 -- an action's argument
        """Answer."""
        if yes and self._due:
            self.answer(Left.HAND)
        elif self._over:
            self.answer(Left.OVER)
