"""Who is called to an emergency while the desk is closed, and when it goes on to the next.

A round goes from the person on cover over the backup to the leads, each person once. If all of
them were called and nobody has answered, the next round begins, with whoever is on cover then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from store.rules.cover import Roster, backup, on_call
from store.rules.hours import Hours
from store.words import Role

#: An emergency that was declared longer ago is on the board, and calls nobody any more.
OLDEST = timedelta(days=4)
#: After so many rounds nobody is called more often than ``_PATIENTLY``.
_ROUNDS = 3
_PATIENTLY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Call:
    """That somebody was called."""

    step: int
    """From 0; several people may be called in one step."""
    login: str
    at: datetime
    failed: bool = False
    """It has reached none of their places, as far as is known."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """What the decision needs of an emergency."""

    declared_at: datetime
    calls: tuple[Call, ...] = ()
    """Of this emergency, oldest first."""
    acknowledged_by: str = ""
    """Login of who is on it; "" for nobody."""


@dataclass(frozen=True, slots=True)
class NextCall:
    """The next step of an escalation."""

    step: int
    who: tuple[str, ...]
    """Logins, as things stand now."""
    at: datetime
    """When they are called, which may have passed."""


#: Those who are called one after the other: one or several people at once.
Chain = Sequence[tuple[str, ...]]


def chain(roster: Roster | None, roles: Mapping[str, Role], at: datetime) -> Chain:
    """Return who is called one after the other for an emergency at ``at``.

    Where nobody is on cover, by choice or not, it begins with the backup, then the leads. A
    desk without a lead calls everybody.

    Args:
        roster: The roster with its changes; None if there is none.
        roles: By login: the people of the desk.
        at: When they are called.
    """
    leads = tuple(login for login, role in roles.items() if role is Role.LEAD)
    first = on_call(roster, at)
    second = backup(roster, at) if roster is not None else ""
    one_by_one = [(login,) for login in (first, second) if login in roles]
    return list(_each_once([*one_by_one, leads or tuple(roles)], set()))


def next_call(
    emergency: Emergency, people: Chain, staffed: Hours, now: datetime, escalate_after: timedelta
) -> NextCall | None:
    """Return the next step; None: nobody is called.

    Nobody is called once somebody is on it, while the desk is staffed, or if there is nobody
    to call. What was declared while the desk was staffed is called when it closes.

    Args:
        emergency: The emergency.
        people: Who is called one after the other, as ``chain`` says for ``now``.
        staffed: When the desk is there itself.
        now: The moment.
        escalate_after: How long somebody has to answer.
    """
    calls = emergency.calls
    too_old = now - emergency.declared_at > OLDEST
    if emergency.acknowledged_by or not people or too_old or staffed.is_open(now):
        return None
    step = calls[-1].step + 1 if calls else 0
    if not calls or staffed.open_between(calls[-1].at, now):
        # Whoever was called the night before has slept since.
        return NextCall(step, people[0], emergency.declared_at if not calls else now)
    called, rounds = _this_round(calls, staffed)
    left = next(_each_once(people, called), ())
    if not left:
        left, rounds = people[0], rounds + 1
    last = [each for each in calls if each.step == calls[-1].step]
    wait = escalate_after if rounds < _ROUNDS else max(escalate_after, _PATIENTLY)
    # In a round that has only begun, what reached nobody does not have to be waited for.
    if all(each.failed for each in last) and called.isdisjoint(left):
        wait = timedelta()
    return NextCall(step, left, last[-1].at + wait)


def _this_round(calls: Sequence[Call], staffed: Hours) -> tuple[set[str], int]:
    """Return who was called in the last round, and how many there were before it that night."""
    called: set[str] = set()
    rounds, before = 0, calls[0].at
    for _, step in groupby(calls, key=lambda each: each.step):
        some = list(step)
        logins, at = {each.login for each in some}, some[0].at
        if staffed.open_between(before, at):
            called, rounds = set(), 0
        elif logins & called:
            called, rounds = set(), rounds + 1
        called |= logins
        before = at
    return called, rounds


def _each_once(people: Chain, known: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield the groups of ``people`` without those ``known`` and those of a group before."""
    seen = set(known)
    for group in people:
        some = tuple(login for login in dict.fromkeys(group) if login not in seen)
        if some:
            yield some
        seen.update(some)
