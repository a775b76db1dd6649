"""Asking into which request another is merged: a number, or one of the same requester's."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from store.records import BoardRow
from tui.board.cells import settled
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.facts import STATES
from tui.board.screens.fields import Line
from tui.board.screens.finding import FindingDialog
from tui.board.screens.hints import Hint


class MergeDialog(FindingDialog[int]):
    """Answers with the number of the request that stays."""

    def __init__(self, about: str, number: int, likely: Awaitable[Sequence[BoardRow]]) -> None:
        """Merge request ``number``; offer ``likely`` ones as soon as they are known."""
        super().__init__("Merge into …", about)
        self._number = number
        self._asked = likely
        self.ready = False

    def body(self) -> ComposeResult:
        """Return the field for a number, and the list."""
        with Horizontal(classes="field"):
            yield Static("number", classes="label", markup=False)
            yield Line(placeholder="or pick one of the same requester's")
        yield Choices(())
        yield Static("", classes="said -wrong", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to pick."""
        yield Hint("↑↓", "pick")
        yield Hint("enter", "merge", "screen.pick")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for the likely ones."""
        self._offer()

    @work(exit_on_error=False)
    async def _offer(self) -> None:
        found = await self.known(self._asked) or ()
        choices = [
            Choice("", f"#{row.number} {row.subject}", row.number, detail=STATES[row.state])
            for row in found
        ]
        self.query_one(Choices).show(choices)
        self.ready = True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget what was amiss."""
        event.stop()
        self._say("")

    def action_pick(self) -> None:
        """Answer with the number typed, or with the request under the cursor."""
        typed = self.query_one(Line).value.strip().removeprefix("#")
        if not typed and self.query_one(Choices).choices:
            super().action_pick()
        elif not typed:
            self._say("Type the number of the request that stays.")
        elif not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
            self._say(f"“{settled(typed)}” is no number of a request.")
        elif int(typed) == self._number:
            self._say("A request cannot be merged into itself.")
        else:
            self.answer(int(typed))

    def _say(self, words: str) -> None:
        self.query_one(".said", Static).update(words)


#: More digits than a request number ever has.
_DIGITS = 12
