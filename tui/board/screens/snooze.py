"""Putting a request to sleep until a moment: four under a key, any other typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input

from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog
from tui.board.screens.hints import Hint
from tui.board.screens.when_field import WhenField
from tui.board.when import presets, spoken

if TYPE_CHECKING:
    from store.rules.hours import Hours


class SnoozeDialog(ChoosingDialog[datetime]):
    """Answers with the instant, in UTC, at which the request comes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "type", "type a time", show=False)]

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

    def on_key(self, event: Key) -> None:
        """Take a digit as the start of a typed time."""
        if self.focused is self.query_one(Choices) and (event.character or "").isdecimal():
            event.stop().prevent_default()
            self.action_type(event.character or "")

    def action_type(self, first: str = "") -> None:
        """Go into the field."""
        self.query_one(WhenField).begin(first)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the typed moment, if it is one."""
        event.stop()
        if at := self.query_one(WhenField).moment():
            self.answer(at)
