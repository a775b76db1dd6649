"""Wall-clock times and the instants they stand for.

Inside the rules an instant is a whole number of microseconds since 1970 in UTC: exact, and
quick to add, compare and search. A time of day is a number of minutes since midnight.

Local time becomes an instant as RFC 5545 section 3.3.5 says: a time that happens twice is its
first occurrence, a time that is skipped keeps the offset from before the gap (02:30 → 03:30).
That is what ``fold=0`` means to ``zoneinfo`` (PEP 495).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: The days of the week as calendars and rosters write them, Monday first.
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DAY_MINUTES = 24 * 60
DAY = timedelta(days=1)
MINUTE_US = 60_000_000
DAY_US = DAY_MINUTES * MINUTE_US

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])")


def to_us(at: datetime) -> int:
    """Return an aware instant in microseconds since 1970."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_us(us: int) -> datetime:
    """Return microseconds since 1970 as an aware instant in UTC."""
    return _EPOCH + timedelta(0, 0, us)


def span_us(length: timedelta) -> int:
    """Return a length of time in microseconds."""
    return (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds


def zone(name: str) -> ZoneInfo:
    """Return the time zone called ``name``.

    Raises:
        ValueError: there is none; the message is for the person who wrote it.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f'"{name}" is not a time zone; write e.g. "Europe/London" or "America/New_York"'
        ) from None


def minutes_of_day(text: str) -> int:
    """Return the minutes since midnight of "08:30"; "24:00" is 1440.

    Raises:
        ValueError: it is no time of day; the message is for the person who wrote it.
    """
    found = _TIME.fullmatch(text)
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    if minutes > DAY_MINUTES:
        raise ValueError(f'"{text}" is not a time of day; write e.g. "08:30"')
    return minutes


def local_us(moment: datetime, tz: tzinfo) -> int:
    """Return the instant of a naive wall-clock moment in ``tz``."""
    return to_us(moment.replace(tzinfo=tz, fold=0))


def day_us(day: date, minutes: int, tz: tzinfo) -> int:
    """Return the instant ``minutes`` after midnight on the wall clock of ``day`` in ``tz``.

    ``minutes`` may go past the day's end: they are read on the clocks of the days after it.
    """
    days, rest = divmod(minutes, DAY_MINUTES)
    if days:
        day += timedelta(days)
    return to_us(datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=tz))
