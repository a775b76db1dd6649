"""What-if cases answered the slow way: one minute after the other, with no arithmetic to trust.

Written from the words of the rules, not from the program: no prefix sums, no merged intervals,
no due times computed backwards. Everything is a minute that counts or does not.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def instant(text):
    """Read "2025-06-13T20:30Z"."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


def written(at):
    """Write it again."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%MZ")


@cache
def wall(zone, day, minutes):
    """Find the instant of a time on the wall: its first occurrence, or past the gap."""
    tz = ZoneInfo(zone)
    naive = datetime.combine(day, datetime.min.time()) + minutes * MINUTE
    near = naive.replace(tzinfo=UTC)
    offsets = {
        (near + hours * timedelta(hours=1)).astimezone(tz).utcoffset() for hours in range(-30, 31)
    }
    fitting = [
        near - offset
        for offset in offsets
        if (near - offset).astimezone(tz).replace(tzinfo=None) == naive
    ]
    if fitting:
        return min(fitting)
    # Skipped: of the offsets around, the one from before the clocks went forward.
    before = (near - timedelta(hours=30)).astimezone(tz).utcoffset()
    return near - before


def clock_minutes(text):
    """Read "08:30" as minutes since midnight."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def local_moment(zone, text):
    """Read "2025-05-17T08:00" on a wall."""
    day, time = text.split("T")
    return wall(zone, date.fromisoformat(day), clock_minutes(time))


class Minutes:
    """Which minutes of a calendar are open, from a first one on."""

    def __init__(self, calendar, first, last):
        """Mark every minute in [first, last)."""
        self.first, self.last = first, last
        self.open = bytearray((last - first) // MINUTE)
        zone = calendar["tz"]
        special = calendar.get("special", {})
        day = first.date() - 3 * DAY
        while day <= last.date() + 3 * DAY:
            spans = special.get(day.isoformat(), calendar["weekly"].get(DAYS[day.weekday()], []))
            for begin, end in spans:
                start, stop = clock_minutes(begin), clock_minutes(end)
                if stop <= start:
                    stop += 24 * 60
                self._mark(wall(zone, day, start), self._end(zone, day, stop), 1)
            day += DAY
        for text in calendar.get("holidays", []):
            if text not in special:
                holiday = date.fromisoformat(text)
                self._mark(wall(zone, holiday, 0), wall(zone, holiday + DAY, 0), 0)
        for begin, end in calendar.get("closures", []):
            self._mark(local_moment(zone, begin), local_moment(zone, end), 0)

    def _end(self, zone, day, minutes):
        return wall(zone, day + minutes // 1440 * DAY, minutes % 1440)

    def _mark(self, start, stop, value):
        at, end = max(start, self.first), min(stop, self.last)
        if at < end:
            place, many = (at - self.first) // MINUTE, -((at - end) // MINUTE)
            self.open[place : place + many] = bytes([value]) * many

    def __call__(self, at):
        """Say whether the minute that begins at ``at`` is open."""
        return bool(self.open[(at - self.first) // MINUTE])


def deadline(given, horizon):
    """Answer a ``deadline``."""
    at = instant(given["start"])
    opened = Minutes(given["calendar"], at, at + horizon)
    left = given["minutes"]
    while left:
        left -= opened(at)
        at += MINUTE
    return {"due": written(at)}


def elapsed(given):
    """Answer an ``elapsed``."""
    at, end = instant(given["start"]), instant(given["end"])
    opened, used = Minutes(given["calendar"], at, end), 0
    while at < end:
        used += opened(at)
        at += MINUTE
    return {"minutes": used}
