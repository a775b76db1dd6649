"""When a mail that was not sent is tried again, and when enough is enough."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from store.words import AUTOMATIC, Sends

_FIRST, _MOST = timedelta(seconds=30), timedelta(hours=2)
#: Beyond this many doublings the wait is ``_MOST`` anyway.
_DOUBLINGS = 10
#: Some three days, as RFC 5321 section 4.5.4.1 has it at least, for what people wrote.
_ENOUGH = 50
#: Some ten hours: an acknowledgement of yesterday only confuses.
_ENOUGH_OF_AUTOMATIC = 14


def pause(attempts: int, chance: Callable[[float, float], float] = random.uniform) -> timedelta:
    """Return how long to wait after ``attempts`` that failed: longer each time, never in step."""
    doubled: int = 2 ** min(max(attempts - 1, 0), _DOUBLINGS)
    whole = min(_MOST, _FIRST * doubled)
    return whole * chance(0.5, 1.0)


def is_enough(attempts: int, kind: Sends) -> bool:
    """Say whether a mail of this kind has been tried often enough."""
    return attempts >= (_ENOUGH_OF_AUTOMATIC if kind in AUTOMATIC else _ENOUGH)
