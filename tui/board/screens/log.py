"""Logging an end-run: one line is typed, and under it stands what is made of it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from store.errors import DeskwatchError, StoreError
from store.new_requests import EndRunEntry
from store.records import Address
from store.rules.directory import Directory, Requester
from store.rules.entries import Jotted, completed, must_be_whole, understood
from store.rules.logged import HINT, logged
from store.words import Channel, Ending
from tui.board.cells import settled
from tui.board.screens import ink
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.fields import Line
from tui.board.screens.finding import FindingDialog
from tui.board.screens.hints import Hint

if TYPE_CHECKING:
    from datetime import datetime

    from store.rulebook import Rulebook

#: People who may be meant, shown at once.
_ROWS = 5
_CHANNELS = {
    Channel.WALK_UP: "walk-up",
    Channel.PHONE: "phone",
    Channel.CHAT: "chat",
    Channel.DIRECT_MAIL: "mail",
}
_ENDINGS = {
    Ending.DONE: "done for them",
    Ending.FIXED: "fixed",
    Ending.GUIDED: "guided",
    Ending.NOTHING: "nothing needed",
}


class LogDialog(FindingDialog[Jotted]):
    """Answers with what was typed, and who was picked of those who may have asked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(
        self, now: datetime, rules: Rulebook, me: str, people: Awaitable[Sequence[Requester]]
    ) -> None:
        """Ask ``me`` (a login) at ``now``; ``people`` are who may have asked.

        The dialog is there before they are known. If the store is away nobody is known, and
        what is typed still counts.
        """
        super().__init__("Log an end-run", "somebody came to a person instead of the desk")
        self._now = now
        self._rules = rules
        self._me = me
        self._asked = people
        self._people = Directory(())
        self._entry = secrets.token_hex(16)

    def body(self) -> ComposeResult:
        """Return the field, who may be meant, and what is made of it."""
        with Horizontal(classes="field"):
            yield Static("asked", classes="label", markup=False)
            yield Line(placeholder=HINT)
        yield Choices(())
        yield Static("", classes="said -two-lines", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell the keys."""
        yield Hint("enter", "log it", "screen.pick")
        yield Hint("tab", "complete", "screen.complete")
        yield Hint("↑↓", "who")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for the people; the list keeps its height, so that nothing jumps."""
        self.query_one(Choices).styles.height = _ROWS
        self._learn()

    @work(exit_on_error=False)
    async def _learn(self) -> None:
        try:
            self._people = Directory(await self._asked)
        except StoreError:
            return
        self._show(self.query_one(Line).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is made of it."""
        event.stop()
        self._show(event.value)

    def action_complete(self) -> None:
        """Make the last word whole."""
        line = self.query_one(Line)
        line.value = completed(line.value, self._rules, self._people)
        line.cursor_position = len(line.value)

    def action_move(self, step: int) -> None:
        """Move among those who may have asked."""
        super().action_move(step)
        self._tell()

    def action_pick(self) -> None:
        """Answer, unless it does not say enough."""
        jotted = self._jotted
        try:
            must_be_whole(jotted)
            understood(jotted, self._rules, self._people, self._me)
        except DeskwatchError as problem:
            self._say(Content(settled(str(problem))), wrong=True)
        else:
            self.answer(jotted)

    def picked(self, choice: Choice) -> None:  # noqa: ARG002 -- it is the one under the cursor
        """Take who was clicked; what is typed beside that may go on."""
        self._tell()

    @property
    def _jotted(self) -> Jotted:
        return Jotted(self._entry, self.query_one(Line).value, self._now, self._picked)

    @property
    def _picked(self) -> Address | None:
        choices = self.query_one(Choices)
        # Without a colon the name itself would pass for what was asked.
        if choices.highlighted is None or not logged(self.query_one(Line).value).who:
            return None
        picked: Requester = choices.choices[choices.highlighted].value
        return Address(picked.name, picked.address)

    def _show(self, typed: str) -> None:
        who = logged(typed).who or ("" if ":" in typed else typed)
        self.query_one(Choices).show(
            [
                Choice("", each.name or each.address, each, detail=self._detail(each))
                for each in self._people.find(who, _ROWS)
            ]
        )
        self._tell()

    def _detail(self, person: Requester) -> str:
        department = self._rules.departments.get(person.department)
        place = department.name if department else person.address
        return f"{place} · on the desk" if person.login else place

    def _tell(self) -> None:
        """Say under the field what would be logged."""
        if not self.query_one(Line).value.strip():
            self._say(Content(""))
            return
        try:
            must_be_whole(self._jotted)
            entry = understood(self._jotted, self._rules, self._people, self._me)
        except DeskwatchError:
            self._say(Content.styled("… who asked, a colon, and what for", ink.MUTED))
        else:
            self._say(self._meaning(entry))

    def _meaning(self, entry: EndRunEntry) -> Content:
        who = entry.requester.name or entry.requester.address
        new = "" if self._picked else " (new)"
        whom = "me" if entry.whom == self._me else self._rules.people[entry.whom].name
        service = self._rules.services.get(entry.service)
        how = [
            f"{_CHANNELS[entry.channel]} to {whom}",
            f"{entry.minutes} min",
            "emergency" if entry.emergency else _ending(entry.ending),
            service.name if service else "no service",
        ]
        said = Content.assemble((settled(f"{who}{new}: {entry.what}"), "bold"), "\n")
        return said + Content.styled(settled(" · ".join(how)), ink.MUTED)

    def _say(self, words: Content, *, wrong: bool = False) -> None:
        said = self.query_one(".said", Static)
        said.update(words)
        said.set_class(wrong, "-wrong")


def _ending(ending: Ending | None) -> str:
    return "into the queue" if ending is None else _ENDINGS[ending]
