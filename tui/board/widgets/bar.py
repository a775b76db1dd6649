"""A line of the screen with something at its left, middle and right."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui.board.cells import width

NOTHING = Content("")


class Bar(Widget):
    """One line. What does not fit goes: the middle first, then the left is cut."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        """Start empty."""
        super().__init__(id=id)
        self._parts = (NOTHING, NOTHING, NOTHING)

    def show(self, left: Content, middle: Content = NOTHING, right: Content = NOTHING) -> None:
        """Show this, if it is not what is shown already."""
        parts = (left, middle, right)
        if not all(map(same, self._parts, parts)):
            self._parts = parts
            self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        return spread(*self._parts, self.size.width)


def same(one: Content, other: Content) -> bool:
    """Say whether both look the same; contents are equal when their text is, in any colour."""
    return one.plain == other.plain and one.spans == other.spans


def spread(left: Content, middle: Content, right: Content, cells: int) -> Content:
    """Return a line of ``cells`` with its three parts in their places."""
    left_cells, middle_cells, right_cells = (_width(part) for part in (left, middle, right))
    free = cells - left_cells - right_cells
    if free < 1:
        return left.truncate(max(cells - right_cells - 1, 0), ellipsis=True).append(" ") + right
    if middle_cells + 2 > free:
        return left + Content(" " * free) + right
    before = min(max((cells - middle_cells) // 2 - left_cells, 1), free - middle_cells - 1)
    after = free - middle_cells - before
    return left + Content(" " * before) + middle + Content(" " * after) + right


def _width(part: Content) -> int:
    return width(part.plain)
