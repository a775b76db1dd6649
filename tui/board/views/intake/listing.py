"""The list of the view: mail under headings, the cursor on one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from tui.board.screens import ink
from tui.board.views.intake.entries import Entry, Kind
from tui.board.widgets.listed import Line, Listed

_HEADINGS = {
    Kind.MAILBOX: "MAILBOXES",
    Kind.OUTBOX: "NOT SENT",
    Kind.QUARANTINE: "IN QUARANTINE",
    Kind.IGNORED: "IGNORED",
}


class Entries(Listed):
    """Entries under their headings."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._entries: dict[str, Entry] = {}
        """By the keys of their lines, in order."""

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entries.get(self.key)

    def show(self, entries: Sequence[Entry], draw: Callable[[Entry], Content]) -> None:
        """Show these entries instead; what is the same stays where it is."""
        lines: list[Line] = []
        before: Kind | None = None
        for each in entries:
            if each.kind is not before:
                count = sum(one.kind is each.kind for one in entries)
                heading = f"{_HEADINGS[each.kind]}  {count:,}"
                lines.append(Line(Content.styled(heading, ink.MUTED)))
                before = each.kind
            lines.append(Line(draw(each), each.key))
        self._entries = {each.key: each for each in entries}
        self.show_lines(lines)

    def leave(self, key: str) -> None:
        """Go from a line that is put away to the next of its kind, or to the one above."""
        entry, at = self.entry, self.highlighted
        if entry is None or at is None or entry.key != key:
            return
        for place in (at + 1, at - 1):
            if not 0 <= place < len(self._told):
                continue
            beside = self._entries.get(self._told[place].key)
            if beside is not None and beside.kind is entry.kind:
                self.highlighted = place
                return
