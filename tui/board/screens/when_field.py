"""A field for a moment: says under it, while it is typed, which moment that is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from tui.board.screens.fields import Line
from tui.board.when import EXAMPLES, NotATimeError, moment, spoken

if TYPE_CHECKING:
    from store.rules.hours import Hours


class WhenField(Vertical):
    """A labelled field that understands "2h", "15:30" and "fri 14:00" at ``now``."""

    def __init__(
        self,
        label: str,
        now: datetime,
        hours: Hours,
        id: str | None = None,  # noqa: A002 -- Textual's name for it
    ) -> None:
        """Read what is typed at ``now`` by the calendar ``hours``."""
        super().__init__(id=id)
        self._label = label
        self._now = now
        self._hours = hours

    def compose(self) -> ComposeResult:
        """Lay out label and field, and the answer under them."""
        with Horizontal(classes="field"):
            yield Static(self._label, classes="label", markup=False)
            yield Line(placeholder=EXAMPLES)
        yield Static("", classes="said", markup=False)

    def begin(self, typed: str = "") -> None:
        """Go into the field, with ``typed`` as the first of what is typed."""
        line = self.query_one(Line)
        self.screen.set_focus(line)
        line.insert_text_at_cursor(typed)

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.query_one(Line).value.strip()

    def moment(self) -> datetime | None:
        """Return the moment that is typed, in UTC; None, said under the field, if it is none."""
        try:
            at = moment(self.query_one(Line).value, self._now, self._hours)
        except NotATimeError as problem:
            self._say(str(problem), wrong=True)
            return None
        self._say(spoken(at, self._now, self._hours), wrong=False)
        return at

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which moment it is, as soon as it is one."""
        event.stop()
        try:
            at = moment(event.value, self._now, self._hours)
        except NotATimeError:
            self._say("", wrong=False)
        else:
            self._say(spoken(at, self._now, self._hours), wrong=False)

    def _say(self, words: str, *, wrong: bool) -> None:
        said = self.query_one(".said", Static)
        said.update(words)
        said.set_class(wrong, "-wrong")
