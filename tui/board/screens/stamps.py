"""Instants and sizes in the words of the request screen."""

from __future__ import annotations

from datetime import datetime, tzinfo

_KILO, _MEGA = 1_000, 1_000_000


def stamp(at: datetime, now: datetime, tz: tzinfo) -> str:
    """Return ``at`` on a wall clock in ``tz``: "10:42" today, else "Mon 23 Nov 10:42"."""
    local, today = at.astimezone(tz), now.astimezone(tz)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def size(count: int) -> str:
    """Return a number of bytes: "812 B", "14 kB", "1.2 MB" (powers of ten)."""
    if count < _KILO:
        return f"{count} B"
    if count < _MEGA:
        return f"{count / _KILO:.0f} kB"
    return f"{count / _MEGA:.1f} MB"
