"""What the view of intake lists: one record for a line, in four kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from store.mail_records import LedgerMail, MailboxHealth, OutboxMail
from store.words import Outcome
from tui.board.screens.asking import OVER


class Kind(StrEnum):
    """What a line is about; the order is that of the view."""

    MAILBOX = "mailboxes"
    OUTBOX = "outbox"
    QUARANTINE = "quarantine"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class MailStanding:
    """Everything the view shows, read at one moment."""

    mailboxes: Sequence[MailboxHealth] = field(default_factory=tuple)
    outbox: Sequence[OutboxMail] = field(default_factory=tuple)
    """What is not out; the rest of the outbox is no matter of this view."""
    quarantine: Sequence[LedgerMail] = field(default_factory=tuple)
    ignored: Sequence[LedgerMail] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: its kind, a key that stays the same whatever else changes, and what it is about."""

    kind: Kind
    key: str
    mailbox: MailboxHealth | None = None
    mail: LedgerMail | None = None
    sending: OutboxMail | None = None


def unsent(outbox: Sequence[OutboxMail]) -> list[OutboxMail]:
    """Return what is not out yet, or not for certain."""
    return [mail for mail in outbox if mail.state not in OVER]


def entries(standing: MailStanding, only: Kind | None = None) -> list[Entry]:
    """Return the lines of the view; ``only`` leaves out all other kinds."""
    return [each for each in _all(standing) if only in {None, each.kind}]


def _all(standing: MailStanding) -> Iterator[Entry]:
    for mailbox in standing.mailboxes:
        yield Entry(Kind.MAILBOX, f"mailbox {mailbox.name}", mailbox=mailbox)
    for sending in standing.outbox:
        yield Entry(Kind.OUTBOX, f"outbox {sending.id}", sending=sending)
    for mail in (*standing.quarantine, *standing.ignored):
        held = mail.outcome is Outcome.QUARANTINED
        yield Entry(Kind.QUARANTINE if held else Kind.IGNORED, key_of(mail), mail=mail)


def key_of(mail: LedgerMail) -> str:
    """Return the key of the line of a mail that came in."""
    return f"mail {mail.place.mailbox}/{mail.place.uidvalidity}/{mail.place.uid}"
