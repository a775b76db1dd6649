"""Which changes of cover hold at a moment, and what they make of who has the watch.

Changes apply one after the other, but most do nothing: somebody is absent who is not on watch
anyway. So those in force are kept by what they wait for, and only the ones that do something
are looked at, from the last one on that does not care who was there before.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from store.rules.roster import Change, ChangeKind
from store.rules.shifts import Turn


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of cover: whose turn it is by rotation, and who has the watch."""

    turn: Turn | None = None
    who: str | None = None
    source: str | None = None
    """The rotation, or the kind of change, that put ``who`` there."""


class InForce:
    """The changes that hold at one moment after the other. Only one thread may use it."""

    def __init__(self, changes: Sequence[Change]) -> None:
        """Take the changes in the order in which they were agreed; none is in force yet."""
        self._changes = changes
        # Numbers of changes, in order: by whose place is taken ("": anybody's), and by who goes.
        self._taking: defaultdict[str | None, list[int]] = defaultdict(list)
        self._leaving: defaultdict[str | None, list[int]] = defaultdict(list)
        self._filling: list[int] = []

    def begin(self, number: int) -> None:
        """Let a change hold from now on."""
        insort(self._waiting(number), number)

    def end(self, number: int) -> None:
        """Let a change hold no more."""
        waiting = self._waiting(number)
        del waiting[bisect_right(waiting, number) - 1]

    def place(self, turn: Turn | None) -> Place:
        """Return who has the watch at this moment, if it is ``turn`` by rotation."""
        rostered = turn.who if turn else None
        source = turn.rotation.id if turn else None
        # From these on it does not matter who was there before.
        last = [each[-1] for each in (self._taking.get(""), self._taking.get(rostered)) if each]
        who = rostered
        at: int | None = max(last, default=-1)
        while at is not None:
            if at >= 0:
                who, source = self._done(at)
            at = self._next(at, who)
        return Place(turn, who, source)

    def _waiting(self, number: int) -> list[int]:
        change = self._changes[number]
        match change.kind:
            case ChangeKind.SWAP | ChangeKind.COVER:
                return self._taking[change.instead_of]
            case ChangeKind.ABSENT:
                return self._leaving[change.who]
            case ChangeKind.ADD:
                return self._filling

    def _done(self, number: int) -> tuple[str | None, str | None]:
        """Return who is there after a change that does something, and by what."""
        change = self._changes[number]
        if change.kind is ChangeKind.ABSENT:
            return None, None
        return change.who, change.kind.value

    def _next(self, at: int, who: str | None) -> int | None:
        """Return the first change after ``at`` that does something while ``who`` is there."""
        if who is None:
            waiting = [self._filling]
        else:
            waiting = [each for each in (self._taking.get(who), self._leaving.get(who)) if each]
        following = (
            each[index] for each in waiting if (index := bisect_right(each, at)) < len(each)
        )
        return min(following, default=None)
