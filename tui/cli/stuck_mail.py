"""Mail of ours that did not get out, as ``deskwatch status`` tells of it: since when, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.words import Delivery
from tui.board.mail_words import age

if TYPE_CHECKING:
    from store.mail_records import OutboxMail

_DECIDE = {
    Delivery.FAILED: "failed",
    Delivery.UNCERTAIN: "maybe sent",
}


def stuck(mails: Iterable[OutboxMail], now: datetime) -> list[OutboxMail]:
    """Return the mails of the outbox that somebody should know about, in their order."""
    return [mail for mail in mails if _is_stuck(mail, now)]


def line(mail: OutboxMail, now: datetime) -> str:
    """Return what people read about one."""
    ago = age(max(now - mail.created_at, timedelta(0)))
    to = ", ".join(each.address for each in mail.to) or "nobody"
    how = _DECIDE.get(mail.state, f"waiting, tried {mail.attempts}×")
    why = f": {mail.error}" if mail.error else ""
    kind = mail.kind.value.replace("_", " ")
    return f"stuck for {ago}  #{mail.number} {kind} to {to}, {how}{why}"


def as_json(mail: OutboxMail) -> dict[str, Any]:
    """Return one for ``--json``."""
    return {
        "id": mail.id,
        "number": mail.number,
        "kind": mail.kind.value,
        "to": [each.address for each in mail.to],
        "state": mail.state.value,
        "attempts": mail.attempts,
        "error": mail.error or None,
        "since": mail.created_at.isoformat(),
    }


def _is_stuck(mail: OutboxMail, now: datetime) -> bool:
    return mail.state in _DECIDE or mail.is_stuck(now)
