"""Whose request it is: claim, release, assign, take over."""

from __future__ import annotations

from store.commands.change import Change, change
from store.commands.checks import must_be_live
from store.desk import Desk
from store.errors import NotAllowed, NotFound, NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.words import Happened, Role, State


def claim(desk: Desk, actor: Actor, target: Target) -> Done:
    """Make a request that nobody has the actor's own."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if request.assignee == actor.login:
            raise NotPossible(f"#{request.number} is yours already")
        if request.assignee:
            has = desk.short_name(request.assignee)
            raise NotPossible(f"{has} has #{request.number}; take it over instead")
        return Change(Happened.CLAIMED, f"#{request.number} claimed", _taken(request, actor.login))

    return change(desk, actor, target, decide)


def release(desk: Desk, actor: Actor, target: Target) -> Done:
    """Put a request back for anybody to claim; a lead may release other people's."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if not request.assignee:
            raise NotPossible(f"Nobody has #{request.number}")
        _may_move(desk, actor, request)
        return Change(Happened.RELEASED, f"#{request.number} released", {"assignee": ""})

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
            _may_move(desk, actor, request)
        return Change(
            Happened.ASSIGNED, f"#{request.number} given to {name}", _given_to(request, login)
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
        return Change(
            Happened.TAKEN_OVER,
            f"#{request.number} taken over from {had}",
            _taken(request, actor.login),
        )

    return change(desk, actor, target, decide)


def _given_to(request: Request, login: str) -> dict[str, str]:
    """A request that somebody has is open, not new."""
    given = {"assignee": login}
    if request.state == State.NEW:
        given["state"] = State.OPEN.value
    return given


def _taken(request: Request, login: str) -> dict[str, str]:
    """Whoever takes an emergency is on it."""
    given = _given_to(request, login)
    if request.emergency_at is not None and not request.acknowledged_by:
        given["acknowledged_by"] = login
    return given


def _may_move(desk: Desk, actor: Actor, request: Request) -> None:
    if request.assignee != actor.login and actor.role != Role.LEAD:
        has = desk.short_name(request.assignee)
        raise NotAllowed(
            f"{has} has #{request.number}: only a lead moves other people's work;"
            " you can take it over yourself"
        )
