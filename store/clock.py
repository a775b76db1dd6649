"""The only place that asks the machine what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is put, for tests, demos and rehearsals."""

    def __init__(self, at: datetime) -> None:
        """Stand at ``at``, an aware instant."""
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant the clock was last put to."""
        return self._at

    def advance(self, by: timedelta) -> datetime:
        """Move forward ``by`` and return the new instant."""
        self._at += by
        return self._at
