"""A message as the mail server gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message, or what could be had of it."""

    uid: int
    arrived_at: datetime | None
    """INTERNALDATE, aware; None where the server has none."""
    size: int
    raw: bytes
    truncated: bool = False
    """Whether ``raw`` is only the start."""
    failure: str = ""
    """Why the message cannot be fetched; ``raw`` then is its headers, or empty."""
