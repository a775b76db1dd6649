"""History: the events, which are the truth about every request, and the counters of ids."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlalchemy import Row as SelectedRow
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table
from store.rules.timeline import Happening
from store.words import Happened

#: What makes a request somebody else's without their doing.
MOVES = ("assigned", "taken_over", "released")


class Event(Row, table=True):
    """Something that happened to a request. Rows are added, never changed."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("number", "version"),
        Index("ix_event_actor", "actor", "id"),
        partial_index("ix_event_undoes", "undoes", where="undoes IS NOT NULL"),
        partial_index(
            "ix_event_thanked",
            "at",
            where="what = 'thanked'",
        ),
        partial_index(
            "ix_event_moved",
            "at",
            where="what = ANY (ARRAY['assigned', 'taken_over', 'released'])",
            sqlite_where="what IN ('assigned', 'taken_over', 'released')",
        ),
        # SQLite looks up ``what`` even where the index has no other rows, so it is in it.
        partial_index("ix_event_resolved", "at", "what", where="what = 'resolved'"),
    )

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    """Rises in the order in which events become visible."""
    number: int = Field(sa_type=BigId, foreign_key="request.number")
    version: int
    """Of the request, after this event."""
    at: datetime = Field(sa_type=Instant)
    """When it happened: for mail, when it arrived. Never before the request's last event."""
    actor: str = Field(sa_type=Text)
    """Login; "" for the desk itself."""
    what: str = Field(sa_type=Text)
    old: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The request's columns that changed, as they were."""
    new: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The same columns as they are now."""
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What else belongs to it: ``text``, ``why``, ``message`` (id), ``by`` ...; see
    ``store.commands.change``."""
    bulk: int | None = Field(default=None, sa_type=BigId)
    """Id of the first event of the bulk command it was part of; undone together."""
    undoes: int | None = Field(default=None, sa_type=BigId)
    """Id of the event that this one takes back."""


class Counter(Row, table=True):
    """The last id given out of each kind, in the table's only row.

    Every writer locks this row first (SQLite: BEGIN IMMEDIATE), so writers stand in line and
    ids become visible in the order they were given out; none is ever used twice.
    """

    __tablename__ = "counter"

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    """Always 1."""
    request: int = Field(sa_type=BigId)
    event: int = Field(sa_type=BigId)
    message: int = Field(sa_type=BigId)
    original: int = Field(sa_type=BigId)
    person: int = Field(sa_type=BigId)
    outbox: int = Field(sa_type=BigId)
    policy: int = Field(sa_type=BigId)
    """The version of the policy that holds."""
    cover: int = Field(default=0, sa_type=BigId)
    """The newest change of cover."""
    hand_over: int = Field(default=0, sa_type=BigId)
    attendance: int = Field(default=0, sa_type=BigId)
    notice: int = Field(default=0, sa_type=BigId)
    outage: int = Field(default=0, sa_type=BigId)


event = table(Event)
counter = table(Counter)


def happening(row: SelectedRow[*tuple[Any, ...]]) -> Happening:
    """Return an event row as the rules take it."""
    return Happening(
        id=row.id,
        at=row.at,
        what=Happened(row.what),
        old=row.old,
        new=row.new,
        detail=row.detail,
        undoes=row.undoes,
    )
