"""A line of the screen with something at its left, middle and right."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from tui.board.cells import width

NOTHING = Content("")


class Bar(Widget):
    """One line. What does not fit goes: of the middle all but its brief form, then the left."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        """Start empty."""
        super().__init__(id=id)
        self._parts = (NOTHING, NOTHING, NOTHING, NOTHING)

    def show(
        self,
        left: Content,
        middle: Content = NOTHING,
        right: Content = NOTHING,
        brief: Content = NOTHING,
    ) -> None:
        """Show this, if it is not what is shown already; ``brief`` is the middle in fewer words."""
        parts = (left, middle, right, brief)
        if not all(map(same, self._parts, parts)):
            self._parts = parts
            self.refresh()

    async def on_click(self, event: Click) -> None:
        """Do the action of what was clicked, if it has one."""
        if action := event.style.meta.get("performs"):
            event.stop()
            await self.run_action(f"app.perform('{action}')")

    def render(self) -> Content:
        """Draw the line."""
        return spread(self.size.width, *self._parts)


def same(one: Content, other: Content) -> bool:
    """Say whether both look the same; contents are equal when their text is, in any colour."""
    return one.plain == other.plain and one.spans == other.spans


def spread(
    cells: int, left: Content, middle: Content, right: Content, brief: Content = NOTHING
) -> Content:
    """Return a line of ``cells`` with its three parts in their places."""
    left_cells, right_cells = _width(left), _width(right)
    free = cells - left_cells - right_cells
    if free < 1:
        return left.truncate(max(cells - right_cells - 1, 0), ellipsis=True).append(" ") + right
    fitting = (part for part in (middle, brief) if _width(part) + 2 <= free)
    middle = next(fitting, NOTHING)
    middle_cells = _width(middle)
    before = max(min((cells - middle_cells) // 2 - left_cells, free - middle_cells - 1), 1)
    return left + _gap(before) + middle + _gap(free - middle_cells - before) + right


def _gap(cells: int) -> Content:
    return Content(" " * max(cells, 0))


def _width(part: Content) -> int:
    return width(part.plain)
