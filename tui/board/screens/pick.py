"""A question with a handful of answers, each under one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult

from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog


class PickDialog(ChoosingDialog[Any]):
    """Answers with the value of the choice that was picked."""

    def __init__(self, about: str, title: str, choices: Sequence[Choice]) -> None:
        """Offer ``choices``."""
        super().__init__(title, about)
        self._choices = choices

    def body(self) -> ComposeResult:
        """Return the list."""
        yield Choices(self._choices)
