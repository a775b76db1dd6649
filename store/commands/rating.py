"""How much it matters: impact and urgency, and emergencies."""

from __future__ import annotations

from store.commands.change import Change, change
from store.commands.checks import must_be_live, must_say_something
from store.commands.messages import withdraw_redirects
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.rules.emergencies import why_emergency
from store.words import Happened, Level, State


def rate(desk: Desk, actor: Actor, target: Target, impact: Level, urgency: Level) -> Done:
    """Set impact and urgency; the policy's matrix makes the priority of them."""

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if (request.impact, request.urgency) == (impact, urgency):
            raise NotPossible(f"#{request.number} is rated so already")
        priority = desk.rules.matrix[impact, urgency]
        return Change(
            Happened.RATED,
            f"#{request.number} is {priority}: impact {impact}, urgency {urgency}"
            f"{_then_what(desk, request, impact)}",
            {"impact": impact.value, "urgency": urgency.value, "priority": priority.value},
        )

    return change(desk, actor, target, decide)


def _then_what(desk: Desk, request: Request, impact: Level) -> str:
    """Return what is left to do after a rating: nobody has declared what the catalogue would."""
    if request.emergency_at is not None or not why_emergency(desk.rules, request.service, impact):
        return ""
    return "; by the catalogue that is an emergency: declare it"


def emergency(desk: Desk, actor: Actor, target: Target, sentence: str) -> Done:
    """Declare an emergency, with one sentence that says what stands still for whom.

    It ends a wait and a snooze; its own clock runs round the clock from now. A redirect that has
    not gone out does not: help first.
    """
    said = must_say_something(sentence, "An emergency")

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        if request.emergency_at is not None:
            raise NotPossible(f"#{request.number} is an emergency already")
        withdraw_redirects(writing, request.number)
        return Change(
            Happened.EMERGENCY,
            f"#{request.number} is an emergency",
            {
                "emergency_at": max(writing.now, request.changed_at),
                "state": State.OPEN.value,
                "wait_until": None,
                "snoozed_until": None,
            },
            {"text": said},
        )

    return change(desk, actor, target, decide)


def stand_down(desk: Desk, actor: Actor, target: Target, sentence: str) -> Done:
    """Say that an emergency is none, or none any more, with one sentence that says why.

    Its clocks are those of its priority again; what was late stays late.
    """
    said = must_say_something(sentence, "Standing down")

    def decide(request: Request, _writing: Writing) -> Change:
        must_be_live(request)
        if request.emergency_at is None:
            raise NotPossible(f"#{request.number} is no emergency")
        return Change(
            Happened.STOOD_DOWN,
            f"#{request.number} is no emergency any more: {request.priority}",
            {"emergency_at": None, "acknowledged_by": ""},
            {"text": said},
        )

    return change(desk, actor, target, decide)
