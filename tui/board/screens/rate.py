"""Rating impact and urgency on a grid that shows the priority each pair results in."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, MouseMove
from textual.message import Message
from textual.reactive import reactive
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from store.words import Level, Priority
from tui.board.screens import ink
from tui.board.screens.dialog import Dialog
from tui.board.screens.hints import Hint
from tui.board.screens.levels import IMPACT, URGENCY, weight

_IMPACTS = tuple(IMPACT)
_URGENCIES = tuple(URGENCY)
#: The names on a narrow screen.
_IMPACT_BRIEFLY = {Level.HIGH: "everybody", Level.MEDIUM: "room or team", Level.LOW: "one person"}
_URGENCY_BRIEFLY = {Level.LOW: "can wait", Level.MEDIUM: "slowed", Level.HIGH: "stopped"}


@dataclass(frozen=True, slots=True)
class _Measures:
    """What rows and columns are called, and how wide they are."""

    impact: Mapping[Level, str]
    urgency: Mapping[Level, str]

    @property
    def names(self) -> int:
        """Cells of the names of rows."""
        return max(len(name) for name in self.impact.values()) + 2

    @property
    def cell(self) -> int:
        """Cells of a column."""
        return max(len(name) for name in self.urgency.values()) + 2

    @property
    def cells(self) -> int:
        """Cells of a line."""
        return self.names + self.cell * len(self.urgency)


_WIDE, _NARROW = _Measures(IMPACT, URGENCY), _Measures(_IMPACT_BRIEFLY, _URGENCY_BRIEFLY)
#: Cells beside the grid.
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Rating:
    """What was rated."""

    impact: Level
    urgency: Level


class Grid(Widget, can_focus=True):
    """Impact down, urgency across, the priority in each cell; the cursor is one pair."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(0,-1)", show=False),
        Binding("right,l", "move(0,1)", show=False),
        Binding("up,k", "move(-1,0)", show=False),
        Binding("down,j", "move(1,0)", show=False),
        Binding("enter", "pick", show=False),
    ]

    cursor: reactive[Rating] = reactive(Rating(Level.LOW, Level.LOW))

    @dataclass
    class Moved(Message):
        """The cursor is on another pair."""

        rating: Rating

    @dataclass
    class Picked(Message):
        """A pair was chosen."""

        rating: Rating

    def __init__(
        self, matrix: Mapping[tuple[Level, Level], Priority], current: Rating | None
    ) -> None:
        """Show ``matrix``; ``current`` is how it is rated now, None if several differ."""
        super().__init__()
        self._matrix = matrix
        self._current = current
        self.set_reactive(Grid.cursor, current or Rating(Level.LOW, Level.MEDIUM))

    def render(self) -> Content:
        """Draw the head and the three rows."""
        fit = self._measures
        names = "".join(name.center(fit.cell) for name in fit.urgency.values())
        head = Content.styled(" " * fit.names + names, ink.MUTED)
        rows = [head]
        for impact in _IMPACTS:
            cells = [self._cell(Rating(impact, urgency)) for urgency in _URGENCIES]
            rows.append(Content.assemble(fit.impact[impact].ljust(fit.names), *cells))
        return Content("\n").join(rows)

    def _cell(self, rating: Rating) -> Content:
        priority = self._matrix[rating.impact, rating.urgency]
        words = f"{priority} now" if rating == self._current else f"{priority}"
        if rating == self.cursor:
            return Content.styled(f"[{words}]".center(self._measures.cell), "bold reverse")
        return Content(words.center(self._measures.cell))

    @property
    def _measures(self) -> _Measures:
        return _WIDE if self.app.size.width >= _WIDE.cells + _MARGIN else _NARROW

    def watch_cursor(self, rating: Rating) -> None:
        """Tell where the cursor is."""
        self.post_message(self.Moved(rating))

    def action_move(self, down: int, across: int) -> None:
        """Move the cursor, not past an edge."""
        row = _IMPACTS.index(self.cursor.impact) + down
        column = _URGENCIES.index(self.cursor.urgency) + across
        self.cursor = Rating(_IMPACTS[min(max(row, 0), 2)], _URGENCIES[min(max(column, 0), 2)])

    def action_pick(self) -> None:
        """Choose the pair under the cursor."""
        self.post_message(self.Picked(self.cursor))

    def on_mouse_move(self, event: MouseMove) -> None:
        """Let the cursor follow the mouse."""
        if rating := _at(self._measures, event.x, event.y):
            self.cursor = rating

    def on_click(self, event: Click) -> None:
        """Choose the pair that was clicked."""
        if rating := _at(self._measures, event.x, event.y):
            self.cursor = rating
            self.action_pick()


def _at(fit: _Measures, x: int, y: int) -> Rating | None:
    """Return the pair drawn at a place in the grid."""
    row, column = y - 1, (x - fit.names) // fit.cell
    if 0 <= row < len(_IMPACTS) and 0 <= column < len(_URGENCIES):
        return Rating(_IMPACTS[row], _URGENCIES[column])
    return None


class RateDialog(Dialog[Rating]):
    """Answers with impact and urgency; the priority follows from the policy's matrix."""

    CSS_PATH: ClassVar[CSSPathType] = ["dialog.tcss", "rate.tcss"]

    def __init__(
        self,
        about: str,
        matrix: Mapping[tuple[Level, Level], Priority],
        current: Awaitable[Rating | None],
    ) -> None:
        """Show the policy's ``matrix``, the cursor on ``current`` as soon as that is known.

        The dialog is there before that, so that no key goes elsewhere.
        """
        super().__init__("Impact × urgency", about)
        self._matrix = matrix
        self._asked = current
        self._current: Rating | None = None
        self.ready = False

    def body(self) -> ComposeResult:
        """Return the grid and what it results in."""
        yield Vertical(id="grid")
        yield Static(id="result", markup=False)

    def hints(self) -> Iterable[Hint]:
        """Tell how to pick."""
        yield Hint("←↑↓→", "move")
        yield Hint("enter", "rate it so", "screen.pick")
        yield from super().hints()

    def on_mount(self) -> None:
        """Wait for how it is rated now."""
        self._offer()

    @work(exit_on_error=False)
    async def _offer(self) -> None:
        """Show the grid once it is known where its cursor stands."""
        self._current = await self.known(self._asked)
        grid = Grid(self._matrix, self._current)
        await self.query_one("#grid").mount(grid)
        self.set_focus(grid)
        self._say(grid.cursor)
        self.ready = True

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Say what the pair under the cursor results in."""
        event.stop()
        self._say(event.rating)

    def on_grid_picked(self, event: Grid.Picked) -> None:
        """Answer."""
        event.stop()
        self.answer(event.rating)

    def action_pick(self) -> None:
        """Answer with the pair under the cursor."""
        for grid in self.query(Grid):
            grid.action_pick()

    def _say(self, rating: Rating) -> None:
        words = f"{weight(rating.impact, rating.urgency)} → {self._priority(rating)}"
        if self._current and rating != self._current:
            words += f"   (now {self._priority(self._current)})"
        self.query_one("#result", Static).update(words)

    def _priority(self, rating: Rating) -> Priority:
        return self._matrix[rating.impact, rating.urgency]
