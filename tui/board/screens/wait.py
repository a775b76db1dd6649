"""Waiting: for whom, and until when at the latest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.words import State
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog, picking
from tui.board.screens.hints import Hint
from tui.board.screens.when_field import WhenField

if TYPE_CHECKING:
    from store.rules.hours import Hours

_FOR = (
    Choice("r", "the requester", State.WAITING_REQUESTER, "they have to answer or to do something"),
    Choice("s", "a supplier", State.WAITING_SUPPLIER, "a part, a repair, another firm"),
)


@dataclass(frozen=True, slots=True)
class Wait:
    """What a request waits for, and when to look again at the latest (UTC; None: open)."""

    for_: State
    until: datetime | None


class WaitDialog(ChoosingDialog[Wait]):
    """Answers with what is waited for; the moment may be left empty."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *picking("rs"),
        Binding("slash", "type", show=False, priority=True),
    ]

    def __init__(self, about: str, now: datetime, hours: Hours) -> None:
        """Ask at ``now``; the moment is read by the desk's ``hours``."""
        super().__init__("Wait for …", about)
        self._now = now
        self._hours = hours

    def body(self) -> ComposeResult:
        """Return for whom, and the field for until when."""
        yield Choices(_FOR)
        yield WhenField("until", self._now, self._hours)

    def hints(self) -> Iterable[Hint]:
        """Tell how to give a moment first."""
        yield Hint("/", "until when (may stay empty)", "screen.type")
        yield from super().hints()

    def action_type(self) -> None:
        """Go into the field."""
        self.query_one(WhenField).begin()

    def choose(self, choice: Choice) -> None:
        """Answer, unless a moment was typed that is none."""
        field = self.query_one(WhenField)
        until = None if field.empty else field.moment()
        if field.empty or until:
            self.answer(Wait(choice.value, until))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go back to the question for whom, once the moment is one."""
        event.stop()
        field = self.query_one(WhenField)
        if field.empty or field.moment():
            self.set_focus(self.query_one(Choices))
