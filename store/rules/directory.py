"""Finding who asked by any part of their name or address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from store.rules.phrases import fold


@dataclass(frozen=True, slots=True)
class Requester:
    """Somebody who asks the desk for something."""

    name: str
    address: str
    department: str = ""
    login: str = ""
    """Of a person of the desk; "" for others."""
    asked: int = 0
    """Requests of theirs lately."""


class Directory:
    """Everybody, ready to be found: their names are folded once."""

    def __init__(self, people: Iterable[Requester]) -> None:
        """Take everybody in any order."""
        self._people = [
            (fold(f"{each.name} {each.address.partition('@')[0]}"), each) for each in people
        ]

    def find(self, part: str, most: int = 5) -> list[Requester]:
        """Return who may be meant by ``part``, the likeliest first.

        Every word of it must be somewhere in the name or before the @ of the address; words at
        the beginning of a name count more, then those who ask often, people of the desk last.
        """
        words = fold(part.partition("@")[0]).split()
        if not words:
            return []
        found = [
            (_rank(words, folded), bool(each.login), -each.asked, each.name, place)
            for place, (folded, each) in enumerate(self._people)
            if all(word in folded for word in words)
        ]
        found.sort(key=itemgetter(0, 1, 2, 3))
        return [self._people[place][1] for *_, place in found[:most]]


def _rank(words: list[str], folded: str) -> int:
    """Return 0 if every word begins one in the name, 1 if not."""
    return 0 if all(f" {word}" in f" {folded}" for word in words) else 1
