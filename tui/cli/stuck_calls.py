"""Calls that reached nobody, as ``deskwatch status`` tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.words import Delivery
from tui.board.mail_words import age

if TYPE_CHECKING:
    from store.notice_records import StuckNotice
    from store.records import BoardRow

_SHOWN = 10
_HOW = {
    Delivery.FAILED: "failed",
    Delivery.UNCERTAIN: "maybe sent",
    Delivery.SENDING: "being sent",
}


def lines(stuck: Sequence[StuckNotice], nobody: Sequence[BoardRow], now: datetime) -> list[str]:
    """Return what people read: emergencies that nobody is on, and notices that are stuck."""
    said = [f"emergency  #{row.number} nobody is on it: {row.subject}" for row in nobody]
    said += [_line(each, now) for each in stuck[:_SHOWN]]
    if len(stuck) > _SHOWN:
        said.append(f"calls      {len(stuck) - _SHOWN:,} more that are stuck")
    return said


def as_json(stuck: Sequence[StuckNotice], nobody: Sequence[BoardRow]) -> dict[str, Any]:
    """Return the same for ``--json``."""
    return {
        "unanswered": [row.number for row in nobody],
        "stuck": [
            {
                "id": each.id,
                "number": each.number,
                "kind": each.kind.value,
                "login": each.login,
                "place": each.place or None,
                "state": each.state.value,
                "attempts": each.attempts,
                "error": each.error or None,
                "since": each.created_at.isoformat(),
            }
            for each in stuck
        ],
    }


def _line(each: StuckNotice, now: datetime) -> str:
    ago = age(max(now - each.created_at, timedelta(0)))
    number = f" to #{each.number}" if each.number else ""
    how = _HOW.get(each.state, f"waiting, tried {each.attempts}×")
    by = f" by {each.place}" if each.place else ""
    why = f": {each.error}" if each.error else ""
    return f"stuck for {ago}  {each.kind.replace('_', ' ')}{number}, {each.login}{by}, {how}{why}"
