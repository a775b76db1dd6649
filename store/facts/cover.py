"""Cover beside the policy: changes made on the board, hand-over notes, who is in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Select, Text, select
from sqlalchemy import Row as SelectedRow
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table
from store.rules.roster import Change, ChangeKind


class CoverChange(Row, table=True):
    """A change of cover as it was agreed on the board. Rows are added, never changed.

    They come after those of the policy, in the order of their ids.
    """

    __tablename__ = "cover_change"

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    """The newest one is ``counter.cover``."""
    at: datetime = Field(sa_type=Instant)
    """When it was agreed."""
    actor: str = Field(sa_type=Text)
    """Login of who entered it."""
    kind: str = Field(default="", sa_type=Text)
    """A ``store.rules.roster.ChangeKind``; "" for a row that only cancels another."""
    starts: str = Field(default="", sa_type=Text)
    """From when, on the wall clock of the roster's zone: ``2026-12-24T17:00``."""
    ends: str = Field(default="", sa_type=Text)
    who: str = Field(default="", sa_type=Text)
    instead_of: str = Field(default="", sa_type=Text)
    cancels: int | None = Field(default=None, sa_type=BigId)
    """The change that this one takes back."""


class HandOver(Row, table=True):
    """What somebody tells whoever takes over the watch."""

    __tablename__ = "hand_over"
    __table_args__ = (partial_index("ix_hand_over_unread", "at", where="read_at IS NULL"),)

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    at: datetime = Field(sa_type=Instant)
    actor: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    read_at: datetime | None = Field(default=None, sa_type=Instant)
    read_by: str = Field(default="", sa_type=Text)


class Attendance(Row, table=True):
    """That somebody is in, away, on a breather or off. Rows are added; the newest counts."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_login", "login", "id"),)

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    login: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)
    state: str = Field(sa_type=Text)
    """A ``words.Attendance``."""
    until: datetime | None = Field(default=None, sa_type=Instant)
    """From then on the person counts as in again; None: until they say so."""
    actor: str = Field(sa_type=Text)


cover_change = table(CoverChange)
hand_over = table(HandOver)
attendance = table(Attendance)


def standing_changes() -> Select[*tuple[Any, ...]]:
    """Return a statement for the changes of cover that were not taken back, in no order."""
    cancelled = select(cover_change.c.cancels).where(cover_change.c.cancels.is_not(None))
    return select(cover_change).where(
        cover_change.c.kind != "", cover_change.c.id.not_in(cancelled)
    )


def change_of(row: SelectedRow[*tuple[Any, ...]]) -> Change:
    """Return a row of ``cover_change`` as the rules take it.

    Raises:
        ValueError: it is none that this program could have written.
    """
    return Change(
        kind=ChangeKind(row.kind),
        start=datetime.fromisoformat(row.starts),
        end=datetime.fromisoformat(row.ends),
        who=row.who,
        instead_of=row.instead_of,
    )
