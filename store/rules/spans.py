"""Half-open spans of whole numbers: union and difference."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the union of ``spans`` as disjoint, ordered spans that do not touch."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            if end > union[-1][1]:
                union[-1] = (union[-1][0], end)
        elif start < end:
            union.append((start, end))
    return union


def minus(spans: list[Span], holes: list[Span]) -> list[Span]:
    """Return ``spans`` without ``holes``; both are disjoint and ordered."""
    left: list[Span] = []
    place = 0
    for start, end in spans:
        while place < len(holes) and holes[place][1] <= start:
            place += 1
        at, ahead = start, place
        while ahead < len(holes) and holes[ahead][0] < end:
            if holes[ahead][0] > at:
                left.append((at, holes[ahead][0]))
            at = max(at, holes[ahead][1])
            ahead += 1
        if at < end:
            left.append((at, end))
    return left
