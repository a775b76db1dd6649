"""Medians of few values, with what is known of them: by order, whatever the values' shape."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb

#: In so many of all cases the median lies outside what is told, half of them at each side.
_OUTSIDE = 0.05
#: Up to so many values it is counted out; a coin thrown more often is near enough to normal.
_EXACT = 400
#: Standard deviations of a normal distribution that so many cases lie within.
_SPREAD = 1.96


def median(ordered: Sequence[int]) -> int:
    """Return the median of values in order, at least one."""
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[-1 - middle]) // 2


def interval(ordered: Sequence[int]) -> tuple[int, int]:
    """Return between which two of at least six values in order the median lies 19 times of 20."""
    below = _rank(len(ordered))
    return ordered[below], ordered[len(ordered) - 1 - below]


@lru_cache(256)
def _rank(n: int) -> int:
    """Return how many values lie below the interval: each is below the median by a fair coin."""
    if n > _EXACT:
        return int((n - _SPREAD * n**0.5) / 2) - 1
    seen, rank = 0, 0
    while 2 * (seen + comb(n, rank)) <= _OUTSIDE * 2**n:
        seen += comb(n, rank)
        rank += 1
    return max(rank - 1, 0)
