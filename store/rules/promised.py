"""What a requester was promised by when, and whether that was kept.

It is kept by a public answer or the resolution; what comes after its time came late.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

#: Of a request whose promise is over, or that never had one.
NOTHING_PROMISED: Mapping[str, Any] = {"promised_at": None}


def in_time(promised: datetime, at: datetime) -> bool:
    """Say whether what was promised by ``promised`` and came at ``at`` came in time."""
    return at <= promised


def late(promised: datetime | None, now: datetime) -> bool:
    """Say whether something is promised, and its time is over."""
    return promised is not None and promised < now


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the promise that has to be kept first, of two that one request has now."""
    given = [each for each in (one, other) if each is not None]
    return min(given, default=None)
