"""One message of a conversation: who, which way and when; what is new; the rest folded."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from store.records import AttachmentInfo, MessageView
from store.words import Direction
from tui.board.cells import fit, settled, settled_lines, width
from tui.board.screens import ink
from tui.board.screens.fold import Fold
from tui.board.screens.stamps import size, stamp

#: A text longer than this is cut there and the rest folded, so that one mail never fills
#: the conversation.
LINES_SHOWN = 150
CHARACTERS_SHOWN = 12_000

_SAYS = {
    Direction.IN: "wrote",
    Direction.OUT: "answered",
    Direction.NOTE: "noted, for the desk only",
}


class MessageBlock(Vertical):
    """A message. Ours are set in from the left, notes have a bar beside them."""

    def __init__(self, message: MessageView, now: datetime, tz: tzinfo) -> None:
        """Show ``message`` with its time as seen at ``now`` in ``tz``."""
        super().__init__(classes=f"-{message.direction}")
        self.message = message
        self._now = now
        self._tz = tz

    def compose(self) -> ComposeResult:
        """Lay out the head and the text, the folds, and the attachments."""
        message = self.message
        shown, rest = cut(_trimmed(message.text))
        text = Content(shown) if shown else Content.styled("no text", ink.MUTED)
        yield Static(Content("\n").join([head(message, self._now, self._tz), text]))
        if rest:
            yield Fold(rest, "more")
        if quoted := _trimmed(message.quoted):
            yield Fold(quoted, "quoted")
        if message.attachments:
            yield Static(attached(message.attachments))
        if message.defects:
            yield Static(damaged(message.defects))


def head(message: MessageView, now: datetime, tz: tzinfo) -> Content:
    """Return "Grace Hopper wrote  10:31"."""
    sender = settled(message.sender.name) or settled(message.sender.address) or "somebody"
    return Content.assemble(
        (sender, "bold"),
        (f" {_SAYS[message.direction]}  {stamp(message.at, now, tz)}", ink.MUTED),
    )


def cut(text: str) -> tuple[str, str]:
    """Return what is shown of ``text`` and the rest, divided at a line where that is possible."""
    end = len(text)
    if text.count("\n", 0, CHARACTERS_SHOWN) >= LINES_SHOWN:
        end = len("\n".join(text.split("\n", LINES_SHOWN)[:LINES_SHOWN]))
    elif len(text) > CHARACTERS_SHOWN:
        end = max(text.rfind("\n", 0, CHARACTERS_SHOWN), CHARACTERS_SHOWN // 2)
    return text[:end], text[end:].removeprefix("\n")


def attached(attachments: tuple[AttachmentInfo, ...]) -> Content:
    """Return a line for each attachment: name, type, size."""
    names = [settled(each.name) or "(no name)" for each in attachments]
    cells = max(map(width, names))
    return Content("\n").join(
        Content.assemble(
            ("attached  ", ink.MUTED),
            fit(name, cells),
            (f"  {size(each.size)}  {settled(each.type)}", ink.MUTED),
        )
        for name, each in zip(names, attachments, strict=True)
    )


def damaged(defects: tuple[str, ...]) -> Content:
    """Return a line for each thing that could not be read as it was meant, or was cut."""
    return Content.styled("\n".join(f"damaged   {settled(each)}" for each in defects), ink.MUTED)


def _trimmed(text: str) -> str:
    """Return ``text`` safe, without empty lines around it."""
    return settled_lines(text).strip("\n").rstrip()
