"""What an action of the board is, and where it can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where an action can be done."""

    EVERYWHERE = "everywhere"
    QUEUE = "queue"
    REQUEST = "request"
    WORK = "work"
    """On requests: in lists on all marked ones, on the request screen on the one shown."""
    REPLY = "reply"
    """While a reply is written."""
    INTAKE = "intake"
    """On the view of how mail stands."""
    COVER = "cover"
    """On the view of who has the watch."""
    FAIRNESS = "fairness"
    """On the view of whether everybody is treated the same."""
    MINE = "mine"
    """On the view of one's own work."""
    END_RUNS = "end_runs"
    """On the view of who was asked instead of the desk."""
    WORKLOAD = "workload"
    """On the view of who has how much to do."""


class Needs(StrEnum):
    """What has to be there for an action."""

    NOTHING = "nothing"
    ONE = "one"
    """The request under the cursor, or the one shown."""
    SOME = "some"
    """All marked requests; without marks, the one under the cursor."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does."""

    id: str
    """What key settings call it."""
    keys: tuple[str, ...]
    """The built-in keys: characters, or Textual's names such as ``pagedown``, ``ctrl+p``."""
    label: str
    """One or two words, for the footer and the palette."""
    help: str
    """What it does, in a sentence without its full stop."""
    scope: Scope
    needs: Needs = Needs.NOTHING
    danger: bool = False
    """It asks ``y``/``n`` before it is done."""
    changes: bool = False
    """It changes what the store holds, so a read-only board refuses it."""


#: Places in which actions on requests can be done.
_AT_WORK = {Scope.QUEUE, Scope.REQUEST, Scope.MINE, Scope.WORKLOAD}


def meet(one: Scope, other: Scope) -> bool:
    """Say whether there is a place where actions of both scopes can be done.

    While a reply is written only its own keys count: all others are text, or pass by it.
    """
    if Scope.EVERYWHERE in (one, other) or one == other:
        return True
    return (one is Scope.WORK and other in _AT_WORK) or (other is Scope.WORK and one in _AT_WORK)
