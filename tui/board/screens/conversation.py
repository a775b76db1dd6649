"""The conversation of a request, newest at the bottom, kept in place while it grows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from store.records import MessageView
from store.words import Direction
from tui.board.screens.fold import Fold
from tui.board.screens.message import MessageBlock

#: Of a longer conversation the older messages wait behind a line.
MESSAGES_SHOWN = 20


class EarlierLine(Static):
    """Says "… 12 earlier messages"; a click on it shows them."""


class Conversation(VerticalScroll):
    """The messages. What is on screen stays where it is when a new one arrives below."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._messages: tuple[MessageView, ...] = ()
        self._earlier = 0
        """How many of the oldest messages wait behind their line."""
        self.follows = False
        """What of ours comes next is to be seen, wherever one reads."""
        self._going = False
        """The newest message comes into view as soon as it has its place."""
        self._now: datetime
        self._tz: tzinfo

    async def clear(self) -> None:
        """Forget the messages: another request comes."""
        self._messages, self._earlier = (), 0
        await self.remove_children()

    async def show(self, messages: Sequence[MessageView], now: datetime, tz: tzinfo) -> None:
        """Show these messages; those already shown stay as they are, folds included.

        Someone who is at the end goes on to the new end; anyone else stays where they read.
        """
        first, at_end = not self._messages, self.scroll_y >= self.max_scroll_y
        if first:
            self._earlier = max(len(messages) - MESSAGES_SHOWN, 0)
        self._messages, self._now, self._tz = tuple(messages), now, tz
        wanted = {message.id: message for message in self._messages[self._earlier :]}
        shown = set()
        for block in list(self.query(MessageBlock)):
            message = wanted.get(block.message.id)
            if message is None:
                await block.remove()
            else:
                shown.add(message.id)
                block.update(message)
        await self._say_earlier()
        new = [MessageBlock(wanted[id_], now, tz) for id_ in wanted if id_ not in shown]
        await self.mount_all(new)
        ours = any(block.message.direction is Direction.OUT for block in new)
        if new and (first or at_end or self._going or (ours and self.follows)):
            self._going = True
            self.call_after_refresh(self._go_to, new[-1])
        if ours:
            self.follows = False

    def _go_to(self, newest: MessageBlock) -> None:
        """Go to the end, or to the head of the newest message where that is longer."""
        self._going = False
        if newest.outer_size.height > self.size.height:
            self.scroll_to_widget(newest, top=True, animate=False)
        else:
            self.scroll_end(animate=False)

    def show_last(self, direction: Direction) -> None:
        """Have the last words that went this way in view."""
        blocks = [each for each in self.query(MessageBlock) if each.message.direction is direction]
        if not blocks:
            return
        last = blocks[-1]
        fits = last.outer_size.height <= self.size.height
        self.scroll_to_widget(last, top=not fits, animate=False)

    async def show_earlier(self) -> None:
        """Show all messages; what is on screen stays in view."""
        earlier, self._earlier = self._messages[: self._earlier], 0
        below = self.max_scroll_y - self.scroll_y
        await self._say_earlier()
        blocks = [MessageBlock(message, self._now, self._tz) for message in earlier]
        await self.mount_all(blocks, before=0)
        self.call_after_refresh(lambda: self.scroll_to(y=self.max_scroll_y - below, animate=False))

    async def toggle_folds(self) -> None:
        """Open everything that is folded; if nothing is, fold everything again."""
        if self._earlier:
            await self.show_earlier()
        folds = list(self.query(Fold))
        folded = not any(fold.folded for fold in folds)
        for fold in folds:
            fold.folded = folded

    async def on_click(self, event: Click) -> None:
        """Show the earlier messages when their line is clicked."""
        if isinstance(event.widget, EarlierLine):
            event.stop()
            await self.show_earlier()

    async def _say_earlier(self) -> None:
        await self.query(EarlierLine).remove()
        if self._earlier:
            noun = "message" if self._earlier == 1 else "messages"
            line = EarlierLine(Content(f"… {self._earlier:,} earlier {noun}"))
            await self.mount(line, before=0 if self.children else None)
