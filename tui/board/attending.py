"""Whether I am there for work: saying it, and what the board tells of it.

Nobody is asked why they go. What came meanwhile is told when they are back: by a key, or when
the time is over that they had given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from store.errors import CommandRefused
from store.words import Attendance, Role
from tui.board.attendance_words import holds, where
from tui.board.toasts import few

if TYPE_CHECKING:
    import asyncio

    from store.desk import Desk
    from store.records import BoardRow, Colleague, Whereabouts
    from tui.board import news
    from tui.board.app import BoardApp
    from tui.board.attendance_words import There
    from tui.board.screens.attendance import Wanted

#: Whoever is on a breather is back before anybody has read what they had.
_GONE = {Attendance.AWAY, Attendance.OFF}
#: Who comes back by the clock may not look at the board just then.
_UNTIL_SEEN_S = 120.0


class Attending:
    """Says for the person at this board where they are."""

    def __init__(self, app: BoardApp) -> None:
        """Speak for who sits at ``app``."""
        self._app = app
        self._before: Whereabouts | None = None
        self._coming_back = False

    @property
    def is_in(self) -> bool:
        """Whether I am there for work, as far as is known."""
        return self._before is None or self._before.attendance is Attendance.IN

    # ------------------------------------------------------------------ what keys do

    async def breather(self) -> None:
        """Go for a breather; who is not in comes back."""
        me = self._app.me

        def go(desk: Desk) -> tuple[str, Mapping[str, Whereabouts]]:
            from store import commands, queries

            return commands.breather(desk, me), queries.whereabouts(desk)

        said, people = await self._app.link.ask(go)
        self._take(people)
        mine = people[me.login]
        if mine.attendance is Attendance.BREATHER and mine.until is not None:
            said += f"; {self._app.keymap.first('breather')} ends it"
            if due := await self._due_before(me.login, mine.until):
                said += f"\n{_are(len(due))} due before that"
        self._app.say(said)

    async def attendance(self) -> None:
        """Ask where I am, or somebody else is, and say it."""
        login = self._app.me.login
        wanted = await self._ask_of(login)
        if wanted is not None and wanted.somebody_else:
            from tui.board.screens.assign import WhoseDialog

            dialog = WhoseDialog("", self.colleagues(), login, self.where)
            login = await self._app.answer_of(dialog) or ""
            wanted = await self._ask_of(login) if login else None
        if wanted is not None:
            await self._say(login, wanted)

    def colleagues(self) -> asyncio.Future[list[Colleague]]:
        """Ask who there is, what they have, and whether they are there."""

        def colleagues(desk: Desk) -> list[Colleague]:
            from store import queries

            return queries.colleagues(desk)

        return self._app.link.ask(colleagues)

    def where(self, one: There) -> str:
        """Say whether somebody is there, and until when not."""
        return where(one, self._app.clock.now(), self._app.zone)

    async def _ask_of(self, login: str) -> Wanted | None:
        from tui.board.screens.attendance import AttendanceDialog

        app = self._app
        me = login == app.me.login
        now, hours = app.clock.now(), app.rules.hours["desk"]
        # As it was counted last: what is typed meanwhile is meant for the dialog.
        counted = app.around.counted
        stands = counted.whereabouts.get(login) if counted else None
        about = app.telling.names.person(login)
        if stands is not None:
            about += f" · {self.where(stands)}"
        others = me and app.me.role is Role.LEAD
        return await app.answer_of(AttendanceDialog(about, now, hours, others=others))

    async def _say(self, login: str, wanted: Wanted) -> None:
        me = self._app.me

        def be(desk: Desk) -> tuple[str, Mapping[str, Whereabouts]]:
            from store import commands, queries

            said = commands.be(desk, me, wanted.state, wanted.until, login)
            return said, queries.whereabouts(desk)

        said, people = await self._app.link.ask(be)
        self._take(people)
        self._app.say(said)
        if wanted.state in _GONE:
            await self._offer_help(login, wanted.until, people)

    async def _offer_help(
        self, login: str, until: datetime | None, people: Mapping[str, Whereabouts]
    ) -> None:
        """Ask whether somebody should look after what is due, or whether all is handed over."""
        from tui.board.screens.going_away import GoingAwayDialog, Left

        numbers = [] if until is None else await self._due_before(login, until)
        others = any(one.present for one in people.values() if one.login != login)
        having = await self._app.link.ask(partial(_having, login)) if others else 0
        if not numbers and not having:
            return
        me = login == self._app.me.login
        name = self._app.telling.names.person(login)
        if numbers:
            whose = "yours" if me else f"{name}'s"
            question = f"{_are(len(numbers), whose)} due before that. Ask for a hand?"
        else:
            has = "You have" if me else f"{name} has"
            one = having == 1
            question = f"{has} {having} request{'' if one else 's'}. Hand {'it' if one else 'them'}"
            question += " over?"
        over = f"hand over {'the one' if having == 1 else f'all {having}'}" if having else ""
        dialog = GoingAwayDialog(question, few(numbers), due=bool(numbers), over=over)
        answer = await self._app.answer_of(dialog)
        if answer is Left.HAND:
            rows = await self._app.link.ask(partial(_rows, numbers))
            await self._app.backstage.handlers.offer(rows)
        elif answer is Left.OVER:
            await self._app.backstage.moving.hand_over(login, self.where(people[login]))

    async def _due_before(self, login: str, until: datetime) -> list[int]:
        def due(desk: Desk) -> list[int]:
            from store import queries

            return queries.due_before(desk, login, until)

        return await self._app.link.ask(due)

    # ------------------------------------------------------------------ what the board notices

    def count(self, counted: news.Counted) -> None:
        """Take what was counted: come back if my time is over, tell what others said of me."""
        me = self._app.me
        mine = counted.whereabouts.get(me.login)
        before, self._before = self._before, mine
        if mine is None or me.read_only:
            return
        if mine.over:
            if not self._coming_back:
                self._coming_back = True
                self._app.begin(self._come_back())
        elif mine.by not in {"", me.login} and before is not None and _differ(before, mine):
            who = self._app.telling.names.person(mine.by)
            self._app.say(f"{who} says that you are {self.where(mine)}")

    def tick(self, now: datetime) -> None:
        """Look at once when my time is over."""
        mine = self._before
        if mine is not None and holds(mine, now) is not mine.attendance:
            self._app.link.count()

    async def _come_back(self) -> None:
        """Be in again, and tell what came meanwhile; another board of mine may be faster."""
        me = self._app.me

        def be(desk: Desk) -> str:
            from store import commands

            try:
                return commands.be(desk, me, Attendance.IN)
            except CommandRefused:
                return ""

        try:
            said = await self._app.link.ask(be)
        finally:
            self._coming_back = False
        self._app.link.count()
        if said:
            self._app.notify(said, timeout=_UNTIL_SEEN_S)

    def _take(self, people: Mapping[str, Whereabouts]) -> None:
        """Show at once what was said here."""
        self._app.around.take_whereabouts(people)
        self._before = people.get(self._app.me.login)
        self._app.link.count()


def _having(login: str, desk: Desk) -> int:
    """Return how many live requests somebody has."""
    from store import queries

    return next((one.live for one in queries.colleagues(desk) if one.login == login), 0)


def _rows(numbers: Sequence[int], desk: Desk) -> list[BoardRow]:
    from store import queries

    rows = queries.rows(desk, numbers)
    return [rows[number] for number in numbers if number in rows]


def _are(count: int, whose: str = "yours") -> str:
    return f"{count} of {whose} {'is' if count == 1 else 'are'}"


def _differ(one: Whereabouts, other: Whereabouts) -> bool:
    return (one.attendance, one.until) != (other.attendance, other.until)
