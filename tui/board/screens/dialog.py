"""What every dialog shares: a sheet at the foot of the screen, its title, cancelling.

The request or the queue stays in view above it. Esc cancels; so does Ctrl+G, because many
terminals make Esc wait a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widgets import Input, OptionList, Static, TextArea

from store.errors import DeskwatchError
from tui.board.cells import settled
from tui.board.failing import TellsFailures
from tui.board.screens import ink
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.hints import Hint, Hints

Result = TypeVar("Result")
Known = TypeVar("Known")

CANCEL = Hint("esc", "cancel", "screen.cancel")


class Dialog(TellsFailures, ModalScreen[Result | None]):
    """A question over the board; its answer is ``Result``, or None if it was cancelled."""

    CSS_PATH: ClassVar[CSSPathType] = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "cancel", "cancel", show=False)
    ]

    def __init__(self, title: str, about: str) -> None:
        """Ask ``title`` of ``about``: "#1042 Projector dead" or "5 requests"."""
        super().__init__()
        self._title = title
        self._about = settled(about)
        self.ready = True
        """Whether what it asks of the store is there; keys wait a moment for that."""

    def compose(self) -> ComposeResult:
        """Lay out title, body and hints, top to bottom."""
        title = Content.assemble((self._title, "bold"), "  ", (self._about, ink.MUTED))
        with Vertical(id="sheet"):
            yield Static(title, id="title")
            yield from self.body()
            yield Hints(*self.hints())

    def body(self) -> ComposeResult:
        """Return what stands between the title and the hints; nothing, unless a dialog says so."""
        return ()

    def hints(self) -> Iterable[Hint]:
        """Return the keys to tell about."""
        yield CANCEL

    def answer(self, result: Result | None) -> None:
        """Leave with ``result``; a second key that was on its way already answers nothing."""
        if self.is_current:
            self.dismiss(result)

    async def known(self, asked: Awaitable[Known]) -> Known | None:
        """Return what was asked of the store; leave, and say why, if it does not know."""
        try:
            return await asked
        except DeskwatchError as problem:
            self.notify(str(problem), severity="warning", markup=False)
            self.answer(None)
            return None

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.answer(None)

    def on_click(self, event: Click) -> None:
        """Cancel when the board behind is clicked."""
        if event.widget is self:
            self.action_cancel()


def picking(keys: str) -> list[BindingType]:
    """Return the bindings of single keys that pick, for a ``ChoosingDialog``.

    They go before the focused widget, so that keys typed quickly are taken in their order.
    """
    return [Binding(key, f"pick('{key}')", show=False, priority=True) for key in keys]


class ChoosingDialog(Dialog[Result]):
    """A dialog with a list of choices that single keys pick, beside the arrows and the mouse."""

    def choose(self, choice: Choice) -> None:
        """Answer with what was picked."""
        self.answer(choice.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key pick anything while it is being typed into a field."""
        if action in {"pick", "type"}:
            return not isinstance(self.focused, Input | TextArea)
        return super().check_action(action, parameters)

    def action_pick(self, key: str) -> None:
        """Choose what ``key`` stands for."""
        choice = self.query_one(Choices).by_key(key)
        if choice is not None:
            self.choose(choice)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose(self.query_one(Choices).choices[event.option_index])
