"""What the requester was promised by when."""

from __future__ import annotations

from datetime import datetime

from store.commands.change import Change, as_json, change
from store.commands.checks import local, must_be_later, must_be_live
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.requests import Request
from store.records import Actor, Done, Target
from store.rules.promised import NOTHING_PROMISED, in_time
from store.text import one_line
from store.words import Happened


def promise(desk: Desk, actor: Actor, target: Target, by: datetime, text: str = "") -> Done:
    """Note that the requester was promised something by ``by``; an earlier promise is replaced.

    A public answer or the resolution keeps it.

    Args:
        desk: The desk.
        actor: Who does it.
        target: The request.
        by: Its time.
        text: What was promised, in a sentence.
    """
    said = one_line(text).strip()

    def decide(request: Request, writing: Writing) -> Change:
        must_be_live(request)
        must_be_later(by, writing.now)
        if request.promised_at == by and not said:
            raise NotPossible(f"#{request.number} is promised by {local(desk, by)} already")
        return Change(
            Happened.PROMISED,
            f"#{request.number}: promised by {local(desk, by)}",
            {"promised_at": by},
            {"by": as_json(by)} | ({"text": said} if said else {}),
        )

    return change(desk, actor, target, decide)


def take_back_promise(desk: Desk, actor: Actor, target: Target) -> Done:
    """Say that nothing is promised any more."""

    def decide(request: Request, _writing: Writing) -> Change:
        if request.promised_at is None:
            raise NotPossible(f"Nothing is promised for #{request.number}")
        text = f"#{request.number}: nothing is promised any more"
        return Change(Happened.PROMISED, text, NOTHING_PROMISED)

    return change(desk, actor, target, decide)


def and_kept(desk: Desk, request: Request, now: datetime) -> str:
    """Return what an answer says more of a request that something was promised for."""
    if request.promised_at is None:
        return ""
    kept = "kept" if in_time(request.promised_at, now) else "kept late"
    return f"; what was promised by {local(desk, request.promised_at)} is {kept}"
