"""One message of a conversation: who, which way and when; what is new; the rest folded."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from store.records import AttachmentInfo, MessageView
from store.words import QUIET, Delivery, Direction, Happened
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
#: What says itself otherwise, by the event that it came with.
_SAYS_OF = {
    Happened.THANKED: "said thanks",
    Happened.ACKNOWLEDGED: "acknowledged it",
    Happened.REDIRECTED: "pointed to the front door",
    Happened.RESOLVED: "told that it is resolved",
}
#: What programs have written takes one line until somebody wants it.
_COMPACT = QUIET
#: How far a mail has come without anybody having to care.
_FINE = {Delivery.SENT, Delivery.SENDING, Delivery.PENDING}
_GLYPHS = {Delivery.FAILED: "× ", Delivery.UNCERTAIN: "? "}


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
        if message.what in _COMPACT:
            rest = _compact(message)[1]
            yield Fold(rest, self._head()) if rest else Static(self._head())
            return
        yield Static(self._head())
        if rest := cut(_trimmed(message.text))[1]:
            yield Fold(rest, "more")
        if quoted := _trimmed(message.quoted):
            yield Fold(quoted, "quoted")
        if message.attachments:
            yield Static(attached(message.attachments))
        if message.defects:
            yield Static(damaged(message.defects))

    def _head(self) -> Content:
        """Return who and when, and of what people wrote, the text."""
        said = head(self.message, self._now, self._tz)
        if self.message.what in _COMPACT:
            return Content.assemble(said, "  ", _compact(self.message)[0])
        shown = cut(_trimmed(self.message.text))[0]
        text = Content(shown) if shown else Content.styled("no text", ink.MUTED)
        return Content("\n").join([said, text])

    def update(self, message: MessageView) -> None:
        """Say how far it has come by now; nothing else of a message ever changes."""
        before, self.message = self.message, message
        if before == message:
            return
        if message.what in _COMPACT and self.query(Fold):
            self.query(Fold).first(Fold).relabel(self._head())
        else:
            self.query(Static).first(Static).update(self._head())


def head(message: MessageView, now: datetime, tz: tzinfo) -> Content:
    """Return "Grace Hopper wrote  10:31"."""
    sender = settled(message.sender.name) or settled(message.sender.address) or "somebody"
    says = _SAYS_OF.get(message.what) if message.what else None
    if message.what in _COMPACT and message.direction is Direction.NOTE:
        says = "noted"
    line = Content.assemble(
        (sender, ink.MUTED if message.what in _COMPACT else "bold"),
        (f" {says or _SAYS[message.direction]}  {stamp(message.at, now, tz)}", ink.MUTED),
    )
    if message.delivery:
        line = Content.assemble(line, ("  ", ink.MUTED), delivery(message))
    if message.spoofed:
        forged = f"× the sender may be forged: {settled(message.spoofed)}"
        line = Content.assemble(line, "\n", (forged, ink.LATE))
    return line


def delivery(message: MessageView) -> Content:
    """Return how far a mail of ours has come; loud where a person has to care."""
    tried = message.delivered is Delivery.PENDING and ":" in message.delivery
    fine = message.delivered in _FINE and not tried
    glyph = "! " if tried else ""
    if message.delivered in _GLYPHS:
        glyph = _GLYPHS[message.delivered]
    words = f"{glyph}{settled(message.delivery)}"
    return Content.styled(words, ink.MUTED if fine else ink.RISK)


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


def _compact(message: MessageView) -> tuple[str, str]:
    """Return the line that stands for what a program wrote, and what is folded behind it.

    A note about such a mail begins with what there is to know; of the desk's own mail the
    head says all.
    """
    text = _trimmed(f"{message.text}\n\n{message.quoted}").strip()
    if message.direction is not Direction.NOTE:
        return "", text
    first, _, rest = text.partition("\n")
    return first, rest.strip("\n")


def _trimmed(text: str) -> str:
    """Return ``text`` safe, without empty lines around it."""
    return settled_lines(text).strip("\n").rstrip()
