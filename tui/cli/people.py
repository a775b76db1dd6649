"""Who of the desk is there for work, for ``deskwatch status``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from store.words import Attendance
from tui.board.attendance_words import where

if TYPE_CHECKING:
    from store.records import Whereabouts


def as_json(people: Iterable[Whereabouts]) -> list[dict[str, Any]]:
    """Return what ``--json`` has of them."""
    return [
        {
            "login": one.login,
            "name": one.name,
            "attendance": one.attendance.value,
            "until": one.until.isoformat() if one.until else None,
            "board": one.board,
        }
        for one in people
    ]


def lines(people: Iterable[Whereabouts], now: datetime, tz: tzinfo) -> list[str]:
    """Return the line for people: who is not there, and until when; none if nobody is."""
    told = [
        f"{one.name or one.login} {where(one, now, tz)}"
        for one in people
        if one.attendance is not Attendance.IN
    ]
    return [f"people  {' · '.join(told)}"] if told else []
