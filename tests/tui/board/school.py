"""A desk with requests of every kind, and boards that are opened on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from textual.pilot import Pilot

from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import open_store
from store.new_requests import NewRequest
from store.records import Actor, Address
from store.rulebook import Rulebook
from store.words import Level, State
from tests.conftest import NOW
from tests.store.people import ANA, BEN, the
from tui.board.app import BoardApp

_PATIENCE_S = 30.0
#: Between looks at what a test waits for: at first, by how much later each, and at most.
_LOOK_FIRST_S, _LATER, _LOOK_AT_LEAST_S = 0.004, 1.4, 0.03

#: (subject, requester, address, impact, urgency, how long ago, who has it)
ASKED = (
    ("Projector dead, class waiting", "Grace Hopper", "hopper@maths", "high", "high", 42, ""),
    ("Cannot print exam papers", "Yuki Ito", "ito@office", "high", "medium", 50, ""),
    ("VPN drops every hour", "Ada Okoye", "okoye@science", "medium", "medium", 20, "ben"),
    ("New laptop for Monday", "Jon Lind", "lind@sport", "medium", "low", 90, "ben"),
    ("Password for the library kiosk", "Mira Rao", "rao@library", "medium", "low", 100, "chi"),
    ('"URGENT!!!" printer jam', "Cassandra Voss", "voss@office", "low", "low", 110, ""),
    ("プリンターが動きません", "山田 太郎", "yamada@maths", "low", "low", 15, ""),
)


@dataclass
class School:
    """A desk on a database of its own, and what opens boards on it."""

    url: str
    rules: Rulebook
    clock: SetClock

    def open(self) -> Desk:
        """Return the desk, on connections of its own."""
        return Desk(open_store(self.url, self.clock), self.rules)

    def board(self, me: Actor = ANA) -> BoardApp:
        """Return a board of ``me``, still closed."""
        app = BoardApp(lambda: (self.open(), me), self.clock)
        app.animation_level = "none"
        return app

    def ask(self, subject: str, minutes: int = 0, **more: object) -> int:
        """Open a request as it came ``minutes`` ago; return its number."""
        return self.ask_all([subject], minutes, **more)[0]

    def ask_all(self, subjects: Sequence[str], minutes: int = 0, **more: object) -> list[int]:
        """Open requests as they came ``minutes`` ago; return their numbers."""
        name, address = more.pop("who", ("Grace Hopper", "hopper@maths.northgate.example"))
        asked_at = NOW - timedelta(minutes=minutes)
        with closing(self.open()) as desk:
            return [
                commands.open_request(
                    desk,
                    ANA,
                    NewRequest(Address(name, address), subject, asked_at=asked_at, **more),
                ).number
                for subject in subjects
            ]

    def do(self, act: Callable[[Desk], object]) -> None:
        """Do something in the store, as another board would."""
        with closing(self.open()) as desk:
            act(desk)

    def fill(self) -> None:
        """Open the requests of ``ASKED``, 1001 and on; the fifth waits for its requester."""
        for subject, name, address, impact, urgency, minutes, assignee in ASKED:
            self.ask(
                subject,
                minutes,
                who=(name, f"{address}.northgate.example"),
                impact=Level(impact),
                urgency=Level(urgency),
                assignee=assignee,
                end_run_person="ben" if subject.startswith("New laptop") else "",
            )
        self.do(lambda desk: commands.wait(desk, BEN, the(1005), State.WAITING_REQUESTER))


async def until(pilot: Pilot[object], reached: Callable[[], object]) -> None:
    """Let the board work until ``reached``; fail if that takes too long."""
    deadline, pause_s = time.monotonic() + _PATIENCE_S, _LOOK_FIRST_S
    while not reached():
        if time.monotonic() > deadline:
            raise AssertionError("the board never got there")
        # The board paints by itself; what is looked at here costs more than the waiting.
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * _LATER, _LOOK_AT_LEAST_S)
    await pilot.pause()


async def opened(pilot: Pilot[object]) -> None:
    """Let the board open until it shows the whole queue and what stands around it."""
    app = pilot.app
    assert isinstance(app, BoardApp)
    await until(pilot, lambda: app.queue.index is not None and app.around.counted is not None)


def toasts(app: BoardApp) -> list[str]:
    """Return what the toasts say, oldest first."""
    return [each.message for each in app._notifications]


def lines(app: BoardApp) -> list[str]:
    """Return what is painted, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


async def said(pilot: Pilot[object], words: str) -> None:
    """Wait until a toast says so."""
    app = pilot.app
    assert isinstance(app, BoardApp)
    await until(pilot, lambda: any(words in each for each in toasts(app)))
