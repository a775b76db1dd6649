"""The fields people type into; what is pasted into them is made safe first."""

from __future__ import annotations

from textual.events import Paste
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, TextArea

from store.text import lines, one_line


class Line(Input):
    """A field of one line."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Start with ``value``, the cursor after it."""
        super().__init__(value, placeholder=placeholder, compact=True, select_on_focus=False, id=id)

    def _on_paste(self, event: Paste) -> None:
        event.text = one_line(event.text)  # Input's own handler comes after this one


class Lines(TextArea):
    """A field of many lines; Tab leaves it."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Start with ``text``."""
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
        )

    async def _on_paste(self, event: Paste) -> None:
        event.text = lines(event.text)  # TextArea's own handler comes after this one

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint it; what is painted while it is taken down has lost its colours already.

        Textual would ask the theme for them, and does not know those of the terminal.
        """
        if self.rich_style.bgcolor is None:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)
