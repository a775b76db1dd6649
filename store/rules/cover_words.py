"""Changes of cover in words: "Ana covers Sat 28 Nov 14:00–22:00 instead of Ben"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from store.rules.roster import Change, ChangeKind

_DAY = timedelta(days=1)


def change_words(change: Change, called: Callable[[str], str], today: date) -> str:
    """Return ``change`` in words.

    Args:
        change: The change.
        called: Returns what the team calls the person with a login.
        today: On the roster's wall clock; only other years are told.
    """
    who, time = called(change.who), period(change.start, change.end, today)
    other = called(change.instead_of) if change.instead_of else ""
    match change.kind:
        case ChangeKind.SWAP:
            return f"{who} has {time} in a swap" + (f" with {other}" if other else "")
        case ChangeKind.COVER:
            return f"{who} covers {time}" + (f" instead of {other}" if other else "")
        case ChangeKind.ADD:
            return f"{who} takes the free watch {time}"
        case ChangeKind.ABSENT:
            return f"{who} is absent {time}"


def period(start: datetime, end: datetime, today: date) -> str:
    """Return wall-clock times in words: "Sat 28 Nov 14:00–22:00", over days "… – Sun 29 Nov …"."""
    begins = f"{_day(start.date(), today)} {start:%H:%M}"
    if end.date() == start.date():
        return f"{begins}–{end:%H:%M}"
    if end == datetime.combine(start.date() + _DAY, datetime.min.time()):
        return f"{begins}–24:00"
    return f"{begins} – {_day(end.date(), today)} {end:%H:%M}"


def _day(day: date, today: date) -> str:
    said = f"{day:%a} {day.day} {day:%b}"
    return said if day.year == today.year else f"{said} {day.year}"
