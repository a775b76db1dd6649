"""Lengths of time as people write them: "30m", "4h", "1h30m".

There are no days: a target counts *open* time, and how much of it a day has depends on the
calendar. Two days of a desk that is open nine hours are "18h".
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from store.policy.shown import shown

_FORM = re.compile(r"(?:(\d{1,5})h)?\s*(?:(\d{1,6})m)?", re.IGNORECASE)
_DAYS = re.compile(r"\d+(?:\.\d+)?\s*d(?:ays?)?(?![a-z]).*", re.IGNORECASE)


def duration(value: Any) -> timedelta:
    """Return the length of time that ``value`` writes; whole minutes, more than none."""
    if isinstance(value, timedelta):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if _DAYS.fullmatch(text):
        raise ValueError(
            f'{shown(value)}: a day is not a fixed length of open time; write hours, e.g. "18h" '
            "for two days of nine hours"
        )
    found = _FORM.fullmatch(text)
    if not found or not any(found.groups()):
        raise ValueError(f'{shown(value)} is not a length of time; write e.g. "30m" or "1h30m"')
    length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    if not length:
        raise ValueError(f'{shown(value)} is no time at all; write e.g. "30m", or leave it out')
    return length


def words(length: timedelta) -> str:
    """Return ``length`` as the config file writes it: "1h30m"."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "") or "0m"


Duration = Annotated[timedelta, PlainValidator(duration), PlainSerializer(words)]
