"""Evening out and handing over: which requests would go from whom to whom, and why.

Both only propose; a person accepts. What is an emergency, or is being answered at this moment,
is never in a proposal, and nothing goes to somebody who is not there or does not know the
service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from store.rules.load import over

#: Loads that differ by less are the same: sums of fractions are never quite exact.
_NOTHING = 1e-6

Knows = Callable[[str, str], bool]
"""Says whether the person with a login can do what a service asks for."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody who has requests, or can take some."""

    login: str
    present: bool
    """Is in, and has a board open; only they are given anything."""
    capacity: float


@dataclass(frozen=True, slots=True)
class Held:
    """A live request that somebody has."""

    number: int
    version: int
    login: str
    """Who has it."""
    service: str
    weight: float
    """Its part of the load; 0 while it waits for others."""
    received_at: datetime
    untouched: bool = True
    """Whoever has it has not begun it."""
    emergency: bool = False
    """It is one, or belongs to one."""
    busy: str = ""
    """Who has it on their screen or writes on it just now, in words; "" for nobody."""


@dataclass(frozen=True, slots=True)
class Move:
    """A request that would change hands."""

    number: int
    version: int
    source: str
    target: str
    weight: float
    load: float
    """Of the target before it, with the moves that come before this one."""
    service: str
    untouched: bool


@dataclass(frozen=True, slots=True)
class Stays:
    """A request that would have to go, and cannot: why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Moves, and everybody's load without them."""

    moves: tuple[Move, ...]
    before: Mapping[str, float]
    """By login."""
    stays: tuple[Stays, ...] = ()

    def after(self, chosen: Iterable[Move] | None = None) -> dict[str, float]:
        """Return everybody's load with the ``chosen`` moves; None: with all."""
        loads = dict(self.before)
        for move in self.moves if chosen is None else chosen:
            loads[move.source] -= move.weight
            loads[move.target] += move.weight
        return {login: max(load, 0.0) for login, load in loads.items()}


def even_out(bearers: Sequence[Bearer], held: Iterable[Held], knows: Knows) -> Proposal:
    """Propose moves that lower the largest load, as far as that can be done.

    Each takes the oldest request that has not been begun from the most loaded person and gives
    it to the least loaded one of those who are there and know the service, those first who stay
    within their capacity. It is only made if it leaves both with less than the most loaded had;
    so it comes to an end. Moves that would in the end not lower the largest load are left out.
    """
    everything = sorted(held, key=lambda one: (one.received_at, one.number))
    desk = _Desk(bearers, everything, knows)
    before = dict(desk.loads)
    moves: list[Move] = []
    worth = 0
    largest = max(before.values(), default=0.0)
    while (move := _lowering(desk)) is not None:
        moves.append(move)
        desk.carry_out(move)
        if max(desk.loads.values()) < largest - _NOTHING:
            largest, worth = max(desk.loads.values()), len(moves)
    return Proposal(_merged(moves[:worth]), before)


def hand_over(
    login: str, bearers: Sequence[Bearer], held: Iterable[Held], knows: Knows
) -> Proposal:
    """Propose to whom everything goes that the person with ``login`` has, the oldest first.

    Each to the least loaded one of those who are there and know the service, those first who
    stay within their capacity. What has to stay says why.
    """
    everything = sorted(held, key=lambda one: (one.received_at, one.number))
    others = [each for each in bearers if each.login != login]
    desk = _Desk(others, everything, knows, also=login)
    before = dict(desk.loads)
    moves: list[Move] = []
    stays: list[Stays] = []
    for one in (each for each in everything if each.login == login):
        target = None if one.emergency or one.busy else desk.taker(one)
        if target is not None:
            move = desk.move(one, target)
            moves.append(move)
            desk.carry_out(move)
        else:
            stays.append(Stays(one.number, _why_it_stays(one)))
    return Proposal(tuple(moves), before, tuple(stays))


class _Desk:
    """Who has what, while moves are tried."""

    def __init__(
        self, bearers: Sequence[Bearer], held: Sequence[Held], knows: Knows, also: str = ""
    ) -> None:
        """Begin as things stand; ``also`` has requests, and takes none."""
        self.bearers = sorted(bearers, key=lambda one: one.login)
        self.capacity = {one.login: one.capacity for one in bearers}
        self.loads = dict.fromkeys([*self.capacity, *([also] if also else ())], 0.0)
        self.counts = dict.fromkeys(self.loads, 0)
        self.having: dict[str, list[Held]] = {}
        for one in held:
            self.loads[one.login] = self.loads.get(one.login, 0.0) + one.weight
            self.counts[one.login] = self.counts.get(one.login, 0) + 1
            self.having.setdefault(one.login, []).append(one)
        self._knows = knows

    def most_loaded(self) -> str | None:
        """Return who has the largest load; the first by login of several."""
        return min(self.loads, key=lambda one: (-round(self.loads[one], 6), one), default=None)

    def taker(self, one: Held, below: float | None = None) -> str | None:
        """Return who would take a request; with ``below``, only who ends under that load."""
        able = [
            each.login
            for each in self.bearers
            if each.present and each.login != one.login and self._knows(each.login, one.service)
        ]
        if below is not None:
            able = [each for each in able if self.loads[each] + one.weight < below - _NOTHING]
        return min(able, key=lambda each: self._rank(each, one.weight), default=None)

    def _rank(self, login: str, weight: float) -> tuple[bool, float, int, str]:
        load = self.loads[login]
        full = over(load + weight, self.capacity[login])
        return full, round(load, 6), self.counts[login], login

    def move(self, one: Held, target: str) -> Move:
        """Return the move of a request as things stand."""
        load = self.loads[target]
        return Move(
            one.number,
            one.version,
            one.login,
            target,
            one.weight,
            load,
            one.service,
            one.untouched,
        )

    def carry_out(self, move: Move) -> None:
        """Let it have changed hands."""
        had = self.having[move.source]
        one = next(each for each in had if each.number == move.number)
        had.remove(one)
        taken = self.having.setdefault(move.target, [])
        taken.append(replace(one, login=move.target))
        taken.sort(key=lambda each: (each.received_at, each.number))
        self.loads[move.source] -= one.weight
        self.loads[move.target] += one.weight
        self.counts[move.source] -= 1
        self.counts[move.target] += 1


def _lowering(desk: _Desk) -> Move | None:
    """Return the next move that lowers the load of whoever has most."""
    source = desk.most_loaded()
    if source is None:
        return None
    for one in desk.having.get(source, ()):
        free = one.untouched and not one.emergency and not one.busy and one.weight > _NOTHING
        if free and (target := desk.taker(one, below=desk.loads[source])) is not None:
            return desk.move(one, target)
    return None


def _merged(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return the moves with one for each request, from who has it to who gets it in the end."""
    found: dict[int, Move] = {}
    for move in moves:
        first = found.pop(move.number, None)
        merged = replace(move, source=first.source) if first else move
        if merged.source != merged.target:
            found[move.number] = merged
    return tuple(found.values())


def _why_it_stays(one: Held) -> str:
    if one.emergency:
        return "an emergency, which nothing but a person moves"
    return one.busy or "nobody who is in knows how to do it"
