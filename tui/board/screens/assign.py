"""Giving work to somebody: people with what they have and whether they are in; type to find."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from store.records import Colleague
from store.words import Attendance
from tui.board.cells import settled
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.fields import Line
from tui.board.screens.finding import FindingDialog
from tui.board.screens.hints import Hint

_IN = Attendance.IN
#: People shown at once.
_ROWS = 8


class AssignDialog(FindingDialog[str]):
    """Answers with a login. Those who are in come first, the least loaded at the top."""

    TITLE = "Assign to …"
    VERB = "assign"

    def __init__(
        self,
        about: str,
        colleagues: Awaitable[Sequence[Colleague]],
        me: str = "",
        where: Callable[[Colleague], str] = lambda person: str(person.attendance),
    ) -> None:
        """Offer ``colleagues`` as soon as they are known.

        The dialog is there before they are, so that what is typed goes into it.

        Args:
            about: What is to be given to somebody.
            colleagues: Who there is.
            me: Login of who asks.
            where: Says whether somebody is there, and until when not.
        """
        super().__init__(self.TITLE, about)
        self._me = me
        self._where = where
        self._asked = colleagues
        self._colleagues: list[Colleague] = []
        self.ready = False

    def body(self) -> ComposeResult:
        """Return the field to find somebody, and the list."""
        with Horizontal(classes="field"):
            yield Static("find", classes="label", markup=False)
            yield Line(placeholder="type a part of a name")
        yield Choices(())
        yield Static("", classes="said -wrong", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to pick."""
        yield Hint("↑↓", "move")
        yield Hint("enter", self.VERB, "screen.pick")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for the people."""
        self._offer()

    @work(exit_on_error=False)
    async def _offer(self) -> None:
        """Offer the people; the list keeps its height when it gets shorter: nothing jumps."""
        found = await self.known(self._asked)
        self._colleagues = sorted(
            found or (),
            key=lambda one: (not one.present, one.attendance is not _IN, one.live, one.name),
        )
        self.query_one(Choices).styles.height = min(len(self._colleagues), _ROWS)
        self._show(self.query_one(Line).value)
        self.ready = True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show who is left."""
        event.stop()
        self._show(event.value)

    def _show(self, typed: str) -> None:
        found = self._found(typed)
        self.query_one(Choices).show(found)
        nobody = self._colleagues and not found
        said = f"Nobody on the desk is called “{settled(typed)}”." if nobody else ""
        self.query_one(".said", Static).update(said)

    def _found(self, typed: str) -> list[Choice]:
        wanted = typed.casefold().split()
        return [
            Choice(
                "",
                person.name + (" (me)" if person.login == self._me else ""),
                person.login,
                detail=f"{_load(person)} {self._whereabouts(person)}",
            )
            for person in self._colleagues
            if all(word in f"{person.name} {person.login}".casefold() for word in wanted)
        ]

    def _whereabouts(self, person: Colleague) -> str:
        if person.attendance is _IN and not person.present:
            return "no board open"
        return self._where(person)


class WhoseDialog(AssignDialog):
    """Asks about whom something is to be said."""

    TITLE = "Where is …"
    VERB = "choose"


def _load(person: Colleague) -> str:
    """Return what somebody has: " 12 open,  3 waiting"."""
    waiting = f",{person.waiting:>3} waiting" if person.waiting else ""
    return f"{person.live:>3} open{waiting:<13}"
