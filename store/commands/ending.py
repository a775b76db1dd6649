"""How it ends: resolve, re-open, close."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from store.commands.answering import (
    answer,
    asked_by_machine,
    common_fields,
    reaches_others,
    sender,
    to_all,
    why_unanswerable,
)
from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.commands.messages import Said
from store.commands.ownership import NOT_OFFERED
from store.commands.promises import and_kept
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Address, Done, Target
from store.rules.promised import NOTHING_PROMISED
from store.rules.templates import fill
from store.text import lines
from store.words import Ending, Happened, Sends, State

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
            f"#{request.number} resolved: {HOW[ending]}{and_kept(desk, request, writing.now)}",
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
        **NOT_OFFERED,
        **NOTHING_PROMISED,
    }


def _told(desk: Desk, writing: Writing, actor: Actor, request: Request, text: str) -> Said | None:
    """Return what the requester is told, or a note if they cannot or need not be told."""
    rules = desk.rules
    connection = writing.connection
    heard = reaches_others(rules, connection, request) or not (
        why_unanswerable(rules, request) or asked_by_machine(connection, request)
    )
    if not rules.answers.resolution or not heard:
        return Said(Address(actor.name, ""), text) if text else None
    mail = answer(desk, writing, request, Sends.RESOLUTION, held_for=_HELD)
    fields = common_fields(rules, request.model_dump()) | to_all(mail)
    fields |= {"technician": actor.name, "text": text}
    told = fill(rules.templates.resolution, fields)
    if not told:  # every line of it named something that there is nothing to say of
        return Said(Address(actor.name, ""), text) if text else None
    return Said(sender(rules, actor), told, mail)


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
