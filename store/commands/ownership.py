"""Whose request it is: claim, release, assign, take over; and that a hand is needed."""

from __future__ import annotations

from typing import Any

from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.desk import Desk
from store.errors import NotAllowed, NotFound, NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.words import Happened, Role, State

#: Of a request that goes to somebody else, or ends: nobody needs a hand with it any more.
NOT_OFFERED = {"offered": False}


def claim(desk: Desk, actor: Actor, target: Target, why: str = "") -> Done:
    """Make a request that nobody has the actor's own; ``why`` it, if that is to be told."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if request.assignee == actor.login:
            raise NotPossible(f"#{request.number} is yours already")
        if request.assignee:
            has = desk.short_name(request.assignee)
            raise NotPossible(f"{has} has #{request.number}; take it over instead")
        detail = {"why": [why]} if why else {}
        text = f"#{request.number} claimed"
        return Change(Happened.CLAIMED, text, _taken(request, actor.login), detail)

    return change(desk, actor, target, decide)


def release(desk: Desk, actor: Actor, target: Target) -> Done:
    """Put a request back for anybody to claim; a lead may release other people's."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if not request.assignee:
            raise NotPossible(f"Nobody has #{request.number}")
        may_move(desk, actor, request)
        released = {"assignee": "", **NOT_OFFERED}
        return Change(Happened.RELEASED, f"#{request.number} released", released)

    return change(desk, actor, target, decide)


def assign(desk: Desk, actor: Actor, target: Target, login: str) -> Done:
    """Give a request to the person of the desk with ``login``; a lead may move anybody's.

    Raises:
        NotFound: nobody on the desk has this login.
    """

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if login not in desk.rules.people:
            raise NotFound(f"Nobody on the desk has the login {login!r}")
        name = desk.short_name(login)
        if request.assignee == login:
            raise NotPossible(f"{name} has #{request.number} already")
        if request.assignee:
            may_move(desk, actor, request)
        return Change(
            Happened.ASSIGNED, f"#{request.number} given to {name}", given_to(request, login)
        )

    return change(desk, actor, target, decide)


def take_over(desk: Desk, actor: Actor, target: Target) -> Done:
    """Take somebody's request over; everybody may, and the history says so."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if request.assignee == actor.login:
            raise NotPossible(f"#{request.number} is yours already")
        if not request.assignee:
            raise NotPossible(f"Nobody has #{request.number}; claim it instead")
        had = desk.short_name(request.assignee)
        if request.offered:
            text = f"#{request.number} is off {had}'s hands, and yours now"
        else:
            text = f"#{request.number} taken over from {had}"
        return Change(Happened.TAKEN_OVER, text, _taken(request, actor.login))

    return change(desk, actor, target, decide)


def offer(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that whoever has a request needs a hand; a lead may say it for them.

    It ends when somebody takes the request over, or when it goes elsewhere or ends.
    """

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if not request.assignee:
            raise NotPossible(f"Nobody has #{request.number}; anybody may claim it")
        _may_offer(desk, actor, request)
        if request.offered:
            raise NotPossible(f"#{request.number} needs a hand already")
        text = f"#{request.number} needs a hand; everybody who is in is told"
        return Change(Happened.OFFERED, text, {"offered": True}, _for(actor, request))

    return change(desk, actor, target, decide)


def take_back_offer(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that a request needs no hand any more."""

    def decide(request: Request, _writing: Writing) -> Change:
        if not request.offered:
            raise NotPossible(f"Nobody has asked for a hand with #{request.number}")
        _may_offer(desk, actor, request)
        text = f"#{request.number} needs no hand any more"
        return Change(Happened.OFFERED, text, {"offered": False}, _for(actor, request))

    return change(desk, actor, target, decide)


def _for(actor: Actor, request: Request) -> dict[str, str]:
    """Return for whom a lead speaks."""
    return {} if request.assignee == actor.login else {"for": request.assignee}


def given_to(request: Request, login: str) -> dict[str, Any]:
    """Return what changes when a request goes to somebody.

    A request that somebody has is open, not new; whoever had it needs no hand any more.
    """
    given: dict[str, Any] = {"assignee": login, **NOT_OFFERED}
    if request.state == State.NEW:
        given["state"] = State.OPEN.value
    return given


def _taken(request: Request, login: str) -> dict[str, str]:
    """Whoever takes an emergency is on it."""
    given = given_to(request, login)
    if request.emergency_at is not None and not request.acknowledged_by:
        given["acknowledged_by"] = login
    return given


def _may_offer(desk: Desk, actor: Actor, request: Request) -> None:
    if request.assignee != actor.login and actor.role != Role.LEAD:
        has = desk.short_name(request.assignee)
        raise NotAllowed(
            f"{has} has #{request.number}: only {has} or a lead can ask for a hand with it"
        )


def may_move(desk: Desk, actor: Actor, request: Request) -> None:
    """Raise ``NotAllowed`` unless it is the actor's own, or the actor is a lead."""
    if request.assignee != actor.login and actor.role != Role.LEAD:
        has = desk.short_name(request.assignee)
        raise NotAllowed(
            f"{has} has #{request.number}: only a lead moves other people's work;"
            " you can take it over yourself"
        )
