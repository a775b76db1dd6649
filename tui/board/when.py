"""A moment as a person types it ("2h", "15:30", "fri 14:00"), as an instant in UTC.

Pure: the present and the desk's opening hours are given. A day without a time means that
day's opening; a time without a day is the next time the clock shows it. Local times become
UTC as RFC 5545 section 3.3.5 says: a repeated time is its first occurrence, a skipped one
keeps the offset from before the gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.rules.hours import Hours

#: What to type, for the hint under a field and for errors.
EXAMPLES = "2h · 15:30 · tomorrow · fri 14:00 · 27 nov"
#: When a day begins for a desk that never closes.
MORNING = time(8)
#: What "this afternoon" means.
AFTERNOON = time(14)

_DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABBREVIATED = 3
#: Nobody puts work off for longer; a year beyond is a slip of the finger.
_YEARS_AHEAD = 2

_SPAN = re.compile(
    r"(?:in )?"
    r"(?:(?P<weeks>\d{1,2}) ?w(?:eeks?)? ?)?"
    r"(?:(?P<days>\d{1,3}) ?d(?:ays?)? ?)?"
    r"(?:(?P<hours>\d{1,3}(?:\.\d)?) ?h(?:(?:ou)?rs?)? ?(?:(?P<rest>[0-5]\d)$)?)?"
    r"(?:(?P<minutes>\d{1,4}) ?m(?:in(?:ute)?s?)?)?"
)
_CLOCK = re.compile(
    r"(?:(?P<day>.*\S) )?"
    r"(?:(?P<hour>\d\d?)(?:[:.]?(?P<minute>[0-5]\d))? ?(?P<half>am|pm)?|(?P<noon>noon))"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_DAY_MONTH = re.compile(r"(?P<day>\d\d?)\.? ?(?P<month>[a-z]{3,9})\.?(?: (?P<year>\d{4}))?")


class NotATimeError(ValueError):
    """What was typed is no moment to come; the message says what to type."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A moment offered under one key; ``why_not`` says why it cannot be had just now."""

    key: str
    label: str
    at: datetime | None
    why_not: str = ""


def moment(typed: str, now: datetime, hours: Hours) -> datetime:
    """Return the instant in UTC that ``typed`` means at ``now``; it is later than ``now``.

    Raises:
        NotATimeError: nothing that is known was typed, or it is already over.
    """
    words = " ".join(word for word in typed.lower().replace(",", " ").split() if word != "at")
    if not words:
        raise NotATimeError(f"Type when: {EXAMPLES}.")
    at = _after_span(words, now, hours) or _on_day(words, now, hours)
    if at is None:
        raise NotATimeError(f"“{typed.strip()}” is no time I know. Type {EXAMPLES}.")
    if at <= now:
        raise NotATimeError(f"{spoken(at, now, hours)} is over. Type a later time.")
    return at


def opening(day: date, hours: Hours) -> datetime:
    """Return when the desk first opens on or after ``day``, in UTC.

    A desk that is open as the day begins, or that never opens again, begins it at 08:00.
    """
    midnight = _utc(day, time(), hours)
    opens = None if hours.is_open(midnight) else hours.next_change(midnight)
    return opens or _utc(day, MORNING, hours)


def presets(now: datetime, hours: Hours) -> tuple[Preset, ...]:
    """Return what a snooze offers: 1 h, this afternoon, tomorrow's and Monday's opening."""
    today = _local(now, hours).date()
    afternoon = _utc(today, AFTERNOON, hours)
    why_not = ""
    if afternoon <= now:
        why_not = f"it is past {AFTERNOON:%H:%M}"
    elif not hours.is_open(afternoon):
        why_not = f"the desk is closed at {AFTERNOON:%H:%M}"
    monday = today + (7 - today.weekday()) * _DAY
    return (
        Preset("h", "in 1 hour", now + timedelta(hours=1)),
        Preset("a", "this afternoon", None if why_not else afternoon, why_not),
        Preset("t", "tomorrow, when the desk opens", opening(today + _DAY, hours)),
        Preset("m", "Monday, when the desk opens", opening(monday, hours)),
    )


def spoken(at: datetime, now: datetime, hours: Hours) -> str:
    """Return ``at`` on the desk's clock: "today 15:30", "Fri 27 Nov 19:00 (desk closed)"."""
    local, today = _local(at, hours), _local(now, hours).date()
    day = f"{local:%a} {local.day} {local:%b}"
    if local.date() == today:
        day = "today"
    elif local.year != today.year:
        day += f" {local.year}"
    return f"{day} {local:%H:%M}" + ("" if hours.is_open(at) else " (desk closed)")


def _after_span(words: str, now: datetime, hours: Hours) -> datetime | None:
    """Read "2h", "1h30", "90 min", "3 days": so much later than now."""
    found = _SPAN.fullmatch(words)
    if not found or not any(found.groups()):
        return None
    start = now
    if days := int(found["weeks"] or 0) * 7 + int(found["days"] or 0):
        # Days keep the time of day, whatever a clock change takes or gives.
        local = _local(now, hours)
        start = _utc(local.date() + days * _DAY, local.time(), hours)
    minutes = int(found["rest"] or 0) + int(found["minutes"] or 0)
    return start + timedelta(hours=float(found["hours"] or 0), minutes=minutes)


def _on_day(words: str, now: datetime, hours: Hours) -> datetime | None:
    """Read a time, a day, or a day and a time; the first such moment to come, or the last over."""
    day_words, clock = words, None
    if (found := _CLOCK.fullmatch(words)) and (clock := _clock(found, words)) is not None:
        day_words = found["day"] or ""
    at = None
    for day in _days(day_words, _local(now, hours).date()):
        at = opening(day, hours) if clock is None else _utc(day, clock, hours)
        if at > now:
            break
    return at


def _clock(found: re.Match[str], words: str) -> time | None:
    """Return the time of day; None if there is no such time, or only a small number was typed."""
    if found["noon"]:
        return time(12)
    if words.isdigit() and not found["minute"]:
        return None  # "2" may be two o'clock or two hours
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:  # noqa: PLR2004 -- the hours of a twelve-hour clock
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 else None  # noqa: PLR2004 -- hours of a day


def _days(words: str, today: date) -> tuple[date, ...]:
    """Return the days ``words`` may mean, the nearest first; none if they are no day."""
    if words in {"", "today"}:
        return (today,) if words else (today, today + _DAY)
    if len(words) >= _ABBREVIATED and "tomorrow".startswith(words):
        return (today + _DAY,)
    for weekday, name in enumerate(_WEEKDAYS):
        if len(words) >= _ABBREVIATED and name.startswith(words):
            nearest = today + (weekday - today.weekday()) % 7 * _DAY
            return (nearest, nearest + 7 * _DAY)
    if found := _ISO.fullmatch(words):
        return _dates(today, int(found["year"]), int(found["month"]), int(found["day"]))
    found = _DAY_MONTH.fullmatch(words)
    if found and (name := found["month"][:_ABBREVIATED]) in _MONTHS:
        year = int(found["year"]) if found["year"] else None
        return _dates(today, year, _MONTHS.index(name) + 1, int(found["day"]))
    return ()


def _dates(today: date, year: int | None, month: int, day: int) -> tuple[date, ...]:
    """Return this day of ``year``, or of this year and the next; only days that there are."""
    ahead = range(today.year, today.year + _YEARS_AHEAD + 1)
    years = ahead[:2] if year is None else (year,) if year in ahead else ()
    dates = []
    for each in years:
        try:
            dates.append(date(each, month, day))
        except ValueError:
            continue  # no 29 February, no 31 November
    return tuple(dates)


def _local(at: datetime, hours: Hours) -> datetime:
    return at.astimezone(hours.tz)


def _utc(day: date, clock: time, hours: Hours) -> datetime:
    # fold=0 is the first of a repeated time, and the offset before the gap of a skipped one.
    return datetime.combine(day, clock.replace(fold=0), hours.tz).astimezone(UTC)
