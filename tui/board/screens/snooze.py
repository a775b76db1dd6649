"""Putting a request to sleep until a moment: four under a key, any other typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from string import digits
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog, picking
from tui.board.screens.hints import Hint
from tui.board.screens.when_field import WhenField
from tui.board.when import presets, spoken

if TYPE_CHECKING:
    from store.rules.hours import Hours


class SnoozeDialog(ChoosingDialog[datetime]):
    """Answers with the instant, in UTC, at which the request comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *picking("hatm"),
        Binding("slash", "type", show=False, priority=True),
        *(Binding(digit, f"type('{digit}')", show=False, priority=True) for digit in digits),
    ]

    def __init__(self, about: str, now: datetime, hours: Hours) -> None:
        """Offer moments after ``now`` by the desk's ``hours``."""
        super().__init__("Snooze", about)
        self._now = now
        self._hours = hours

    def body(self) -> ComposeResult:
        """Return the four moments and the field for another."""
        yield Choices(
            [
                Choice(
                    preset.key,
                    preset.label,
                    preset.at,
                    detail=spoken(preset.at, self._now, self._hours) if preset.at else "",
                    why_not=preset.why_not,
                )
                for preset in presets(self._now, self._hours)
            ]
        )
        yield WhenField("or until", self._now, self._hours)

    def hints(self) -> Iterable[Hint]:
        """Tell how to type a moment."""
        yield Hint("/", "type a time", "screen.type")
        yield from super().hints()

    def action_type(self, first: str = "") -> None:
        """Go into the field; a digit is the first thing typed there."""
        self.query_one(WhenField).begin(first)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the typed moment, if it is one."""
        event.stop()
        if at := self.query_one(WhenField).moment():
            self.answer(at)
