"""How requests end, on whose shoulders that rests, and what may be said of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import timedelta

from store.rules.small_numbers import COUNTED_FROM

#: Contacts of one requester about one service that are worth a look: so many, within so long.
OFTEN, OFTEN_WITHIN = 5, timedelta(days=7)
#: More modest: so many in the whole period.
AGAIN = 3
#: Who asks for the same service again within so long after the end has come back.
BACK_WITHIN = timedelta(days=14)
#: Whoever has resolved so much of a service is alone with it, whoever helped once.
_ALONE = 0.9
#: Standard deviations of a fair coin: what is within so many leans to neither side.
_CLEARLY = 2.0
#: A service is worth teaching if so much of what is asked for again was done for people.
_MOSTLY = 0.5


def leaning(guided: int, done: int) -> int:
    """Return 1 if people are clearly guided more often than it is done for them, -1 if less.

    0 if a coin could have made the difference.
    """
    away = guided - done
    if abs(away) <= _CLEARLY * math.sqrt(guided + done):
        return 0
    return 1 if away > 0 else -1


def bus_factor(resolved: Iterable[int]) -> int:
    """Return how few people have together resolved more than half, given what each has."""
    each = sorted(resolved, reverse=True)
    half, together, few = sum(each), 0, 0
    while 2 * together <= half and few < len(each):
        together += each[few]
        few += 1
    return few


def evenly(people: int) -> int:
    """Return how few have more than half if each of ``people`` has as much as the others."""
    return people // 2 + 1 if people else 0


def worth_teaching(requests: int, done: int | None) -> bool:
    """Say whether so much of what is asked for again is done that showing how may help.

    Args:
        requests: That the same people asked for again and again.
        done: Of these, what was done for them; None if there are too few to tell.
    """
    return done is not None and done >= _MOSTLY * requests


def alone(resolved: Mapping[str, int]) -> str:
    """Return who has resolved nine in ten or more of at least six; "" if nobody has."""
    total = sum(resolved.values())
    who = max(resolved, key=lambda login: resolved[login], default="")
    if total < COUNTED_FROM or resolved[who] < _ALONE * total:
        return ""
    return who
