"""Plays a recorded stretch of a desk's life; ``week.txt`` says how one is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from textual.pilot import Pilot

from store import commands, queries
from store.desk import Desk
from store.records import Actor
from store.words import Ending
from tests.store.people import ANA, BEN, CHI, the
from tests.store.watch import DEE, at, change
from tests.tui.board.school import School, lines, opened, until
from tui.board.app import BoardApp

WALL = Actor("wall", "The wall", read_only=True)
PEOPLE = {actor.login: actor for actor in (ANA, BEN, CHI, DEE, WALL)}

_DAY = re.compile(r"(\w{3}) (\d{4}-\d\d-\d\d \d\d:\d\d)")
_CHANGE = re.compile(
    r"(swap|cover|add|absent) ([\d-]+ [\d:]+) - ([\d-]+ [\d:]+) (\w+)(?: for (\w+))?"
)
#: What stands at the end of every panel's line, and between its columns.
_BETWEEN = re.compile(r"[\s│]+")


class Outside(Protocol):
    """What there is besides boards: mail, and people's phones."""

    def mail(self, sender: str, subject: str, text: str) -> None:
        """Let a mail come into the desk's mailbox."""

    def called(self, login: str) -> bool:
        """Return whether somebody was called, by push and by mail."""

    def told(self, login: str, words: str) -> bool:
        """Return whether a push with these words has come."""

    def answer(self, login: str, text: str) -> None:
        """Answer the mail that has called somebody."""


class Player:
    """Does line by line what a script says, on boards of ``school``."""

    def __init__(self, school: School, prints: Callable[[str], str], outside: Outside) -> None:
        """Play with ``school``; ``prints`` returns what ``deskwatch cover`` prints at a time."""
        self._school = school
        self._outside = outside
        self._prints = prints
        self._boards = AsyncExitStack()
        self._pilot: Pilot[Any] | None = None

    async def play(self, script: Path) -> None:
        """Play all of a script; what is not as it says fails with its line."""
        async with self._boards:
            for place, line in _written(script):
                try:
                    await self._do(line)
                except AssertionError as error:
                    raise AssertionError(f"{script.name}:{place}: {line}: {error}") from error

    async def _do(self, line: str) -> None:
        if found := _DAY.fullmatch(line):
            await self._put_clock(*found.groups())
            return
        verb, _, rest = line.partition(" ")
        match verb:
            case "board":
                await self._open(*rest.split())
            case "shows":
                words = rest.removeprefix("no ")
                await until(self._board, lambda: self._shows(words) == (words == rest))
            case "keys":
                keys = (each for word in shlex.split(rest, posix=False) for each in _keys(word))
                await self._board.press(*keys)
            case "mail" | "called" | "told" | "answers":
                await self._happens_outside(verb, *rest.split(" ", 1))
            case "command":
                login, _, what = rest.partition(" ")
                self._school.do(lambda desk: command(desk, PEOPLE[login], what))
            case "prints":
                printed = self._prints(f"{self._local:%Y-%m-%d %H:%M}")
                assert rest in printed, printed
            case _:
                raise AssertionError("nobody knows what that means")

    async def _happens_outside(self, verb: str, who: str, words: str = "") -> None:
        match verb:
            case "mail":
                self._outside.mail(who, *words.split(": ", 1))
            case "called":
                await until(self._board, lambda: self._outside.called(who))
            case "told":
                await until(self._board, lambda: self._outside.told(who, words))
            case _:
                self._outside.answer(who, words)

    @property
    def _board(self) -> Pilot[Any]:
        assert self._pilot is not None, "no board is open"
        return self._pilot

    @property
    def _local(self) -> datetime:
        return self._school.clock.now().astimezone(self._school.rules.hours["desk"].tz)

    async def _put_clock(self, day: str, moment: str) -> None:
        to = at(moment)
        assert f"{to:%a}" == day, f"that is a {to:%a}"
        ahead = to - self._school.clock.now()
        assert ahead >= timedelta(0), "that has been"
        self._school.clock.advance(ahead)
        if self._pilot is not None:
            app = self._pilot.app
            app.typed_at -= 60  # a minute and more has passed since the last key
            app.tick()
            app.link.count()

    async def _open(self, login: str, size: str) -> None:
        await self._boards.aclose()
        app = self._school.board(PEOPLE[login])
        columns, rows = map(int, size.split("x"))
        running = app.run_test(size=(columns, rows), notifications=True)
        self._pilot = await self._boards.enter_async_context(running)
        await opened(self._pilot)

    def _shows(self, words: str) -> bool:
        app = self._board.app
        assert isinstance(app, BoardApp)
        return any(words in _BETWEEN.sub(" ", line) for line in lines(app))


def command(desk: Desk, actor: Actor, what: str) -> None:
    """Do what somebody does elsewhere: change cover, take that back, leave a note, resolve."""
    if found := _CHANGE.fullmatch(what):
        kind, start, end, who, instead_of = found.groups()
        commands.change_cover(desk, actor, change(kind, start, end, who, instead_of or ""))
    elif what == "take back":
        commands.take_back_cover(desk, actor)
    elif what.startswith("note "):
        commands.hand_over(desk, actor, what.removeprefix("note "))
    elif what.startswith("resolve "):
        subject = what.removeprefix("resolve ")
        rows = queries.requests(desk)
        number = next(row.number for row in rows if row.subject == subject)
        commands.resolve(desk, actor, the(number), Ending.FIXED)
    else:
        raise AssertionError("nobody knows how to do that")


def _written(script: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, by their number."""
    for place, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said:
            yield place, said


def _keys(word: str) -> Iterator[str]:
    """Yield the keys of a word: of a quoted text its letters."""
    if word.startswith('"'):
        yield from word.strip('"')
    else:
        yield word
