"""The second line: the views with their counts, and the filter."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from store.text import one_line
from tui.board.screens import ink
from tui.board.widgets.bar import Bar
from tui.board.widgets.views import Views


class Filter(Input):
    """Where the search is typed. Enter and ↓ go back to the list, which stays filtered."""

    def __init__(self) -> None:
        """Start empty."""
        hint = "words · #1042 · @ana @me @nobody @offered · dept:maths"
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
    """The views at the left; at the right the filter, once it is used."""

    def compose(self) -> ComposeResult:
        """Lay out both."""
        yield Views(id="counts")
        yield Filter()

    def on_mount(self) -> None:
        """Begin without a filter."""
        self.query_one(Filter).display = False

    def tell(self, views: Content, key: str) -> None:
        """Show the views with their counts; ``key`` begins a search."""
        hint = Content.assemble((key, ink.KEY), " filter ") if key else Content("")
        self.query_one(Bar).show(views, right=hint)

    def tell_found(self, typed: str, found: int | None) -> None:
        """Say what the search has found; None while nothing was looked for yet."""
        words = "" if found is None or not typed else f"{found} found"
        left = Content.assemble((" Queue ", "bold"), (words, ink.MUTED))
        self.query_one(Bar).show(left, right=Content.styled("/", ink.KEY))
