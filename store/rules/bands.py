"""Which kind of an hour it is on the wall clock: holiday, weekend, night, evening."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, tzinfo

from store.rules.roster import Band
from store.rules.walltime import DAY_US, MINUTE_US, from_us, to_us

_NIGHT_ENDS = 6 * 60 * MINUTE_US
_NIGHT_BEGINS = 22 * 60 * MINUTE_US
_SATURDAY = 5


class Bands:
    """The bands of a stretch of time in one zone."""

    def __init__(self, tz: tzinfo, holidays: Collection[date], start: int, end: int) -> None:
        """Prepare to tell the bands within [start, end), in microseconds."""
        self._holidays = frozenset((day - date(1970, 1, 1)).days for day in holidays)
        self._offsets = list(_offsets(tz, start, end))

    def split(self, start: int, end: int) -> Iterator[tuple[Band, int]]:
        """Yield the bands of [start, end) in order, with the microseconds of each."""
        for begins, ends, offset in self._offsets:
            at, until = max(start, begins) + offset, min(end, ends) + offset
            while at < until:
                band, changes = self._band(at)
                yield band, min(changes, until) - at
                at = changes

    def _band(self, local: int) -> tuple[Band, int]:
        """Return the band at a moment of wall-clock microseconds, and when it may end."""
        day, time = divmod(local, DAY_US)
        midnight = (day + 1) * DAY_US
        if day in self._holidays:
            return Band.HOLIDAY, midnight
        # 1 January 1970 was a Thursday.
        if (day + 3) % 7 >= _SATURDAY:
            return Band.WEEKEND, midnight
        if time < _NIGHT_ENDS:
            return Band.NIGHT, day * DAY_US + _NIGHT_ENDS
        if time < _NIGHT_BEGINS:
            return Band.EVENING, day * DAY_US + _NIGHT_BEGINS
        return Band.NIGHT, midnight


def _offsets(tz: tzinfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, offset from UTC), in microseconds, for each stretch without a change.

    Clocks are put forward or back at whole minutes, and no zone does so twice in a day.
    """
    begins, offset = start, _offset(tz, start)
    at = start
    while at < end:
        following = min(at + DAY_US, end)
        if _offset(tz, following) != offset:
            change = _change(tz, at, following, offset)
            yield begins, change, offset
            begins, offset = change, _offset(tz, change)
            at = change
        else:
            at = following
    yield begins, end, offset


def _change(tz: tzinfo, before: int, after: int, offset: int) -> int:
    """Return the minute after ``before`` in which the offset is ``offset`` no more."""
    low, high = before // MINUTE_US, -(-after // MINUTE_US)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(tz, middle * MINUTE_US) == offset:
            low = middle
        else:
            high = middle
    return high * MINUTE_US


def _offset(tz: tzinfo, us: int) -> int:
    at = from_us(us)
    return to_us(at.astimezone(tz).replace(tzinfo=UTC)) - us
