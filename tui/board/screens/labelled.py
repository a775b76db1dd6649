"""Labels with words beside them; words that take more than a line stay in their column."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content, Span
from textual.geometry import Size
from textual.widget import Widget

from tui.board.screens import ink


class Labelled(Widget):
    """Rows of (label, words); a row without words is its label alone."""

    def __init__(
        self,
        label_width: int,
        *,
        label_style: str = ink.MUTED,
        id: str | None = None,  # noqa: A002 -- Textual's name for it
    ) -> None:
        """Give labels ``label_width`` cells."""
        super().__init__(id=id)
        self._label_width = label_width
        self._label_style = label_style
        self._rows: tuple[tuple[str, Content], ...] = ()
        self._wrapped: tuple[int, list[Content]] = (-1, [])
        """The lines the rows were last wrapped to, and the width."""

    def show(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show these rows instead; does nothing if they are what is shown."""
        new = tuple(rows)
        if _looks(new) != _looks(self._rows):
            self._rows = new
            self._wrapped = (-1, [])
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- Textual's signature
        """Return how many lines the rows take at ``width``."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the rows."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._wrapped[0] != width:
            self._wrapped = (width, self._wrap(width))
        return self._wrapped[1]

    def _wrap(self, width: int) -> list[Content]:
        lines = []
        for label, words in self._rows:
            wrapped = words.wrap(max(width - self._label_width, 1)) if words else [words]
            heads = [label, *[""] * (len(wrapped) - 1)]
            for head, part in zip(heads, wrapped, strict=True):
                beside = Content.styled(head.ljust(self._label_width), self._label_style)
                lines.append(beside + part)
        return lines


def _looks(rows: Sequence[tuple[str, Content]]) -> list[tuple[str, str, Sequence[Span]]]:
    # Contents are equal when their text is, whatever their colours.
    return [(label, words.plain, words.spans) for label, words in rows]
