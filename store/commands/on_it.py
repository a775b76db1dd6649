"""Answering the call to an emergency: somebody is on it, and nobody else is called."""

from __future__ import annotations

from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.words import Happened


def on_it(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that the actor is on an emergency; the others who were called are told."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if why_not := why_not_on_it(desk, request, actor.login):
            raise NotPossible(why_not)
        return Change(
            Happened.ON_IT,
            f"You are on #{request.number}",
            {"acknowledged_by": actor.login},
        )

    return change(desk, actor, target, decide)


def why_not_on_it(desk: Desk, request: Request, login: str) -> str:
    """Return why nobody need say any more that they are on it; "" if somebody has to."""
    if request.emergency_at is None:
        return f"#{request.number} is no emergency: nobody is called to it"
    if request.acknowledged_by == login:
        return f"You are on #{request.number} already"
    if request.acknowledged_by:
        who = desk.short_name(request.acknowledged_by)
        return f"{who} is on #{request.number} already"
    return ""
