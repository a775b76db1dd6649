"""The question before a reply is sent: just that, or wait for an answer, or resolve."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Key
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from tui.board.reply.draft import Then
from tui.board.screens import ink

#: Key, Textual's name of it, what it does, and what happens to the request then.
_CHOICES = (
    ("enter", "enter", "send", Then.NOTHING),
    ("w", "w", "send and wait", Then.WAIT),
    ("x", "x", "send and resolve", Then.RESOLVE),
)


class SendLine(Static, can_focus=True):
    """One line; while it asks, no key goes anywhere else."""

    @dataclass
    class Chosen(Message):
        """Send it, and then this."""

        then: Then

    def __init__(self) -> None:
        """Wait to be asked for."""
        super().__init__("")
        self.display = False
        self.sending = False

    def ask(self) -> None:
        """Ask."""
        self.sending = False
        parts = [
            Content.assemble((shown, ink.KEY), " ", label).stylize(Style.from_meta({"then": then}))
            for shown, _, label, then in _CHOICES
        ]
        back = Content.assemble(("esc", ink.KEY), " back")
        self.update(Content("   ").join([*parts, back]))
        self.display = True
        self.focus()

    def choose(self, then: Then) -> None:
        """Send it, once."""
        if not self.sending:
            self.sending = True
            self.update(Content.styled("sending …", ink.MUTED))
            self.post_message(self.Chosen(then))

    def on_key(self, event: Key) -> None:
        """Choose; every other key does nothing here."""
        event.stop()
        event.prevent_default()
        for _, key, _, then in _CHOICES:
            if event.key == key:
                self.choose(then)

    def on_click(self, event: Click) -> None:
        """Do what was clicked."""
        if then := event.style.meta.get("then"):
            event.stop()
            self.choose(Then(then))
