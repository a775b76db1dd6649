"""Whether somebody has begun what they have: only what is not begun is moved away from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.rules.timeline import taken_back
from store.words import Happened

#: What says only whose a request is, or of what sort: no work on what it asks for.
NO_WORK = frozenset(
    {
        Happened.RECEIVED,
        Happened.THANKED,
        Happened.CLAIMED,
        Happened.RELEASED,
        Happened.ASSIGNED,
        Happened.TAKEN_OVER,
        Happened.OFFERED,
        Happened.REDIRECTED,
        Happened.JUDGED,
        Happened.UNDONE,
    }
)
#: A mail that came for a request, and by whom: a colleague who answers from a mailbox of their own.
_BY_COLLEAGUES = frozenset({"desk", "inside"})


@dataclass(frozen=True, slots=True)
class Deed:
    """An event, as far as it says that somebody works on a request."""

    id: int
    actor: str
    what: Happened
    by: str = ""
    """Who wrote a mail that followed up, as the event's detail says."""
    undoes: int | None = None


def begun(deeds: Iterable[Deed], login: str) -> bool:
    """Say whether the person with ``login`` has begun a request, by all that happened to it."""
    some = list(deeds)
    gone = taken_back(some)
    return any(
        deed.undoes is None and deed.id not in gone and _is_work(deed, login) for deed in some
    )


def _is_work(deed: Deed, login: str) -> bool:
    if deed.what is Happened.FOLLOWED_UP:
        return deed.by in _BY_COLLEAGUES
    return deed.actor == login and deed.what not in NO_WORK
