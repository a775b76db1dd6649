"""How it ends: resolve, re-open, close."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from store.commands.answering import answer, common_fields, sender, why_unanswerable
from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.commands.messages import Said
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.requests import Request
from store.records import Actor, Address, Done, Target
from store.rules.templates import fill
from store.text import lines
from store.words import Ending, Happened, Machine, Sends, State

#: How a request ended, in words.
HOW = {
    Ending.GUIDED: "guided",
    Ending.DONE: "done for them",
    Ending.FIXED: "fixed",
    Ending.NOTHING: "nothing needed",
}
#: Time to take a resolution back before the requester hears of it.
_HELD = timedelta(minutes=1)


def resolve(desk: Desk, actor: Actor, target: Target, ending: Ending, text: str = "") -> Done:
    """Resolve a request, saying how it ended, and tell the requester; ``text``: what was done.

    A request that nobody has becomes the actor's, so that it shows who resolved it. The mail
    goes out after a minute, so that undo can stop it. Where none can be sent, ``text`` stays
    as a note.
    """
    note = lines(text).strip()

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        return Change(
            Happened.RESOLVED,
            f"#{request.number} resolved: {HOW[ending]}",
            ended(request, ending, actor.login, max(writing.now, request.changed_at)),
            {"text": note} if note else {},
            _told(desk, writing, actor, request, note),
        )

    return change(desk, actor, target, decide)


def ended(request: Request, ending: Ending, login: str, at: datetime) -> dict[str, Any]:
    """Return the columns of a request that ended at ``at``; nobody's becomes that of ``login``."""
    return {
        "state": State.RESOLVED.value,
        "ending": ending.value,
        "resolved_at": at,
        "assignee": request.assignee or login,
        "wait_until": None,
        "snoozed_until": None,
    }


def _told(desk: Desk, writing: Writing, actor: Actor, request: Request, text: str) -> Said | None:
    """Return what the requester is told, or a note if they cannot or need not be told."""
    rules = desk.rules
    if (
        not rules.answers.resolution
        or why_unanswerable(rules, request)
        or _asked_by_machine(writing, request)
    ):
        return Said(Address(actor.name, ""), text) if text else None
    fields = common_fields(rules, request.model_dump()) | {"technician": actor.name, "text": text}
    mail = answer(desk, writing, request, Sends.RESOLUTION, held_for=_HELD)
    return Said(sender(rules, actor), fill(rules.templates.resolution, fields), mail)


def _asked_by_machine(writing: Writing, request: Request) -> bool:
    query = select(event.c.detail).where(event.c.number == request.number, event.c.version == 1)
    detail = writing.connection.scalar(query) or {}
    return bool(detail.get("machine", Machine.LIST) != Machine.LIST)


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
