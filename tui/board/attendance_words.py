"""Whether somebody is there for work, in the board's words."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Protocol

from store.rules.attendance import standing
from store.rules.attention import moment
from store.words import Attendance


class There(Protocol):
    """Whatever says of somebody whether they are there."""

    @property
    def attendance(self) -> Attendance:
        """In, away, on a breather or off."""
        ...

    @property
    def until(self) -> datetime | None:
        """When they are in again."""
        ...


def holds(one: There, now: datetime) -> Attendance:
    """Return how somebody stands at ``now``, which may be later than they were looked up."""
    return standing(one.attendance, one.until, now)


def where(one: There, now: datetime, tz: tzinfo) -> str:
    """Return "in", "breather until 10:50", "away until 13:00" or "off until Tue 08:00"."""
    return _said(one, now, tz, " until ")


def where_in_short(one: There, now: datetime, tz: tzinfo) -> str:
    """Return the same where there is little room: "in", "breather 10:50"."""
    return _said(one, now, tz, " ")


def _said(one: There, now: datetime, tz: tzinfo, until: str) -> str:
    state = holds(one, now)
    if state is Attendance.IN or one.until is None:
        return str(state)
    return f"{state}{until}{moment(one.until, now, tz)}"
