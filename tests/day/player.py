"""Plays the script of the day: mails come into real mailboxes, keys are pressed on real boards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

from textual.app import App
from textual.pilot import Pilot
from textual.timer import Timer

from store import commands, queries
from store.new_requests import EndRunEntry, NewRequest
from store.records import DESK, Actor, Address, Target
from store.words import Channel, Ending, Level, State
from tests.day.keyboard import busy, point, press, until
from tests.day.script import PEOPLE, Check, Did, Here, Keys, Line, Log, Mail, Was, unrolled
from tests.tui.board.school import School, lines, opened, toasts
from tui.board.app import BoardApp
from tui.board.views.end_runs.screen import EndRunsScreen
from tui.board.views.mine.screen import MineScreen
from tui.board.views.workload.screen import WorkloadScreen

LONDON = ZoneInfo("Europe/London")
VIEWS = {"2": MineScreen, "3": EndRunsScreen, "4": WorkloadScreen}
WALL = Actor("wall", "The wall", read_only=True)
#: By priority: impact and urgency that give it.
_RATED = {
    "P1": (Level.HIGH, Level.HIGH),
    "P2": (Level.MEDIUM, Level.HIGH),
    "P3": (Level.MEDIUM, Level.MEDIUM),
    "P4": (Level.LOW, Level.MEDIUM),
}


class Post(Protocol):
    """What brings mail."""

    def come(self, folder: str, mail: bytes, at: datetime) -> None:
        """Let a mail come into a folder, and the poller look there."""


class Player:
    """Does line by line what the script says."""

    def __init__(
        self,
        school: School,
        post: Post,
        check: Callable[[Pilot[Any], str, datetime], Awaitable[None]],
    ) -> None:
        """Play on boards of ``school``; ``check`` looks at one in the middle of the day."""
        self._school = school
        self._post = post
        self._check = check
        self._desk = school.open()
        self._boards: dict[str, tuple[Pilot[Any], AsyncExitStack]] = {}
        self._here: set[str] = set()
        self._resting: dict[App[Any], list[Timer]] = {}
        self.numbers: dict[str, int] = {}
        """Of the requests, by label."""

    async def play(self, script: list[Line]) -> None:
        """Play everything; what cannot be done fails with its line."""
        try:
            for line in unrolled(script):
                try:
                    self._put_clock(line.at)
                    await self._do(line)
                except AssertionError as error:
                    raise AssertionError(f"{line}: {error}{self._screen(line)}") from error
        finally:
            for login in [*self._boards]:
                await self._leave(login)
            self._desk.store.close()

    async def _do(self, line: Line) -> None:
        match line:
            case Was():
                self._was(line)
            case Log():
                self._log(line)
            case Did():
                self._did(line.who, line.effect)
            case Here():
                self._here |= set(line.who)
            case Mail():
                self._mail(line)
            case Keys():
                await self._keys(line)
            case Check():
                await self._look(line)

    def _screen(self, line: Line) -> str:
        """Return what the board of a line that went wrong shows."""
        if not isinstance(line, Keys) or line.who not in self._boards:
            return ""
        app = cast("BoardApp", self._boards[line.who][0].app)
        return "\n".join(["", *toasts(app), *lines(app)])

    def _put_clock(self, at: datetime) -> None:
        to = at.replace(tzinfo=LONDON)
        ahead = to.timestamp() - self._school.clock.now().timestamp()
        assert ahead >= 0, "that has been"
        self._school.clock.advance(timedelta(seconds=ahead))

    def actor(self, login: str) -> Actor:
        """Return somebody as they are known."""
        if login == WALL.login:
            return WALL
        person = self._school.rules.people[login]
        return Actor(login, person.name, person.role)

    # ------------------------------------------------------------------ the weeks before

    def _was(self, line: Was) -> None:
        impact, urgency = _RATED[line.priority]
        new = NewRequest(
            Address(*PEOPLE[line.who]),
            line.subject,
            channel=Channel(line.channel),
            service=line.service,
            impact=impact,
            urgency=urgency,
            end_run_person=line.to,
        )
        self.numbers[line.label] = commands.open_request(self._desk, DESK, new).number

    def _log(self, line: Log) -> None:
        entry = EndRunEntry(
            line.label,
            Address(*PEOPLE[line.who]),
            line.subject,
            line.by,
            self._desk.clock.now(),
            Channel(line.channel),
            line.minutes,
            Ending(line.how),
            service=line.service,
        )
        done = commands.log_end_run(self._desk, self.actor(line.by), entry)
        self.numbers[line.label] = done.number

    def _did(self, who: str, effect: str) -> None:
        desk, actor = self._desk, self.actor(who)
        what, label, *args = effect.split()
        target = Target(self.numbers[label])
        match what:
            case "claims":
                commands.claim(desk, actor, target)
            case "answers":
                commands.reply(desk, actor, target, "Hello.")
            case "waits":
                commands.wait(desk, actor, target, State.WAITING_REQUESTER)
            case "resolves":
                commands.resolve(desk, actor, target, Ending(args[0]))
            case "closes":
                commands.close(desk, actor, target)
            case _:
                raise AssertionError("nobody knows how to do that")

    # ------------------------------------------------------------------ mail

    def _mail(self, line: Mail) -> None:
        mail = EmailMessage()
        mail["From"] = self._written(line.sender)
        mail["To"] = ", ".join(self._written(one) for one in line.to)
        if line.cc:
            mail["Cc"] = ", ".join(self._written(one) for one in line.cc)
        mail["Subject"] = line.subject
        mail["Message-ID"] = f"<{line.label}@day.example>"
        mail["Date"] = line.at.replace(tzinfo=LONDON)
        if line.answers:
            mail["In-Reply-To"] = mail["References"] = f"<{line.answers}@day.example>"
        if line.header:
            name, _, value = line.header.partition(": ")
            mail[name] = value
        mail.set_content(line.text + "\n")
        before = self._newest()
        self._post.come(line.folder, mail.as_bytes(), self._desk.clock.now())
        new = self._newest() > before
        assert new == line.effect.startswith("new "), f"opened: {new}"
        if new:
            self.numbers[line.label] = self._newest()

    def _newest(self) -> int:
        with self._desk.store.reading() as connection:
            found = connection.exec_driver_sql("SELECT max(number) FROM request")
            return found.scalar() or 0

    def _events(self) -> int:
        with self._desk.store.reading() as connection:
            return connection.exec_driver_sql("SELECT max(id) FROM event").scalar() or 0

    def _written(self, who: str) -> str:
        if who in PEOPLE:
            return "{} <{}>".format(*PEOPLE[who])
        person = self._school.rules.people.get(who)
        return f"{person.name if person else who.title()} <{who}@northgate.example>"

    # ------------------------------------------------------------------ boards

    async def _keys(self, line: Keys) -> None:
        pilot = await self._board(line.who)
        app = cast("BoardApp", pilot.app)
        before, newest = self._events(), self._newest()
        if line.view != "1":
            await press(app, line.view)
            await until(lambda: isinstance(app.screen, VIEWS[line.view]))
            await until(lambda: getattr(app.screen, "ready", True))
        if line.on:
            await point(pilot, queries.request(self._desk, self.numbers[line.on]).row)
        if line.view == "4" or "B" in line.keys:
            self._be_here()
        await press(app, line.keys)
        if line.effect == "leaves":
            self._here.discard(line.who)
            await self._leave(line.who)
            return
        if line.effect != "nothing" and not line.effect.startswith("breather"):
            await until(lambda: self._events() > before)
        await until(lambda: not busy(app))
        if line.effect.startswith("logs "):
            await until(lambda: self._newest() > newest)
            self.numbers[line.effect.split()[1]] = self._newest()
        while (screen := app.screen) is not app.queue:
            await press(app, "1" if isinstance(screen, tuple(VIEWS.values())) else "escape")
            await until(lambda: app.screen is not screen)
        self._deafen(app)

    async def _board(self, login: str) -> Pilot[Any]:
        """Return somebody's board; it is opened when they first sit down at it."""
        if login not in self._boards:
            stack = AsyncExitStack()
            app = self._school.board(self.actor(login))
            pilot = await stack.enter_async_context(
                app.run_test(size=(120, 36), notifications=True)
            )
            self._boards[login] = pilot, stack
            await opened(pilot)
        pilot = self._boards[login][0]
        app = cast("BoardApp", pilot.app)
        app.link.__dict__.pop("_want", None)
        for timer in self._resting.pop(app, ()):
            timer.resume()
        app.link.look()
        return pilot

    def _deafen(self, app: BoardApp) -> None:
        """Let a board rest at which nobody sits now."""
        app.link.__dict__["_want"] = lambda _step: None
        # Nobody else keeps a timer that does not run.
        timers = self._resting[app] = [*app._timers]
        for timer in timers:
            timer.pause()

    async def _leave(self, login: str) -> None:
        pilot, stack = self._boards.pop(login)
        pilot.app.link.__dict__.pop("_want", None)
        for timer in self._resting.pop(pilot.app, ()):
            timer.resume()
        await stack.aclose()

    def _be_here(self) -> None:
        """Say that everybody's board is open who is at work."""
        for login in self._here:
            commands.presence(self._desk, self.actor(login), None)

    async def _look(self, line: Check) -> None:
        for login in line.who:
            self._be_here()
            app = self._school.board(self.actor(login))
            async with app.run_test(size=(480, 110), notifications=True) as pilot:
                await opened(pilot)
                await self._check(pilot, login, line.at)
