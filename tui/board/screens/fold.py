"""A text that is folded to one line until somebody wants it: quoted mail, a very long end."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widgets import Static


class FoldLine(Static):
    """The one line; a click on it opens or closes."""


class Fold(Vertical):
    """``text`` behind "… 14 quoted lines"."""

    DEFAULT_CLASSES = "-folded"

    folded: reactive[bool] = reactive(default=True, init=False)

    def __init__(self, text: str, what: str | Content) -> None:
        """Fold ``text`` away behind what its lines are called ("quoted", "more"), or a line."""
        super().__init__()
        self._text = text
        if isinstance(what, str):
            count = text.count("\n") + 1
            what = Content(f"{count:,} {what} {'line' if count == 1 else 'lines'}")
        self._label = what

    def compose(self) -> ComposeResult:
        """Lay out the line; the text follows when it is opened."""
        yield FoldLine(self._line())

    def relabel(self, label: Content) -> None:
        """Fold it away behind this line instead."""
        self._label = label
        self.query_one(FoldLine).update(self._line())

    def _line(self) -> Content:
        return Content("… " if self.folded else "▾ ") + self._label

    def on_click(self, event: Click) -> None:
        """Open or close when the line is clicked; text under it can still be selected."""
        if isinstance(event.widget, FoldLine):
            event.stop()
            self.folded = not self.folded

    async def watch_folded(self, folded: bool) -> None:  # noqa: FBT001 -- a watcher's signature
        """Show or take away the text; it is laid out only while it is wanted."""
        self.set_class(folded, "-folded")
        self.query_one(FoldLine).update(self._line())
        if folded:
            await self.query(".unfolded").remove()
        else:
            await self.mount(Static(Content(self._text), classes="unfolded"))
