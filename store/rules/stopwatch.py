"""Open time of one clock, with its pauses left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store.rules.hours import Hours

_NO_TIME = timedelta()


@dataclass(slots=True)
class Pauses:
    """When the pausing clocks of a request stood still: waits, and the time it was resolved."""

    ended: list[tuple[datetime, datetime]] = field(default_factory=list)
    since: datetime | None = None
    """The start of the pause that is on."""

    def begin(self, at: datetime) -> None:
        """Stand still from ``at`` on, if not already."""
        if self.since is None:
            self.since = at

    def end(self, at: datetime) -> None:
        """Go on from ``at``."""
        if self.since is not None:
            self.ended.append((self.since, at))
            self.since = None

    def running(self, start: datetime) -> Iterator[tuple[datetime, datetime | None]]:
        """Yield the stretches after ``start`` in which the clock ran; the last may be open."""
        for begin, end in self.ended:
            if begin > start:
                yield start, begin
            start = max(start, end)
        if self.since is None or self.since > start:
            yield start, self.since


#: The pauses of a clock that has none.
NEVER = Pauses()


def used(hours: Hours, pauses: Pauses, start: datetime, end: datetime) -> timedelta:
    """Return the open time in [start, end) without the pauses."""
    total = _NO_TIME
    for begin, stop in pauses.running(start):
        total += hours.open_between(begin, end if stop is None else min(stop, end))
    return total


def reached(hours: Hours, pauses: Pauses, start: datetime, open_time: timedelta) -> datetime | None:
    """Return the earliest instant with ``open_time`` used since ``start``.

    None: it is not reached before the pause that is on, or the calendar never opens for so
    long again.
    """
    left = open_time
    for begin, stop in pauses.running(start):
        if stop is None:
            return hours.due(begin, left)
        ran = hours.open_between(begin, stop)
        if ran >= left:
            return hours.due(begin, left)
        left -= ran
    return None
