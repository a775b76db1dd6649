"""Times as calendars write them: spans of a day, times of day, dates, local moments."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from store.policy.shown import shown

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: Start and end, "HH:MM" each, of every stretch of one day that is open; () is closed.
Spans = tuple[tuple[str, str], ...]

_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\s*[-–]\s*(\d{4}-\d{2}-\d{2})")
_WINDOW = re.compile(r"([a-z]+)\s+(\S+?)\s*[-–]\s*([a-z]+)\s+(\S+)", re.IGNORECASE)


def _minutes(text: str) -> int | None:
    """Return the minutes since midnight of "8:05" or "24:00"; None if it is no time."""
    found = _TIME.fullmatch(text.strip())
    if not found or int(found[2]) >= 60:  # noqa: PLR2004 - minutes of an hour
        return None
    total = int(found[1]) * 60 + int(found[2])
    return total if total <= 24 * 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _span(text: Any) -> tuple[str, str]:
    parts = re.split(r"[-–]", text) if isinstance(text, str) else []
    ends = [_minutes(part) for part in parts]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] == 24 * 60:  # noqa: PLR2004
        raise ValueError(f'{shown(text)} is not a time span; write e.g. "08:00-12:00"')
    if ends[0] == ends[1]:
        raise ValueError(
            f'{shown(text)} begins and ends at the same time; the whole day is "00:00-24:00", '
            'no time at all is "closed"'
        )
    return _clock(ends[0]), _clock(ends[1])


def spans(value: Any) -> Spans:
    """Return the spans of "08:00-12:00, 13:00-17:00", of a list of such texts, or of "closed".

    A span whose end is not after its start runs past midnight.
    """
    if isinstance(value, str):
        if value.strip().casefold() in {"closed", ""}:
            return ()
        return tuple(_span(part.strip()) for part in value.split(","))
    if isinstance(value, list | tuple):
        return tuple(_span("-".join(part) if isinstance(part, tuple) else part) for part in value)
    raise ValueError(f'{shown(value)} is not a time span; write e.g. "08:00-12:00"')


def spans_words(value: Spans) -> str:
    """Return spans as the config file writes them."""
    return ", ".join(f"{start}-{end}" for start, end in value) or "closed"


def time_of_day(value: Any) -> str:
    """Return a time of day as "HH:MM", from a text or a TOML time; 24:00 is not one."""
    minutes = None
    if isinstance(value, time) and not value.second and not value.microsecond:
        minutes = value.hour * 60 + value.minute
    elif isinstance(value, str):
        minutes = _minutes(value)
    if minutes is None or minutes == 24 * 60:
        raise ValueError(f'{shown(value)} is not a time of day; write e.g. "17:00"')
    return _clock(minutes)


def day(value: Any) -> date:
    """Return a date from a TOML date or a text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{shown(value)} is not a day of the calendar") from None
    raise ValueError(f"{shown(value)} is not a date; write e.g. 2026-12-25")


def days(value: Any) -> tuple[date, date]:
    """Return the first and the last of "2026-12-21 - 2027-01-03"; a date alone is both."""
    if isinstance(value, tuple):
        return value
    found = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None and isinstance(value, str) and "-" in value.strip()[10:]:
        raise ValueError(f'{shown(value)} are no days; write e.g. "2026-12-21 - 2027-01-03"')
    first, last = (day(found[1]), day(found[2])) if found else (day(value),) * 2
    if last < first:
        raise ValueError(f"{shown(value)}: {last} is before {first}")
    return first, last


def _days_words(value: tuple[date, date]) -> str:
    first, last = value
    return f"{first}" if first == last else f"{first} - {last}"


def local_moment(value: Any) -> datetime:
    """Return a wall-clock moment without a zone, from a TOML date and time or a text."""
    moment = value
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            moment = None
    if not isinstance(moment, datetime) or (isinstance(value, str) and ":" not in value):
        raise ValueError(f'{shown(value)} is not a date and time; write e.g. "2026-12-24 12:00"')
    if moment.tzinfo is not None:
        raise ValueError(
            f"{shown(value)} has an offset; leave it out, the time is meant in the local time zone"
        )
    return moment


def window(value: Any) -> tuple[str, str, str, str]:
    """Return (day, "HH:MM", day, "HH:MM") of "fri 17:00 - mon 08:00"."""
    found = None
    if isinstance(value, str):
        found = _WINDOW.fullmatch(value.strip())
    elif isinstance(value, tuple):
        return value
    if not found:
        raise ValueError(f'{shown(value)} is not a window; write e.g. "fri 17:00 - mon 08:00"')
    first, last = (name.casefold()[:3] for name in (found[1], found[3]))
    for name in (first, last):
        if name not in DAYS:
            raise ValueError(f"{shown(value)}: the days are {', '.join(DAYS)}")
    starts, ends = time_of_day(found[2]), _minutes(found[4])
    if ends is None:
        raise ValueError(f'{shown(value)} is not a window; write e.g. "fri 17:00 - mon 08:00"')
    return first, starts, last, _clock(ends)


def _window_words(value: tuple[str, str, str, str]) -> str:
    return f"{value[0]} {value[1]} - {value[2]} {value[3]}"


DaySpans = Annotated[Spans, PlainValidator(spans), PlainSerializer(spans_words)]
TimeOfDay = Annotated[str, PlainValidator(time_of_day)]
Day = Annotated[date, PlainValidator(day), PlainSerializer(date.isoformat)]
Days = Annotated[tuple[date, date], PlainValidator(days), PlainSerializer(_days_words)]
LocalMoment = Annotated[
    datetime,
    PlainValidator(local_moment),
    PlainSerializer(lambda moment: moment.isoformat(sep=" ").removesuffix(":00")),
]
Window = Annotated[
    tuple[str, str, str, str], PlainValidator(window), PlainSerializer(_window_words)
]
