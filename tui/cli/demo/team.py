"""Where the people of the demo's desk are: most at their boards, some not in just now."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.records import Actor
from store.words import Attendance
from tui.cli.demo.place import ME

#: How often a board says that somebody sits at it.
SIGN_EVERY = timedelta(seconds=10)
_AT_HOME = "ines"
#: Since when somebody is not in, and for how long.
_GONE = {
    _AT_HOME: (Attendance.OFF, timedelta(hours=3), timedelta(hours=20)),
    "kit": (Attendance.AWAY, timedelta(minutes=25), timedelta(minutes=70)),
    "hana": (Attendance.BREATHER, timedelta(minutes=2), timedelta(minutes=10)),
}


def leave(url: str, now: datetime) -> None:
    """Say of some that they are not in, as they did themselves."""
    for login, (state, ago, how_long) in _GONE.items():
        clock = SetClock(now - ago)
        with contextlib.closing(Desk.open(url, clock)) as desk:
            commands.be(desk, _actor(desk, login), state, clock.now() + how_long)


def sit_at_boards(desk: Desk) -> None:
    """Say of everybody else who has come that their board is open."""
    for login in desk.rules.people:
        if login not in {ME, _AT_HOME}:
            commands.presence(desk, _actor(desk, login), None)


def _actor(desk: Desk, login: str) -> Actor:
    person = desk.rules.people[login]
    return Actor(person.login, person.name, person.role)
