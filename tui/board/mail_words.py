"""How mail stands, in the words of the board's header."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store.text import one_line

if TYPE_CHECKING:
    from store.records import MailboxHealth

#: A mailbox that was not heard of for so long is silent.
SILENT_AFTER = timedelta(minutes=3)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


def mail_words(mailboxes: Sequence[MailboxHealth], now: datetime) -> tuple[str, bool]:
    """Return how mail stands, and whether that is well: ("mail ✓ 2 s", True).

    Of several mailboxes the one that is worst off counts; it is named.
    """
    if not mailboxes:
        return "mail: nobody reads it yet", False
    worst = min(
        mailboxes,
        key=lambda one: (
            not one.error,
            one.last_contact or datetime.min.replace(tzinfo=now.tzinfo),
        ),
    )
    name = f" {worst.name}" if len(mailboxes) > 1 else ""
    if worst.error:
        return f"mail{name}: {one_line(worst.error)}", False
    if worst.last_contact is None:
        return f"mail{name}: not read yet", False
    silent = max(now - worst.last_contact, timedelta(0))
    if silent > SILENT_AFTER or not worst.connected:
        verb = "silent" if worst.connected else "not read"
        return f"mail{name}: {verb} for {age(silent)}", False
    return f"mail ✓ {age(silent)}", True


def age(span: timedelta) -> str:
    """Return a length of time: "2 s", "6 min", "3 h", "2 days"."""
    if span < _MINUTE:
        return f"{span // _SECOND} s"
    minutes = span // _MINUTE
    if minutes < 60:  # noqa: PLR2004 -- minutes of an hour
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004
