"""What needs attention first: the groups of the queue, and a clock in the board's words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from store.records import ClockFace
from store.rules.hours import Hours
from store.words import ClockStatus, Group

Width = Literal["wide", "narrow"]

_MINUTE = timedelta(minutes=1)
_INSTANT = timedelta(microseconds=1)
#: Below this much open time left, what is left says more than when it ends.
_SOON = timedelta(hours=2)
_HOUR = 60
#: From here on minutes don't matter any more.
_MANY_HOURS = 10
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = 7
_GLYPHS = {
    Group.OVERDUE: "×",
    Group.AT_RISK: "!",
    Group.RUNNING: " ",
    Group.OUTSIDE_HOURS: "–",
    Group.PAUSED: "=",
    Group.SNOOZED: "z",
}


def group(
    *,
    due: datetime | None,
    warn_75: datetime | None,
    paused: bool,
    snoozed_until: datetime | None,
    open_now: bool,
    now: datetime,
) -> Group:
    """Return the group a request stands in; what is overdue is so even if snoozed."""
    if due is not None and due < now:
        return Group.OVERDUE
    if snoozed_until is not None and snoozed_until > now:
        return Group.SNOOZED
    if paused:
        return Group.PAUSED
    if warn_75 is not None and warn_75 <= now:
        return Group.AT_RISK
    return Group.RUNNING if open_now else Group.OUTSIDE_HOURS


def clock_words(
    face: ClockFace, hours: Hours, tz: tzinfo, now: datetime, width: Width
) -> tuple[str, str, Group]:
    """Return (glyph, words, group) of a clock: ("×", "overdue 0:12", OVERDUE).

    Lengths are open time of ``hours``, "H:MM"; moments are wall time in ``tz``. The wide form
    takes at most 16 cells, the narrow one 10.
    """
    paused = face.status is ClockStatus.PAUSED
    where = group(
        due=None if paused else face.due,
        warn_75=face.warn_75,
        paused=paused,
        snoozed_until=None,
        open_now=hours.is_open(now),
        now=now,
    )
    wide = width == "wide"
    if paused:
        rest = rounded(face.remaining or timedelta())
        return _GLYPHS[where], f"paused {rest}" if wide else rest, where
    if face.due is None:
        return _GLYPHS[where], "no due time" if wide else "no due", where
    if where is Group.OVERDUE:
        late = _hours_minutes(hours.open_between(face.due, now))
        return _GLYPHS[where], f"overdue {late}" if wide else f"late {late}", where
    left = hours.open_between(now, face.due)
    if where is not Group.OUTSIDE_HOURS and (where is Group.AT_RISK or left < _SOON):
        # The last minute is still a minute: "0:00 left" would look like too late.
        said = _hours_minutes(left + _MINUTE - _INSTANT)
        return _GLYPHS[where], f"{said} left" if wide else said, where
    due = moment(face.due, now, tz)
    return _GLYPHS[where], f"due {due}" if wide else due, where


def desk_status(hours: Hours, tz: tzinfo, now: datetime) -> str:
    """Return "open until 16:30", "closed until Mon 08:00", or "always open"."""
    change = hours.next_change(now)
    if hours.is_open(now):
        return "always open" if change is None else f"open until {moment(change, now, tz)}"
    return "closed" if change is None else f"closed until {moment(change, now, tz)}"


def moment(at: datetime, now: datetime, tz: tzinfo) -> str:
    """Return a moment to come as people say it: "15:10", "Wed 09:30", "3 Dec", "3 Dec 2027"."""
    there, today = at.astimezone(tz), now.astimezone(tz).date()
    return _said_on(there.date(), today, f"{there:%H:%M}")


def _said_on(day: date, today: date, time: str) -> str:
    """Return ``time`` on ``day``, with no more of the date than is needed."""
    ahead = (day - today).days
    if ahead == 0:
        return time
    if 0 < ahead < _WEEK:
        return f"{_DAYS[day.weekday()]} {time}"
    short = f"{day.day} {_MONTHS[day.month - 1]}"
    return short if day.year == today.year else f"{short} {day.year}"


def _hours_minutes(length: timedelta) -> str:
    """Return a length as "H:MM", in whole minutes gone by; "120 h" where minutes don't matter."""
    minutes = length // _MINUTE
    if minutes >= 100 * _HOUR:
        return f"{minutes // _HOUR} h"
    return f"{minutes // _HOUR}:{minutes % _HOUR:02}"


def rounded(length: timedelta) -> str:
    """Return a length in the unit that says enough: "25 min", "1 h 10", "4 h", "-10 min"."""
    minutes = abs(length) // _MINUTE
    sign = "-" if length < -_MINUTE else ""
    if minutes < _HOUR:
        return f"{sign}{minutes} min"
    hours, rest = divmod(minutes, _HOUR)
    return f"{sign}{hours} h {rest:02}" if rest and hours < _MANY_HOURS else f"{sign}{hours} h"
