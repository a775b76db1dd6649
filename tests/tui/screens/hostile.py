"""Text that would drive a terminal or Textual, if anything let it."""

from __future__ import annotations

from dataclasses import replace

from store.records import Address, AttachmentInfo, RequestView
from tests.tui.screens.samples import request_view

#: What must never be painted.
FORBIDDEN = ("\x1b", "\x07", "\x9b", "\x9d", "\u202e", "\u2066", "\u200b", "\x00", "\x08", "\r")

HOSTILE = (
    "a\x1b[2J\x1b[31mred",
    "b\x1b]52;c;Y2xpcGJvYXJk\x07",
    "c\x9b2J\x9d52;c;eA==\x9c",
    "d\u202egnp.exe\u2066x\u2069",
    "e [/red] broken [bold",
    "f [@click=app.quit]x[/]",
    "g $accent [$accent] [link=https://evil.example]l[/link]",
    "h\x00\x08\r\u200bi",
)


def hostile_view(text: str) -> RequestView:
    """Return the projector request with ``text`` wherever somebody outside can write."""
    view = request_view()
    address = Address(text, f"{text}@evil.example")
    row = replace(
        view.row, subject=text, requester=address, department=text, service=text, assignee=text
    )
    messages = tuple(
        replace(
            message,
            sender=address,
            text=f"{text}\n{text}",
            quoted=f"{text}\n{text}",
            attachments=(AttachmentInfo(text, text, 1),),
        )
        for message in view.messages
    )
    history = tuple(replace(event, who=text, text=text, why=(text,)) for event in view.history)
    return replace(view, row=replace(row, end_run=text), messages=messages, history=history)
