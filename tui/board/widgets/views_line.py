"""The second line: the queue's counts, and the filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from store.text import one_line
from tui.board.screens import ink
from tui.board.widgets.bar import Bar

if TYPE_CHECKING:
    from store.records import Summary


class Filter(Input):
    """Where the search is typed. Enter and ↓ go back to the list, which stays filtered."""

    def __init__(self) -> None:
        """Start empty."""
        hint = "words · #1042 · @ana @me @nobody · dept:maths"
        super().__init__(placeholder=hint, compact=True, select_on_focus=False, id="filter")

    class Left(Message):
        """The list is wanted again, as it is filtered."""

    class Dropped(Message):
        """The filter is not wanted any more."""

    def on_key(self, event: Key) -> None:
        """Go back to the list on the keys that leave a search field."""
        if event.key in {"down", "enter", "tab"}:
            event.stop()
            event.prevent_default()
            self.post_message(self.Left())
        elif event.key in {"escape", "ctrl+g"}:
            event.stop()
            event.prevent_default()
            self.post_message(self.Dropped())

    def _on_paste(self, event: Paste) -> None:
        event.text = one_line(event.text)  # Input's own handler comes after this one


class ViewsLine(Horizontal):
    """Counts at the left; at the right the filter, once it is used."""

    def compose(self) -> ComposeResult:
        """Lay out both."""
        yield Bar(id="counts")
        yield Filter()

    def on_mount(self) -> None:
        """Begin without a filter."""
        self.query_one(Filter).display = False

    def tell(self, live: int, summary: Summary | None, key: str) -> None:
        """Say how many there are; ``key`` begins a search."""
        hint = Content.assemble((key, ink.KEY), " filter ") if key else Content("")
        self.query_one(Bar).show(counts(live, summary), right=hint)

    def tell_found(self, typed: str, found: int | None) -> None:
        """Say what the search has found; None while nothing was looked for yet."""
        words = "" if found is None or not typed else f"{found} found"
        left = Content.assemble((" Queue ", "bold"), (words, ink.MUTED))
        self.query_one(Bar).show(left, right=Content.styled("/", ink.KEY))


def counts(live: int, summary: Summary | None) -> Content:
    """Return " Queue 42  17 nobody's  6 mine"."""
    parts = [Content.assemble((" Queue ", "bold"), (f"{live:,}", "bold"))]
    if summary is not None:
        parts.append(Content.styled(f"{summary.unassigned:,} nobody's", ink.MUTED))
        parts.append(Content.styled(f"{summary.mine:,} mine", ink.MUTED))
        if summary.quarantined:
            parts.append(Content.styled(f"{summary.quarantined:,} in quarantine", ink.RISK))
    return Content("   ").join(parts)
