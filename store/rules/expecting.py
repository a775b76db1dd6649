"""When something is going to be, as one tells somebody else: "Monday at 10:30"."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
#: A weekday alone is clear as long as it does not come twice.
_WEEK = 7


def expected(at: datetime, now: datetime, timezone: str) -> str:
    """Return the instant ``at`` in the words of the desk's time zone, seen from ``now``.

    "today at 15:30", "tomorrow, Tuesday, at 10:30", "Monday at 10:30",
    "Monday 7 December at 10:30"; with the year where it is another.
    """
    zone = ZoneInfo(timezone)
    local, here = at.astimezone(zone), now.astimezone(zone)
    days = (local.date() - here.date()).days
    weekday, time = _WEEKDAYS[local.weekday()], f"at {local:%H:%M}"
    if days == 0:
        return f"today {time}"
    if days == 1:
        return f"tomorrow, {weekday}, {time}"
    if 1 < days < _WEEK:
        return f"{weekday} {time}"
    year = "" if local.year == here.year else f" {local.year}"
    return f"{weekday} {local.day} {_MONTHS[local.month - 1]}{year} {time}"
