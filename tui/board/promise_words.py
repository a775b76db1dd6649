"""A promise in words: by when, and that its time is over."""

from __future__ import annotations

from datetime import datetime, tzinfo

from store.rules.attention import moment
from store.rules.promised import late


def promised(at: datetime | None, now: datetime, tz: tzinfo) -> tuple[str, bool]:
    """Return ("promised Fri 14:00", False), or ("promised 09:00, late", True); "" for none."""
    if at is None:
        return "", False
    over = late(at, now)
    return f"promised {moment(at, now, tz)}{', late' if over else ''}", over
