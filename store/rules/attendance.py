"""Whether somebody of the desk is there for work, as time passes."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.words import Attendance

#: Long enough to breathe after a hard call.
BREATHER = timedelta(minutes=10)


def is_over(state: Attendance, until: datetime | None, now: datetime) -> bool:
    """Say whether somebody who said that they are not there is in again by the clock."""
    return state is not Attendance.IN and until is not None and until <= now


def standing(state: Attendance, until: datetime | None, now: datetime) -> Attendance:
    """Return what holds at ``now`` of what was said last."""
    return Attendance.IN if is_over(state, until, now) else state
