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
    earliest = datetime.min.replace(tzinfo=now.tzinfo)
    worst = min(mailboxes, key=lambda one: (_rank(one, now), one.last_contact or earliest))
    name = f" {worst.name}" if len(mailboxes) > 1 else ""
    if worst.error:
        return f"mail{name}: {error_words(worst, now)}", False
    if worst.last_contact is None:
        return f"mail{name}: not read yet", False
    silent = max(now - worst.last_contact, timedelta(0))
    if _is_silent(worst, now):
        verb = "silent" if worst.connected else "not read"
        return f"mail{name}: {verb} for {age(silent)}", False
    if worst.warning:
        return f"mail{name}: {without_name(worst, worst.warning)}", False
    return f"mail ✓ {age(silent)}", True


def error_words(health: MailboxHealth, now: datetime) -> str:
    """Return why a mailbox cannot be read, and for how long already: "for 3 h: no connection"."""
    since = health.failing_since
    lasting = timedelta(0) if since is None else now - since
    # The length first: a narrow head cuts the rest off.
    said = f"for {age(lasting)}: " if lasting >= _MINUTE else ""
    return f"{said}{without_name(health, health.error)}"


def without_name(health: MailboxHealth, text: str) -> str:
    """Return what is said of a mailbox without its name, which stands before it already."""
    return one_line(text).removeprefix(f'mailbox "{health.name}": ')


def _is_silent(health: MailboxHealth, now: datetime) -> bool:
    contact = health.last_contact
    return contact is None or now - contact > SILENT_AFTER or not health.connected


def _rank(health: MailboxHealth, now: datetime) -> int:
    """Return how badly off a mailbox is; the lowest is the worst."""
    worse = (bool(health.error), _is_silent(health, now), bool(health.warning))
    return worse.index(True) if any(worse) else len(worse)


def age(span: timedelta) -> str:
    """Return a length of time: "2 s", "6 min", "3 h", "2 days"."""
    if span < _MINUTE:
        return f"{span // _SECOND} s"
    minutes = span // _MINUTE
    if minutes < 60:  # noqa: PLR2004 -- minutes of an hour
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"  # noqa: PLR2004
