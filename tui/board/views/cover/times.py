"""Moments on the roster's wall clock, as they are written in a dialog and read back.

Naive, as changes of cover are. A time without a day is on the day it stands for already; a day
of the week is the next one from there on. Unlike what a request waits for, it may be over: a
lead corrects what was.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from tui.board.when import NotATimeError

#: What to type, for errors.
EXAMPLES = "14:00 · sat 14:00 · 28 nov 14:00 · +8h"

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MIDNIGHT = 24
_SHORT = 3

_WRITTEN = re.compile(
    r"(?:(?P<weekday>[a-z]{2,9})\b\.? ?)?"
    r"(?:(?P<day>\d{1,2})\.? (?P<month>[a-z]{3,9})\.? (?:(?P<year>\d{4}) )?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})[ t])?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)"
)
_LATER = re.compile(r"\+ ?(?:(?P<hours>\d{1,3}) ?h ?)?(?:(?P<minutes>\d{1,4})(?: ?m(?:in)?)?)?")


def written(at: datetime) -> str:
    """Return a moment as the field has it: "Sat 28 Nov 14:00"."""
    return f"{at:%a} {at.day} {at:%b} {at:%H:%M}"


def read(typed: str, base: datetime, today: date) -> datetime:
    """Return the moment that is typed.

    Args:
        typed: What is in the field.
        base: The moment that was there before, or from which a length is counted.
        today: The date of the present.

    Raises:
        NotATimeError: it is none; says what to type.
    """
    words = _plain(typed)
    found = _LATER.fullmatch(words)
    if found and any(found.groups()):
        later = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
        return base + later
    read_ = _WRITTEN.fullmatch(words)
    at = read_ and _moment(read_, base, today)
    if at is None:
        raise NotATimeError(f"“{typed.strip()}” is no time I know. Type {EXAMPLES}.")
    return at


def read_end(typed: str, start: datetime, today: date) -> datetime:
    """Return the moment that is typed for an end: a time without a date is the first later one.

    Raises:
        NotATimeError: it is none; says what to type.
    """
    at = read(typed, start, today)
    found = _WRITTEN.fullmatch(_plain(typed))
    if at > start or found is None or found["day"] or found["iso"]:
        return at
    return at + timedelta(days=7 if found["weekday"] else 1)


def _plain(typed: str) -> str:
    return " ".join(typed.lower().replace(",", " ").split())


def _moment(found: re.Match[str], base: datetime, today: date) -> datetime | None:
    hour, minute = int(found["hour"]), int(found["minute"])
    day = _day(found, base.date(), today)
    if day is None or (hour, minute) > (_MIDNIGHT, 0):
        return None
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)


def _day(found: re.Match[str], base: date, today: date) -> date | None:
    """Return the date that is typed; None if there is none such."""
    named = found["weekday"]
    try:
        if found["iso"]:
            return None if named else date.fromisoformat(found["iso"])
        if found["day"]:
            # The day of the week that stands before a date says nothing more.
            return _date(found, base) if named is None or _weekday(named) is not None else None
    except ValueError:
        return None
    if named is None:
        return base
    if named in {"today", "tomorrow"}:
        return today + timedelta(days=named == "tomorrow")
    weekday = _weekday(named)
    return None if weekday is None else base + timedelta((weekday - base.weekday()) % 7)


def _weekday(name: str) -> int | None:
    names = (place for place, each in enumerate(_DAYS) if each.startswith(name))
    return next(names, None)


def _date(found: re.Match[str], base: date) -> date | None:
    month = found["month"][:_SHORT]
    if month not in _MONTHS:
        return None
    years = [int(found["year"])] if found["year"] else range(base.year - 1, base.year + 2)
    dates = []
    for year in years:
        try:
            dates.append(date(year, _MONTHS.index(month) + 1, int(found["day"])))
        except ValueError:
            continue  # no 29 February in that year
    return min(dates, key=lambda day: abs(day - base), default=None)
