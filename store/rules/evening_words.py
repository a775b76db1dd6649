"""Why a request is proposed to change hands, in words: for who accepts, and who gets it."""

from __future__ import annotations

from collections.abc import Callable

from store.rulebook import Rulebook
from store.rules.evening import Move

#: Why at all, as it stands behind "Ana gave you #1042 ".
EVENLY = "to even out the load"


def reason(move: Move, rules: Rulebook, called: Callable[[str], str]) -> str:
    """Return why this request, and why to them.

    "Ben had not begun it; Ana had 6.5 of 10 and knows printing".
    """
    person, service = rules.people.get(move.target), rules.services.get(move.service)
    had = f"{called(move.target)} had {move.load:.1f}"
    if person is not None:
        had += f" of {person.capacity:g}"
    if service is not None and service.skill:
        had += f" and knows {service.skill}"
    if not move.untouched:
        return had
    return f"{called(move.source)} had not begun it; {had}"
