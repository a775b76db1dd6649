"""Moments, lengths and clocks as the board writes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.day.clockwork import Shown

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
#: How somebody asked: in one's own work, and in the view of end-runs.
BY = {
    "desk_mail": ("mail to the desk", "mail, desk in copy"),
    "direct_mail": ("mail to a person", "mail to a person"),
    "forwarded": ("forwarded mail", "mail that was forwarded"),
    "walk_up": ("walk-up", "walking up"),
    "phone": ("phone", "phone"),
    "chat": ("chat", "chat"),
}


def plain(line: str) -> str:
    """Return a line with one space where there are several."""
    return " ".join(line.split())


def stamp(at: datetime, now: datetime) -> str:
    """Return "10:42" today, else "Mon 23 Nov 10:42"."""
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%a} {at.day} {at:%b %H:%M}"


def to_come(at: datetime, now: datetime) -> str:
    """Return "15:10", "Thu 09:30", "4 Dec"."""
    days = (at.date() - now.date()).days
    if not days:
        return f"{at:%H:%M}"
    return f"{at:%a %H:%M}" if 0 < days < 7 else f"{at.day} {at:%b}"


def clock_face(minutes: int) -> str:
    """Return "0:25", "13:21"; "120 h" where minutes don't matter."""
    return f"{minutes // 60} h" if minutes >= 100 * 60 else f"{minutes // 60}:{minutes % 60:02}"


def length(minutes: float) -> str:
    """Return "25 min", "1 h 10", "4 h", "39 h"."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest and hours < 10 else f"{hours} h"


def age(span: timedelta) -> str:
    """Return "6 min", "3 h", "2 days"."""
    if span < _HOUR:
        return f"{span // timedelta(minutes=1)} min"
    return f"{span // _HOUR} h" if span < 2 * _DAY else f"{span // _DAY} days"


def clock(shown: Shown | None, now: datetime, *, wide: bool) -> tuple[str, str]:
    """Return the sign of a clock and its words."""
    assert shown is not None
    if shown.due is None:
        rest = length(shown.left)
        return "=", f"paused {rest}" if wide else rest
    if shown.late:
        face = clock_face(shown.left)
        return "×", f"overdue {face}" if wide else f"late {face}"
    sign = "!" if shown.at_risk else ""
    if shown.at_risk or shown.left < 120:
        face = clock_face(shown.left)
        return sign, f"{face} left" if wide else face
    return sign, f"due {to_come(shown.due, now)}" if wide else to_come(shown.due, now)


def percent(part: int, of: int) -> str:
    """Return a share; a dash of what is less than twenty."""
    return "–" if of < 20 else f"{part / of:.0%}".replace("%", " %")
