"""Not now: waiting for somebody, resuming, snoozing."""

from __future__ import annotations

from datetime import datetime

from store.commands.change import Change, change
from store.commands.checks import local, must_be_later, must_be_live
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.words import Happened, State

_FOR = {
    State.WAITING_REQUESTER: "the requester",
    State.WAITING_SUPPLIER: "a supplier",
}


def wait(
    desk: Desk, actor: Actor, target: Target, for_: State, until: datetime | None = None
) -> Done:
    """Wait for the requester or a supplier; the clocks that may pause do.

    Args:
        desk: The desk.
        actor: Who does it.
        target: The request.
        for_: ``State.WAITING_REQUESTER`` or ``State.WAITING_SUPPLIER``.
        until: When to go on all the same; None: when somebody resumes it or the requester
            writes.
    """
    if for_ not in _FOR:
        raise ValueError(f"{for_} is not a state of waiting")

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        if until is not None:
            must_be_later(until, writing.now)
        if request.state == for_ and request.wait_until == until:
            raise NotPossible(f"#{request.number} waits for {_FOR[for_]} already")
        limit = f" until {local(desk, until)}" if until else ""
        return Change(
            Happened.WAIT_STARTED,
            f"#{request.number} waits for {_FOR[for_]}{limit}",
            {"state": for_.value, "wait_until": until},
        )

    return change(desk, actor, target, decide)


def resume(desk: Desk, actor: Actor, target: Target) -> Done:
    """End a wait."""

    def decide(request: Request, _writing: Writing) -> Change:
        if request.state not in _FOR:
            raise NotPossible(f"#{request.number} is not waiting")
        return Change(
            Happened.RESUMED,
            f"#{request.number} goes on",
            {"state": State.OPEN.value, "wait_until": None},
        )

    return change(desk, actor, target, decide)


def snooze(desk: Desk, actor: Actor, target: Target, until: datetime | None) -> Done:
    """Put a request out of the way until ``until``; None: back into the way now.

    Its clocks run on, and it comes back by itself when one of them is overdue.
    """

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        if until is None:
            if request.snoozed_until is None or request.snoozed_until <= writing.now:
                raise NotPossible(f"#{request.number} is not snoozed")
            text = f"#{request.number} is back"
        else:
            must_be_later(until, writing.now)
            text = f"#{request.number} snoozed until {local(desk, until)}"
        return Change(Happened.SNOOZED, text, {"snoozed_until": until})

    return change(desk, actor, target, decide)
