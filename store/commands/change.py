"""The one way in which a request changes: checks, then row and event in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from store.commands.clock_cache import clock_columns, histories
from store.commands.messages import Said, add_message, withdraw_message
from store.commands.races import others_since
from store.desk import Desk
from store.errors import LostRace, NotAllowed, NotFound
from store.facts.columns import Instant
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.requests import Request, request
from store.records import Actor, Done, Target
from store.rules.timeline import Happening
from store.words import LIVE_STATES, Happened


@dataclass(frozen=True, slots=True)
class Change:
    """What a command wants to happen to a request."""

    what: Happened
    text: str
    """The toast, with the request's number."""
    new: Mapping[str, Any] = field(default_factory=dict)
    """Columns of the request to set; those that are so already are left out of the event."""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """What else the event keeps: ``text``, ``why``, ``sentence`` ..."""
    said: Said | None = None
    """A message to add to the conversation."""
    undoes: int | None = None
    """The event that this one takes back."""
    withdraws: int | None = None
    """The message, by its id, that goes with the event taken back."""
    moved: int = 0
    """Messages that come from another request with it; below 0: that go to another."""


def change(
    desk: Desk, actor: Actor, target: Target, decide: Callable[[Request, Writing], Change]
) -> Done:
    """Change a request as ``decide`` wants, given how it stands.

    Raises:
        NotAllowed: the actor may only look.
        NotFound: there is no such request.
        LostRace: somebody else changed it since ``target.version``.
        CommandRefused: whatever ``decide`` raised.
        StoreError: the database failed; nothing was changed.
    """
    may_write(actor)
    must_not_be_late(desk, actor, target)
    with desk.writing() as writing:
        standing = standing_request(writing.connection, target.number)
        must_be_unchanged(desk, writing.connection, actor, standing, target.version)
        wanted = decide(standing, writing)
        return write(desk, writing, actor, standing, wanted)


def must_not_be_late(desk: Desk, actor: Actor, target: Target) -> None:
    """Look without standing in the writers' line: of fifty claims, one needs it."""
    if target.version is None or desk.joined:
        return
    with desk.store.reading() as connection:
        standing = standing_request(connection, target.number)
        must_be_unchanged(desk, connection, actor, standing, target.version)


def must_be_unchanged(
    desk: Desk, connection: Connection, actor: Actor, standing: Request, version: int | None
) -> None:
    """Raise ``LostRace`` if somebody else changed the request since its ``version``."""
    if version is not None and version != standing.version:
        since = others_since(desk, connection, actor, standing, version)
        if since is not None:
            raise LostRace(since)


def may_write(actor: Actor) -> None:
    """Raise ``NotAllowed`` for somebody who may only look."""
    if actor.read_only:
        raise NotAllowed(
            "You are only looking: this board is read-only, or the policy does not name you"
        )


def standing_request(connection: Connection, number: int) -> Request:
    """Return the request as it stands, for reading only; raise ``NotFound`` if there is none."""
    query = select(request).where(request.c.number == number)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no request #{number}")
    return Request(**row)


def write(desk: Desk, writing: Writing, actor: Actor, standing: Request, wanted: Change) -> Done:
    """Write ``wanted``: the event, the message that goes with it, and the request's row."""
    was = standing.model_dump()
    new = {name: value for name, value in wanted.new.items() if was[name] != value}
    detail = dict(wanted.detail)
    at = max(writing.now, standing.changed_at)
    messages = standing.messages + wanted.moved
    if wanted.said is not None:
        detail["message"] = add_message(writing, standing.number, at, wanted.said)
        messages += 1
    text = wanted.text
    if wanted.withdraws is not None:
        if withdraw_message(writing, wanted.withdraws):
            messages -= 1
        else:
            text += "; its mail has gone out already"
    happened = Happening(
        id=writing.ids("event"),
        at=at,
        what=wanted.what,
        old={name: as_json(was[name]) for name in new},
        new={name: as_json(value) for name, value in new.items()},
        detail=detail,
        undoes=wanted.undoes,
    )
    history = histories(writing.connection, [standing.number])[standing.number]
    version = standing.version + 1
    writing.connection.execute(
        insert(event).values(event_row(happened, standing.number, version, actor, writing.bulk))
    )
    writing.connection.execute(
        update(request)
        .where(request.c.number == standing.number, request.c.version == standing.version)
        .values(
            **new,
            version=version,
            live=new.get("state", standing.state) in LIVE_STATES,
            changed_at=at,
            messages=messages,
            **clock_columns([*history, happened], desk.rules),
        )
    )
    return Done(standing.number, version, happened.id, text)


def event_row(
    happened: Happening, number: int, version: int, actor: Actor, bulk: int | None
) -> dict[str, Any]:
    """Return the row of an event."""
    return {
        "id": happened.id,
        "number": number,
        "version": version,
        "at": happened.at,
        "actor": actor.login,
        "what": happened.what.value,
        "old": happened.old,
        "new": happened.new,
        "detail": happened.detail,
        "bulk": bulk,
        "undoes": happened.undoes,
    }


def as_json(value: Any) -> Any:
    """Return a column's value as an event keeps it: instants in ISO 8601, the rest as it is."""
    return value.isoformat() if isinstance(value, datetime) else value


def from_json(column: str, value: Any) -> Any:
    """Return what ``as_json`` made of the value of a request's column as it was."""
    if value is not None and isinstance(request.c[column].type, Instant):
        return datetime.fromisoformat(value)
    return value
