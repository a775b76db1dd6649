"""Probable end-runs: somebody who knows says whether it was one. Nothing else is learnt of it."""

from __future__ import annotations

from typing import Any

from store.commands.change import Change, change
from store.desk import Desk
from store.errors import NotAllowed, NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.rules.end_runs import CERTAIN, PROBABLE
from store.words import Happened, Role

#: Of a request that came to the desk.
_NONE = {"end_run_person": "", "end_run_rule": "", "end_run_certainty": ""}


def confirm_end_run(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that a probable end-run was one; whom it was to, and leads, can.

    Raises:
        NotAllowed: the actor may only look, or it was an end-run to somebody else.
        NotFound: there is no such request.
        LostRace: somebody else changed it since ``target.version``.
        NotPossible: it is none, or there is no doubt about it.
        StoreError: the database failed; nothing was changed.
    """
    return _judge(desk, actor, target, "an end-run to {person}", {"end_run_certainty": CERTAIN})


def deny_end_run(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that a probable end-run was none: it counts no more. Raises as ``confirm_end_run``."""
    return _judge(desk, actor, target, "no end-run", _NONE)


def _judge(desk: Desk, actor: Actor, target: Target, was: str, new: dict[str, Any]) -> Done:
    def decide(request: Request, _writing: Writing) -> Change:
        number, person = request.number, desk.short_name(request.end_run_person)
        if not request.end_run_person:
            raise NotPossible(f"#{number} is no end-run")
        if request.end_run_certainty != PROBABLE:
            raise NotPossible(f"#{number} is {request.end_run_certainty}: nobody has to say")
        if actor.login != request.end_run_person and actor.role != Role.LEAD:
            raise NotAllowed(
                f"Whether #{number} was an end-run to {person}, {person} says or a lead"
            )
        text = f"#{number} was {was.format(person=person)}"
        return Change(Happened.JUDGED, text, new, {"person": request.end_run_person})

    return change(desk, actor, target, decide)
