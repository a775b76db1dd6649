"""The list of the view: headings and lines; the cursor stays on its line, whatever comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.board.screens import ink
from tui.board.views.intake.entries import Entry, Kind

_AT, _ELSEWHERE = Content.styled("▌", ink.KEY), Content(" ")
_HEADINGS = {
    Kind.MAILBOX: "MAILBOXES",
    Kind.OUTBOX: "NOT SENT",
    Kind.QUARANTINE: "IN QUARANTINE",
    Kind.IGNORED: "IGNORED",
}


class Entries(OptionList, inherit_bindings=False):
    """Entries under their headings. Only the keys of the registry move its cursor."""

    class Pointed(Message):
        """The cursor is on another line, or that line says something else."""

    class Opened(Message):
        """A line was double-clicked."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(compact=True, markup=False)
        self._entries: list[Entry | None] = []
        """By line; None for a heading."""
        self._drawn: list[Content] = []
        self._marked: int | None = None

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        at = self.highlighted
        return self._entries[at] if at is not None and at < len(self._entries) else None

    @property
    def cells(self) -> int:
        """Cells that a line has."""
        return max(self.scrollable_content_region.width - 2, 10)

    def show(self, entries: Sequence[Entry], draw: Callable[[Entry], Content]) -> None:
        """Show these entries instead; what is the same stays where it is."""
        lines: list[Entry | None] = []
        drawn: list[Content] = []
        before: Kind | None = None
        for each in entries:
            if each.kind is not before:
                count = sum(one.kind is each.kind for one in entries)
                drawn.append(Content.styled(f"{_HEADINGS[each.kind]}  {count:,}", ink.MUTED))
                lines.append(None)
                before = each.kind
            lines.append(each)
            drawn.append(draw(each))
        if _keys(lines) == _keys(self._entries):
            self._redraw(lines, drawn)
        else:
            self._rebuild(lines, drawn)
        self.post_message(self.Pointed())

    def _redraw(self, lines: list[Entry | None], drawn: list[Content]) -> None:
        """The same lines: only what they say has changed."""
        self._entries = lines
        for at, (old, new) in enumerate(zip(self._drawn, drawn, strict=True)):
            if old.plain != new.plain or old.spans != new.spans:
                self._drawn[at] = new
                self._put(at)

    def _rebuild(self, lines: list[Entry | None], drawn: list[Content]) -> None:
        """Other lines: the cursor stays on its entry, and that on its line of the screen."""
        at, top, was = self.highlighted, self.scroll_y, self.entry
        self._marked = None
        self._entries, self._drawn = lines, drawn
        self.clear_options()
        self.add_options(
            Option(_ELSEWHERE + " " + content, disabled=entry is None)
            for entry, content in zip(lines, drawn, strict=True)
        )
        now = _place(lines, was, at)
        self.highlighted = now
        if at is not None and now is not None:
            self.scroll_to(y=max(top + now - at, 0), animate=False, force=True, immediate=True)

    def _put(self, at: int) -> None:
        mark = _AT if at == self.highlighted else _ELSEWHERE
        self.replace_option_prompt_at_index(at, mark + " " + self._drawn[at])

    def leave(self, key: str) -> None:
        """Go from a line that is put away to the next of its kind, or to the one above."""
        entry, at = self.entry, self.highlighted
        if entry is None or at is None or entry.key != key:
            return
        for place in (at + 1, at - 1):
            beside = self._entries[place] if 0 <= place < len(self._entries) else None
            if beside is not None and beside.kind is entry.kind:
                self.highlighted = place
                return

    def move_page(self, step: int) -> None:
        """Move a screenful down (1) or up (-1)."""
        move = self.action_page_down if step > 0 else self.action_page_up
        move()  # type: ignore[no-untyped-call]

    def on_click(self, event: Click) -> None:
        """Put the cursor on the line; a double click shows more."""
        event.prevent_default()  # a list of options would take one click for the choice
        at = event.style.meta.get("option")
        if at is None or self._entries[at] is None:
            return
        self.highlighted = at
        if event.chain == 2:  # noqa: PLR2004 -- a double click
            self.post_message(self.Opened())

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Mark the line of the cursor, for terminals whose colours do not show it."""
        super().watch_highlighted(highlighted)
        for at in {self._marked, highlighted} - {None}:
            if at is not None and at < len(self._drawn):
                self._put(at)
        self._marked = highlighted
        self.post_message(self.Pointed())


def _keys(lines: Sequence[Entry | None]) -> list[str | None]:
    return [each.key if each else None for each in lines]


def _place(lines: Sequence[Entry | None], was: Entry | None, at: int | None) -> int | None:
    """Return the line of the cursor: its entry's, else the nearest to where that was."""
    keys = _keys(lines)
    if was is not None and was.key in keys:
        return keys.index(was.key)
    places = [place for place, each in enumerate(lines) if each is not None]
    if not places:
        return None
    return min(places, key=lambda place: (abs(place - (at or 0)), place))
