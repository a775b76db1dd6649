"""What the requester was promised: by when, and what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from store.text import one_line
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import CANCEL, ChoosingDialog, Dialog, picking
from tui.board.screens.fields import Line
from tui.board.screens.hints import Hint
from tui.board.screens.when_field import WhenField

if TYPE_CHECKING:
    from store.rules.hours import Hours


@dataclass(frozen=True, slots=True)
class Promised:
    """By when (UTC), and what in a sentence; "" if that goes without saying."""

    by: datetime
    text: str


class PromisedDialog(ChoosingDialog[str]):
    """Answers with what is to become of a promise: ``change`` or ``take_back``."""

    BINDINGS: ClassVar[list[BindingType]] = [*picking("ct")]

    def __init__(self, about: str, known: str) -> None:
        """Ask what becomes of what ``known`` tells of."""
        super().__init__("Promised already", about)
        self._known = known

    def body(self) -> ComposeResult:
        """Return what is promised, and what can be done."""
        yield Static(self._known, id="detail", markup=False)
        yield Choices(
            (
                Choice("c", "change", "change", "another time, or something else"),
                Choice("t", "take back", "take_back", "nothing is promised any more"),
            )
        )


class PromiseDialog(Dialog[Promised]):
    """Answers with what is promised; Enter goes on to the next field, after the last it saves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", show=False)]

    def __init__(self, about: str, now: datetime, hours: Hours) -> None:
        """Ask at ``now``; the moment is read by the desk's ``hours``."""
        super().__init__("Promised by when?", about)
        self._now = now
        self._hours = hours

    def body(self) -> ComposeResult:
        """Return the moment and the sentence."""
        yield WhenField("by", self._now, self._hours)
        with Horizontal(classes="field"):
            yield Static("what", classes="label", markup=False)
            yield Line(placeholder="a sentence (may stay empty)", id="what")

    def hints(self) -> Iterable[Hint]:
        """Tell how to go on and to save."""
        yield Hint("enter", "next field")
        yield Hint("ctrl+s", "save", "screen.save")
        yield CANCEL

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the sentence once the moment is one; save after that."""
        event.stop()
        if event.input.id == "what":
            self.action_save()
        elif self.query_one(WhenField).moment():
            self.query_one("#what", Line).focus()

    def action_save(self) -> None:
        """Answer, unless what was typed is no moment."""
        field = self.query_one(WhenField)
        by = field.moment()
        if by is None:
            field.begin()
            return
        self.answer(Promised(by, one_line(self.query_one("#what", Line).value).strip()))
