"""Orders of requests: what the list shows, one below the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Order(Protocol):
    """Requests one below the other."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def number_at(self, place: int) -> int:
        """Return the number of the request at a place from 0."""
        ...

    def place(self, number: int) -> int | None:
        """Return the place of a request; None if it is not here."""
        ...

    def numbers(self, start: int, stop: int) -> list[int]:
        """Return the numbers at the places from ``start`` up to ``stop``."""
        ...


class Fixed:
    """An order that is given: the first page, or what a search has found."""

    def __init__(self, numbers: Iterable[int]) -> None:
        """Take the order of ``numbers``."""
        self._numbers = list(numbers)
        self._places = {number: place for place, number in enumerate(self._numbers)}

    def __len__(self) -> int:
        return len(self._numbers)

    def number_at(self, place: int) -> int:
        """Return the number of the request at a place from 0."""
        return self._numbers[place]

    def place(self, number: int) -> int | None:
        """Return the place of a request; None if it is not here."""
        return self._places.get(number)

    def numbers(self, start: int, stop: int) -> list[int]:
        """Return the numbers at the places from ``start`` up to ``stop``."""
        return self._numbers[start:stop]


NO_REQUESTS = Fixed(())
