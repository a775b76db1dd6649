"""Picking one of the answers that the desk has ready; typing finds one, its text is in view."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Input, OptionList, Static

from tui.board.cells import settled, settled_lines
from tui.board.screens import ink
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.fields import Line
from tui.board.screens.finding import FindingDialog
from tui.board.screens.hints import Hint

if TYPE_CHECKING:
    from store.mail_records import CannedAnswer

#: Answers shown at once, and lines of the one under the cursor.
_ROWS, _LINES = 6, 5
_NONE = "The desk has no ready answers yet. They are written in the config, as [[canned]]."


class CannedDialog(FindingDialog[str]):
    """Answers with a text whose fields are filled in already."""

    CSS_PATH: ClassVar[CSSPathType] = ["../screens/dialog.tcss", "reply.tcss"]

    def __init__(self, answers: Awaitable[Sequence[CannedAnswer]]) -> None:
        """Offer ``answers`` as soon as they are known."""
        super().__init__("Ready answers", "")
        self._asked = answers
        self._answers: Sequence[CannedAnswer] = ()
        self.ready = False

    def body(self) -> ComposeResult:
        """Return the field, the list and the text of the one under the cursor."""
        yield Line(placeholder="type to find: password, printer")
        yield Choices(())
        yield Static("", id="text")

    def hints(self) -> Iterable[Hint]:
        """Tell how to pick."""
        yield Hint("↑↓", "move")
        yield Hint("enter", "put it in", "screen.pick")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for them."""
        self._offer()

    @work(exit_on_error=False)
    async def _offer(self) -> None:
        self._answers = await self.known(self._asked) or ()
        choices = self.query_one(Choices)
        choices.styles.height = min(len(self._answers), _ROWS)
        self.query_one("#text").styles.height = _LINES
        self._show(self.query_one(Line).value)
        self.ready = True

    def _show(self, typed: str) -> None:
        wanted = typed.casefold().split()
        found = [
            Choice("", each.name, each.text, detail=each.key)
            for each in self._answers
            if all(word in f"{each.name} {each.key} {each.text}".casefold() for word in wanted)
        ]
        choices = self.query_one(Choices)
        choices.show(found)
        nothing = f"Nothing is found for “{settled(typed)}”." if self._answers else _NONE
        self._show_text(found[0].value if found else "", "" if found else nothing)

    def _show_text(self, text: str, said: str = "") -> None:
        begin = "\n".join(settled_lines(text).split("\n")[:_LINES])
        self.query_one("#text", Static).update(Content.styled(begin or said, ink.MUTED))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the text under the cursor."""
        event.stop()
        choices = self.query_one(Choices).choices
        if event.option_index < len(choices):
            self._show_text(choices[event.option_index].value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is left."""
        event.stop()
        self._show(event.value)
