"""The conversation of a request, newest at the bottom, kept in place while it grows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from store.records import MessageView
from tui.board.screens.fold import Fold
from tui.board.screens.message import MessageBlock

#: Of a longer conversation the older messages wait behind a line.
MESSAGES_SHOWN = 40


class EarlierLine(Static):
    """Says "… 12 earlier messages"; a click on it shows them."""


class Conversation(VerticalScroll):
    """The messages. What is on screen stays where it is when a new one arrives below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("space", "page_down", show=False),
    ]

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._messages: tuple[MessageView, ...] = ()
        self._earlier = 0
        self._now: datetime
        self._tz: tzinfo

    async def show(self, messages: Sequence[MessageView], now: datetime, tz: tzinfo) -> None:
        """Show these messages; those already shown stay as they are, folds included.

        Someone who is at the end goes on to the new end; anyone else stays where they read.
        """
        at_end = self.scroll_y >= self.max_scroll_y
        first = not self._messages
        self._now, self._tz = now, tz
        shown = {block.message.id: block for block in self.query(MessageBlock)}
        self._messages = tuple(messages)
        if first:
            self._earlier = max(len(messages) - MESSAGES_SHOWN, 0)
        wanted = self._messages[self._earlier :]
        gone = set(shown) - {message.id for message in wanted}
        for block in [shown[id_] for id_ in gone]:
            await block.remove()
        await self._say_earlier()
        await self.mount_all(
            MessageBlock(message, now, tz) for message in wanted if message.id not in shown
        )
        if first or at_end:
            self.scroll_end(animate=False, immediate=False)

    async def _say_earlier(self) -> None:
        await self.query(EarlierLine).remove()
        if self._earlier:
            noun = "message" if self._earlier == 1 else "messages"
            await self.mount(EarlierLine(Content(f"… {self._earlier:,} earlier {noun}")), before=0)

    async def show_earlier(self) -> None:
        """Show all messages; what is on screen stays in view."""
        earlier, self._earlier = self._messages[: self._earlier], 0
        below = self.max_scroll_y - self.scroll_y
        await self._say_earlier()
        await self.mount_all(
            [MessageBlock(message, self._now, self._tz) for message in earlier], before=0
        )
        self.call_after_refresh(lambda: self.scroll_to(y=self.max_scroll_y - below, animate=False))

    async def toggle_folds(self) -> None:
        """Open everything that is folded, or fold everything again."""
        if self._earlier:
            await self.show_earlier()
        folds = list(self.query(Fold))
        open_all = any(fold.folded for fold in folds)
        for fold in folds:
            fold.folded = not open_all

    async def on_click(self, event: Click) -> None:
        """Show the earlier messages when their line is clicked."""
        if isinstance(event.widget, EarlierLine):
            event.stop()
            await self.show_earlier()
