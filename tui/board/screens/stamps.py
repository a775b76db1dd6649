"""Instants and spans in the words of the request screen."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)
_KILO, _MEGA = 1_000, 1_000_000


def stamp(at: datetime, now: datetime, tz: tzinfo) -> str:
    """Return ``at`` on a wall clock in ``tz``: "10:42" today, else "Mon 23 Nov 10:42"."""
    local, today = at.astimezone(tz), now.astimezone(tz)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def span(length: timedelta) -> str:
    """Return a length of time in whole minutes: "0 min", "18 min", "1 h 05"."""
    hours, minutes = divmod(length // _MINUTE, 60)
    return f"{hours} h {minutes:02}" if hours else f"{minutes} min"


def size(count: int) -> str:
    """Return a number of bytes: "812 B", "14 kB", "1.2 MB" (powers of ten)."""
    if count < _KILO:
        return f"{count} B"
    if count < _MEGA:
        return f"{count / _KILO:.0f} kB"
    return f"{count / _MEGA:.1f} MB"
