"""How long to wait before the next try: longer each time, and never all at once."""

from __future__ import annotations

import random
from collections.abc import Callable


class Backoff:
    """Waiting times that double up to a limit, each drawn from zero up ("full jitter").

    After an outage a hundred pollers then come back spread out, not in step.
    """

    def __init__(
        self,
        first: float,
        most: float,
        chance: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """Begin with up to ``first`` seconds, end with up to ``most``."""
        self._first = first
        self._most = most
        self._chance = chance
        self._failures = 0

    def next(self, at_least: float = 0.0) -> float:
        """Return the seconds to wait after one more failure."""
        ceiling = min(self._most, self._first * 2 ** min(self._failures, 30))
        self._failures += 1
        return max(at_least, self._chance(0.0, ceiling))

    def reset(self) -> None:
        """Begin anew: something went well."""
        self._failures = 0
