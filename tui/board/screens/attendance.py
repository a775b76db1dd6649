"""Where somebody is: in, away or off, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.words import Attendance
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog, picking
from tui.board.screens.hints import Hint
from tui.board.screens.when_field import WhenField
from tui.board.when import opening, spoken

if TYPE_CHECKING:
    from store.rules.hours import Hours

_DAY = timedelta(days=1)
_SPANS = (
    ("1", "away for 15 minutes", timedelta(minutes=15)),
    ("3", "away for 30 minutes", timedelta(minutes=30)),
    ("h", "away for an hour", timedelta(hours=1)),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be said, or that it is about somebody else."""

    state: Attendance = Attendance.IN
    until: datetime | None = None
    somebody_else: bool = False


class AttendanceDialog(ChoosingDialog[Wanted]):
    """Answers with how somebody stands from now on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *picking("i13htp"),
        Binding("a", "type('away')", show=False, priority=True),
        Binding("o", "type('off')", show=False, priority=True),
    ]

    def __init__(self, about: str, now: datetime, hours: Hours, *, others: bool) -> None:
        """Ask where ``about`` is from ``now`` on; with ``others`` it may be about somebody else."""
        super().__init__("Where", about)
        self._now = now
        self._hours = hours
        self._others = others

    def body(self) -> ComposeResult:
        """Return what can be picked, and the fields for other moments."""
        tomorrow = opening(self._now.astimezone(self._hours.tz).date() + _DAY, self._hours)
        choices = [Choice("i", "in", Wanted())]
        choices += [
            self._until(key, label, Attendance.AWAY, self._now + span)
            for key, label, span in _SPANS
        ]
        choices.append(self._until("t", "off until the desk opens", Attendance.OFF, tomorrow))
        if self._others:
            somebody = Wanted(somebody_else=True)
            choices.append(Choice("p", "somebody else …", somebody, "off sick, say"))
        yield Choices(choices)
        yield WhenField("away until", self._now, self._hours, id="away")
        yield WhenField("off until", self._now, self._hours, id="off")

    def _until(self, key: str, label: str, state: Attendance, at: datetime) -> Choice:
        return Choice(key, label, Wanted(state, at), spoken(at, self._now, self._hours))

    def hints(self) -> Iterable[Hint]:
        """Tell how to type a moment."""
        yield Hint("a", "away until …", "screen.type('away')")
        yield Hint("o", "off until …", "screen.type('off')")
        yield from super().hints()

    def action_type(self, field: str) -> None:
        """Go into a field."""
        self.query_one(f"#{field}", WhenField).begin()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the typed moment, if it is one."""
        event.stop()
        for state in (Attendance.AWAY, Attendance.OFF):
            field = self.query_one(f"#{state}", WhenField)
            if event.input in field.query(Input) and (at := field.moment()):
                self.answer(Wanted(state, at))
