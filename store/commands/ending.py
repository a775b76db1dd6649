"""How it ends: resolve, re-open, close."""

from __future__ import annotations

from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.commands.messages import Said
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Address, Done, Target
from store.text import lines
from store.words import Ending, Happened, State

_HOW = {
    Ending.GUIDED: "guided",
    Ending.DONE: "done for them",
    Ending.FIXED: "fixed",
    Ending.NOTHING: "nothing needed",
}


def resolve(desk: Desk, actor: Actor, target: Target, ending: Ending, text: str = "") -> Done:
    """Resolve a request, saying how it ended; ``text`` is kept as a note of what was done.

    A request that nobody has becomes the actor's, so that it shows who resolved it.
    """
    note = lines(text).strip()

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        return Change(
            Happened.RESOLVED,
            f"#{request.number} resolved: {_HOW[ending]}",
            {
                "state": State.RESOLVED.value,
                "ending": ending.value,
                "resolved_at": max(writing.now, request.changed_at),
                "assignee": request.assignee or actor.login,
                "wait_until": None,
                "snoozed_until": None,
            },
            {"text": note} if note else {},
            Said(Address(actor.name, ""), note) if note else None,
        )

    return change(desk, actor, target, decide)


def reopen(desk: Desk, actor: Actor, target: Target) -> Done:
    """Open a resolved or closed request again; its clocks go on where they stood."""

    def decide(request: Request, _writing: Writing) -> Change:
        if request.state not in {State.RESOLVED, State.CLOSED}:
            raise NotPossible(f"#{request.number} is not resolved")
        return Change(Happened.REOPENED, f"#{request.number} is open again", reopened())

    return change(desk, actor, target, decide)


def reopened() -> dict[str, str | None]:
    """Return the columns of a request that is open again."""
    return {"state": State.OPEN.value, "ending": "", "resolved_at": None}


def close(desk: Desk, actor: Actor, target: Target) -> Done:
    """Close a resolved request for good."""

    def decide(request: Request, _writing: Writing) -> Change:
        if request.state == State.CLOSED:
            raise NotPossible(f"#{request.number} is closed already")
        if request.state != State.RESOLVED:
            raise NotPossible(f"#{request.number} is not resolved yet; resolve it first")
        return Change(Happened.CLOSED, f"#{request.number} closed", {"state": State.CLOSED.value})

    return change(desk, actor, target, decide)
