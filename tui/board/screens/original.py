"""The original of a mail: its headers as they came, raw but safe, and its readable text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.types import CSSPathType
from textual.widgets import Static

from store.records import MessageView
from tui.board.cells import settled_lines
from tui.board.screens import ink
from tui.board.screens.hints import Hint, Hints
from tui.board.screens.page import Page

#: Headers beyond this many bytes are not shown; no honest mail has as many.
HEADER_BYTES = 64_000
#: Of a text beyond this many characters only the start is shown here.
TEXT_CHARACTERS = 100_000


def headers(raw: bytes) -> str:
    """Return the header block of a mail, safe, undecoded, one header a line or more."""
    start = raw[:HEADER_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
    block = start.partition(b"\n\n")[0]
    # RFC 5322 allows ASCII here and RFC 6532 UTF-8; whatever else comes stays visible as U+FFFD.
    shown = settled_lines(block.decode("utf-8", "replace")).rstrip("\n")
    return shown + ("\n… and more headers" if len(block) >= HEADER_BYTES else "")


def body(raw: bytes) -> str:
    """Return what follows the headers, safe, undecoded."""
    start = raw[: HEADER_BYTES + TEXT_CHARACTERS].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return start.lstrip(b"\n").partition(b"\n\n")[2].decode("utf-8", "replace")


def page(raw: bytes, text: str | None = None) -> Content:
    """Return headers and text, the names of the headers muted.

    ``text`` is what the mail was understood to say; None: show what follows the headers.
    """
    rows = []
    for line in headers(raw).split("\n"):
        name, colon, value = line.partition(":")
        if colon and name and " " not in name:
            rows.append(Content.assemble((name + colon, ink.MUTED), value))
        else:
            rows.append(Content(line))
    text = settled_lines(body(raw) if text is None else text).strip()
    rows += [Content(""), Content(text[:TEXT_CHARACTERS])]
    if len(text) > TEXT_CHARACTERS:
        rows.append(Content.styled("… and more text", ink.MUTED))
    return Content("\n").join(rows)


class OriginalScreen(Page):
    """One mail as it came. Esc, q or v goes back."""

    CSS_PATH: ClassVar[CSSPathType] = "original.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,v", "back", show=False),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
        Binding("space,pagedown", "scroll('page_down')", show=False),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("g,home", "scroll('home')", show=False),
        Binding("G,end", "scroll('end')", show=False),
    ]

    def __init__(self, raw: bytes, message: MessageView | None = None) -> None:
        """Show the mail ``raw``, with the text of the ``message`` that it became, if it did."""
        super().__init__()
        self._raw = raw
        self._text = f"{message.text}\n\n{message.quoted}" if message else None

    def compose(self) -> ComposeResult:
        """Lay out title, page and hints."""
        size = Content.styled(f"{len(self._raw):,} bytes kept", ink.MUTED)
        yield Static(Content.assemble(("Original", "bold"), "  ", size), id="title")
        with VerticalScroll():
            yield Static(page(self._raw, self._text))
        yield Hints(*self.hints())

    def hints(self) -> Iterable[Hint]:
        """Return the keys to tell about."""
        yield Hint("j/k", "scroll")
        yield Hint("g/G", "start, end")
        yield Hint("esc", "back", "screen.back")
