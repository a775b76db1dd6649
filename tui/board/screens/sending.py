"""Asking what becomes of a mail of ours that is stuck, failed, or sent or not, nobody knows."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from store.mail_records import OutboxMail
from store.words import Delivery
from tui.board.cells import settled
from tui.board.screens import ink
from tui.board.screens.choices import Choice, Choices
from tui.board.screens.dialog import ChoosingDialog, picking


class Decision(StrEnum):
    """What somebody decides; each is the command of that name."""

    AGAIN = "send_again"
    SENT = "was_sent"
    GIVE_UP = "give_up"


_SAYS = {
    Delivery.PENDING: "It is not out yet; it is tried again by itself.",
    Delivery.SENDING: "It is being sent just now.",
    Delivery.UNCERTAIN: "The server broke off before it said whether it took it. Did they get it?",
    Delivery.FAILED: "It could not be delivered.",
}


class SendingDialog(ChoosingDialog[Decision]):
    """Answers with what becomes of it."""

    BINDINGS: ClassVar[list[BindingType]] = picking("asg")

    def __init__(self, mail: OutboxMail) -> None:
        """Ask about ``mail``."""
        to = ", ".join(each.name or each.address for each in mail.to)
        super().__init__(f"This {mail.kind}", f"#{mail.number} to {to}")
        self._mail = mail

    def body(self) -> ComposeResult:
        """Return how it stands, and the choices."""
        error = f" {settled(self._mail.error)}" if self._mail.error else ""
        said = _SAYS.get(self._mail.state, "") + error
        yield Static(Content.styled(said, ink.MUTED), id="how")
        doubt = self._mail.state is Delivery.UNCERTAIN
        yield Choices(
            [
                Choice(
                    "a", "send it again", Decision.AGAIN, "they may get it twice" if doubt else ""
                ),
                Choice(
                    "s",
                    "it was sent",
                    Decision.SENT,
                    "they have it, or the server's log says so",
                    "" if doubt else "there is no doubt that it was not",
                ),
                Choice("g", "give up", Decision.GIVE_UP, "it need not go out any more"),
            ]
        )
