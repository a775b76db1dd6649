"""How a request ends: four endings under a key each, with a word to the requester if wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from store.text import lines
from store.words import Ending
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog, picking
from tui.board.screens.fields import Lines
from tui.board.screens.hints import Hint

_ENDINGS = (
    Choice("g", "guided", Ending.GUIDED, "they did it with our help and can do it again"),
    Choice("d", "done for them", Ending.DONE, "we did it; nothing was broken"),
    Choice("f", "fixed", Ending.FIXED, "something was broken and works again"),
    Choice("n", "nothing needed", Ending.NOTHING, "it solved itself, or was no matter for us"),
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """How it ended, and what is said about it ("" for nothing)."""

    ending: Ending
    text: str = ""


class ResolveDialog(ChoosingDialog[Resolution]):
    """Answers with the ending, and the text if one was written before the key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *picking("gdfn"),
        Binding("slash", "type", show=False, priority=True),
        Binding("ctrl+s", "endings", show=False),
    ]

    def __init__(self, about: str, *, in_words: bool = True) -> None:
        """Ask how it ended, and in words unless an answer says that already."""
        super().__init__("Resolve", about)
        self._in_words = in_words

    def body(self) -> ComposeResult:
        """Return the endings and the field."""
        yield Choices(_ENDINGS)
        if not self._in_words:
            return
        with Horizontal(classes="field"):
            yield Static("in words", classes="label", markup=False)
            yield Lines(placeholder="what was done; may stay empty")

    def hints(self) -> Iterable[Hint]:
        """Tell how to write a text first."""
        if self._in_words:
            yield Hint("/", "write what was done", "screen.type")
            yield Hint("ctrl+s", "back to the endings", "screen.endings")
        yield from super().hints()

    def action_type(self) -> None:
        """Go into the text, if there is one."""
        for field in self.query(Lines):
            self.set_focus(field)

    def action_endings(self) -> None:
        """Go back to the endings; the text stays."""
        self.set_focus(self.query_one(Choices))

    def choose(self, choice: Choice) -> None:
        """Answer with the ending and what is written."""
        said = "".join(field.text for field in self.query(Lines))
        self.answer(Resolution(choice.value, lines(said).strip()))
