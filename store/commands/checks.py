"""Checks that many commands make, and how they say no."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from store.desk import Desk
from store.errors import NotPossible
from store.facts.requests import Request
from store.text import lines
from store.words import State

_ENDED = {State.RESOLVED: "resolved", State.CLOSED: "closed", State.MERGED: "merged into #{into}"}


def must_be_live(request: Request) -> None:
    """Raise ``NotPossible`` for a request that asks for no more work."""
    ended = _ENDED.get(State(request.state))
    if ended is not None:
        again = "; work on that one" if request.state == State.MERGED else "; re-open it first"
        raise NotPossible(f"#{request.number} is {ended.format(into=request.merged_into)}{again}")


def must_say_something(text: str, what: str) -> str:
    """Return ``text`` made safe, without blank ends; raise ``NotPossible`` if nothing is left."""
    said = lines(text).strip()
    if not said:
        raise NotPossible(f"{what} needs some words")
    return said


def must_be_later(until: datetime, now: datetime) -> None:
    """Raise ``NotPossible`` for a time that has passed."""
    if until <= now:
        raise NotPossible("That time has passed already; choose a later one")


def local(desk: Desk, at: datetime) -> str:
    """Return an instant as the desk's clock shows it: "Tue 24 Nov 09:00"."""
    return f"{at.astimezone(ZoneInfo(desk.rules.timezone)):%a %d %b %H:%M}"
