"""A line across the screen, with a joint where another one meets it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


class Rule(Widget):
    """Draws ``─``, and ``joint`` in the column that ``at`` counts from the right; 0: none."""

    DEFAULT_CSS = "Rule { height: 1; }"

    def __init__(self, joint: str) -> None:
        """Join with ``joint``: ┬ or ┴."""
        super().__init__()
        self._joint = joint
        self._at = 0

    def join(self, at: int) -> None:
        """Join in the column that is ``at`` from the right."""
        self._at = at
        self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        cells = self.size.width
        if not 0 < self._at <= cells:
            return Content("─" * cells)
        return Content("─" * (cells - self._at) + self._joint + "─" * (self._at - 1))
