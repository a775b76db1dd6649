"""What may be said of how many: small numbers tell of persons, not of how things are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

#: From so many on more than their count is told, and from so many on a share of them.
COUNTED_FROM, SHARE_FROM = 6, 20
#: From so many on things are put in an order that says which has more.
ORDERED_FROM = 30

_Thing = TypeVar("_Thing")


def part(of: int, part: int) -> tuple[int | None, float | None]:
    """Return ``part`` and its share of ``of`` things, each None where there are too few."""
    return (
        part if of >= COUNTED_FROM else None,
        part / of if of >= SHARE_FROM else None,
    )


def ordered(
    things: Iterable[_Thing], count: Callable[[_Thing], int], name: Callable[[_Thing], str]
) -> tuple[_Thing, ...]:
    """Return what there is much of first, the most before the rest; after it the small by name."""

    def place(thing: _Thing) -> tuple[int, str]:
        many = count(thing)
        return (-many if many >= ORDERED_FROM else 0, name(thing))

    return tuple(sorted(things, key=place))
