"""Stretches of time as sorted lists of half-open (start, end) pairs, none touching another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


def union(spans: Iterable[Span]) -> list[Span]:
    """Return what any of ``spans`` covers; empty and backward ones cover nothing."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def subtract(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Return what is left of ``spans`` without ``taken``; both as ``union`` makes them."""
    if not taken:
        return spans
    left: list[Span] = []
    index = 0
    for start, end in spans:
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        begin, at = start, index
        while at < len(taken) and taken[at][0] < end:
            if begin < taken[at][0]:
                left.append((begin, taken[at][0]))
            begin = taken[at][1]
            at += 1
        if begin < end:
            left.append((begin, end))
    return left


def within(spans: list[Span], start: int, end: int) -> list[Span]:
    """Return the part of ``spans`` (as ``union`` makes them) that lies in [start, end)."""
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, end, key=lambda span: span[0])
    return [(max(a, start), min(b, end)) for a, b in spans[first:last]]
