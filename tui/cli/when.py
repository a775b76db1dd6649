"""Moments and lengths of time as commands read and write them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)
#: Nobody asks about other years, and dates end somewhere.
_YEARS = range(1970, 2200)


def moment(text: str) -> datetime:
    """Read an option; without an offset the moment stays naive, in the desk's time."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'"{text}" is not a date and time; write e.g. "2026-11-24 08:05"'
        ) from None
    if at.year not in _YEARS:
        raise argparse.ArgumentTypeError(
            f'"{text}" is too far away; years go from {_YEARS[0]} to {_YEARS[-1]}'
        )
    return at


def instant(asked: datetime | None, tz: tzinfo, now: datetime) -> datetime:
    """Return the instant that was asked about, of ``tz`` where it names none; else this minute."""
    if asked is None:
        return now.replace(second=0, microsecond=0)
    return (asked if asked.tzinfo else asked.replace(tzinfo=tz)).astimezone(UTC)


def day_and_time(at: datetime, tz: tzinfo) -> str:
    """Return "Tue 24 Nov 2026 08:05"."""
    local = at.astimezone(tz)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def from_to(start: datetime, end: datetime, tz: tzinfo) -> str:
    """Return "Tue 24 Nov 2026 08:05–12:00", with another day where it ends on one."""
    same_day = start.astimezone(tz).date() == end.astimezone(tz).date()
    until = f"{end.astimezone(tz):%H:%M}" if same_day else day_and_time(end, tz)
    return f"{day_and_time(start, tz)}–{until}"


def length(span: timedelta) -> str:
    """Return "25 min", "1 h", "1 h 25"."""
    hours, minutes = divmod(span // _MINUTE, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02}" if minutes else f"{hours} h"


def iso(at: datetime | None) -> str | None:
    """Return an instant as JSON has it."""
    return None if at is None else at.isoformat()
