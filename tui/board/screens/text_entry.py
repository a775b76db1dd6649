"""Writing a text: a note of many lines, or the one sentence that declares an emergency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static, TextArea

from store.text import lines, one_line
from tui.board.screens.dialog import CANCEL, Dialog
from tui.board.screens.fields import Line, Lines
from tui.board.screens.hints import Hint


class TextDialog(Dialog[str]):
    """Asks for a text, never empty. Cancelling a text that was begun asks a second time."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", show=False)]

    def __init__(
        self, about: str, title: str, hint: str = "", *, one_line: bool = False, text: str = ""
    ) -> None:
        """Ask for one line (Enter saves) or many (Ctrl+S saves); ``hint`` shows while empty.

        ``text`` is what is there already.
        """
        super().__init__(title, about)
        self._begun = text
        self._hint = hint
        self._one_line = one_line
        self._warned = False

    def body(self) -> ComposeResult:
        """Return the field, and the line that says what is amiss."""
        field = Line if self._one_line else Lines
        yield field(self._begun, placeholder=self._hint)
        yield Static("", classes="said -wrong", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to save and how to leave."""
        yield Hint("enter" if self._one_line else "ctrl+s", "save", "screen.save")
        yield CANCEL

    @property
    def _typed(self) -> str:
        if self._one_line:
            return one_line(self.query_one(Line).value)
        return lines(self.query_one(Lines).text).strip()

    def action_save(self) -> None:
        """Answer with the text; say so if there is none."""
        if text := self._typed:
            self.answer(text)
        else:
            self._say("Nothing is written yet.")

    def action_cancel(self) -> None:
        """Leave; a text that was begun is thrown away only when asked twice."""
        if self._typed and not self._warned:
            self._warned = True
            self._say("Esc again throws this text away.")
        else:
            self.answer(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save on Enter where there is one line only."""
        event.stop()
        self.action_save()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _go_on(self, event: Input.Changed | TextArea.Changed) -> None:
        """Forget the warning when the text goes on."""
        event.stop()
        self._warned = False
        self._say("")

    def _say(self, words: str) -> None:
        self.query_one(".said", Static).update(words)
