"""The other eleven people of the demo's desk: they do what the script of the mails says."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from store import commands
from store.commands import outbox
from store.desk import Desk
from store.errors import CommandRefused
from store.records import Actor, Target
from store.words import Ending, State
from tui.cli.demo.mails import Deed, duration

_WAITS = {"requester": State.WAITING_REQUESTER, "supplier": State.WAITING_SUPPLIER}


def silently(desk: Desk) -> None:
    """Have ``desk`` tell nobody that something is resolved: of days gone by they have heard."""
    desk.rules = replace(desk.rules, answers=replace(desk.rules.answers, resolution=False))


class Colleagues:
    """Deeds that are due at some time, done in the order of their times."""

    def __init__(self, desk: Desk, *, sent: bool = False) -> None:
        """Work at ``desk``, whose clock says when each deed is done.

        With ``sent`` what they write counts as sent at once: it was, in the days of the story.
        """
        self.desk = desk
        """Where they work; it may be replaced by one that joins a transaction."""
        self._sent = sent
        self._ahead: list[tuple[datetime, int, str, Deed]] = []
        self._order = count()

    def plan(self, message_id: str, arrived: datetime, deeds: Iterable[Deed]) -> None:
        """Remember what is to be done with the request that a mail opened or belongs to."""
        for deed in deeds:
            heapq.heappush(self._ahead, (arrived + deed.after, next(self._order), message_id, deed))

    def act(self, now: datetime, request_of: Callable[[str], int | None]) -> None:
        """Do all that is due by ``now``; what cannot be done any more is left, as people do."""
        while self._ahead and self._ahead[0][0] <= now:
            _, _, message_id, deed = heapq.heappop(self._ahead)
            number = request_of(message_id)
            if number is None:
                later = now + timedelta(seconds=1)
                heapq.heappush(self._ahead, (later, next(self._order), message_id, deed))
                continue
            try:
                self._do(deed, Target(number))
            except CommandRefused:
                # Somebody at the board was quicker; the script is not to be insisted on.
                continue

    def due(self) -> datetime | None:
        """Return when the next deed is due."""
        return self._ahead[0][0] if self._ahead else None

    def _do(self, deed: Deed, target: Target) -> None:
        person = self.desk.rules.people[deed.login]
        actor = Actor(person.login, person.name, person.role)
        with self.desk.writing() as writing:
            inside = self.desk.within(writing)
            self._say(inside, deed, actor, target)
            while (
                self._sent
                and deed.verb == "reply"
                and (held := outbox.lease(inside, "story", writing.now))
            ):
                outbox.handed_over(inside, held, {}, {}, writing.now)

    def _say(self, desk: Desk, deed: Deed, actor: Actor, target: Target) -> None:
        match deed.verb:
            case "claim":
                commands.claim(desk, actor, target)
            case "assign":
                commands.assign(desk, actor, target, deed.text)
            case "reply":
                commands.reply(desk, actor, target, deed.text)
            case "note":
                commands.note(desk, actor, target, deed.text)
            case "wait":
                commands.wait(desk, actor, target, _WAITS[deed.text])
            case "promise":
                by, _, text = deed.text.partition(" ")
                commands.promise(desk, actor, target, desk.clock.now() + duration(by), text)
            case "offer":
                commands.offer(desk, actor, target)
            case "reopen":
                commands.reopen(desk, actor, target)
            case "resolve":
                commands.resolve(desk, actor, target, Ending(deed.text))
            case _:
                raise ValueError(f"nobody knows how to {deed.verb}")
