"""A list of lines, some of which the cursor stops at; it stays on its line, whatever comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.board.screens import ink

_AT, _ELSEWHERE = Content.styled("▌", ink.KEY), Content(" ")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says."""

    content: Content
    key: str = ""
    """The same whatever else changes; "" of headings and pictures, where no cursor stops."""


class Listed(OptionList, inherit_bindings=False):
    """Lines under their headings. Only the keys of the registry move its cursor."""

    class Pointed(Message):
        """The cursor is on another line, or that line says something else."""

    class Opened(Message):
        """A line was double-clicked."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(compact=True, markup=False)
        self._told: list[Line] = []
        self._marked: int | None = None

    @property
    def key(self) -> str:
        """The key of the line under the cursor; "" if it is on none."""
        at = self.highlighted
        return self._told[at].key if at is not None and at < len(self._told) else ""

    @property
    def cells(self) -> int:
        """Cells that a line has."""
        return max(self.scrollable_content_region.width - 2, 10)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines instead; what is the same stays where it is."""
        if [each.key for each in lines] == [each.key for each in self._told]:
            self._redraw(lines)
        else:
            self._rebuild(lines)
        self.post_message(self.Pointed())

    def _redraw(self, lines: Sequence[Line]) -> None:
        """The same lines: only what they say has changed."""
        before, self._told = self._told, [*lines]
        for at, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old.content.plain != new.content.plain or old.content.spans != new.content.spans:
                self._put(at)

    def _rebuild(self, lines: Sequence[Line]) -> None:
        """Other lines: the cursor stays on its line, and that on its line of the screen."""
        at, top, was = self.highlighted, self.scroll_y, self.key
        self._marked = None
        self._told = [*lines]
        self.clear_options()
        self.add_options(
            Option(_ELSEWHERE + " " + line.content, disabled=not line.key) for line in lines
        )
        now = _place(lines, was, at)
        self.highlighted = now
        if at is not None and now is not None:
            self.scroll_to(y=max(top + now - at, 0), animate=False, force=True, immediate=True)

    def _put(self, at: int) -> None:
        mark = _AT if at == self.highlighted else _ELSEWHERE
        self.replace_option_prompt_at_index(at, mark + " " + self._told[at].content)

    def step(self, step: int) -> None:
        """Go to the next line (1) or the one above (-1); past the last one scroll on."""
        places = [place for place, line in enumerate(self._told) if line.key]
        here = self.highlighted
        beyond = [at for at in places if here is None or (at - here) * step > 0]
        if beyond:
            self.highlighted = beyond[0] if step > 0 else beyond[-1]
        else:
            self.scroll_relative(y=step, animate=False)

    def page(self, step: int) -> None:
        """Go a screenful down (1) or up (-1); where no line is left, scroll on."""
        tall = max(self.scrollable_content_region.height - 1, 1)
        places = [place for place, line in enumerate(self._told) if line.key]
        here = self.highlighted
        beyond = [at for at in places if here is not None and (at - here) * step > 0][::step]
        if here is None or not beyond:
            self.scroll_relative(y=step * tall, animate=False)
        else:
            within = [at for at in beyond if abs(at - here) <= tall]
            self.highlighted = within[-1] if within else beyond[0]

    def go_to(self, key: str) -> None:
        """Go to the line with this key, if it is there."""
        for place, line in enumerate(self._told):
            if line.key == key:
                self.highlighted = place

    def go_to_end(self, *, first: bool) -> None:
        """Go to the first line, or to the last, and show what stands above or below it."""
        places = [place for place, line in enumerate(self._told) if line.key]
        if places:
            self.highlighted = places[0] if first else places[-1]
        self.scroll_to(y=0 if first else self.max_scroll_y, animate=False, force=True)

    def move_page(self, step: int) -> None:
        """Move a screenful down (1) or up (-1)."""
        move = self.action_page_down if step > 0 else self.action_page_up
        move()  # type: ignore[no-untyped-call]

    def on_click(self, event: Click) -> None:
        """Put the cursor on the line; a double click shows more."""
        event.prevent_default()  # a list of options would take one click for the choice
        at = event.style.meta.get("option")
        if at is None or not self._told[at].key:
            return
        self.highlighted = at
        if event.chain == 2:  # noqa: PLR2004 -- a double click
            self.post_message(self.Opened())

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Mark the line of the cursor, for terminals whose colours do not show it."""
        super().watch_highlighted(highlighted)
        for at in {self._marked, highlighted} - {None}:
            if at is not None and at < len(self._told):
                self._put(at)
        self._marked = highlighted
        self.post_message(self.Pointed())


def _place(lines: Sequence[Line], was: str, at: int | None) -> int | None:
    """Return the line of the cursor: the one it was on, else the nearest to where that was."""
    if was:
        for place, line in enumerate(lines):
            if line.key == was:
                return place
    places = [place for place, line in enumerate(lines) if line.key]
    if not places:
        return None
    return min(places, key=lambda place: (abs(place - (at or 0)), place))
