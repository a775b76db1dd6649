"""The team's side of the store: policy versions and who is looking at what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, table


class PolicyVersion(Row, table=True):
    """A policy as it was applied; the newest one holds."""

    __tablename__ = "policy_version"

    version: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    at: datetime = Field(sa_type=Instant)
    actor: str = Field(sa_type=Text)
    policy: str = Field(sa_type=Text)
    """JSON of ``store.policy``'s model, without anything secret."""


class Presence(Row, table=True):
    """An open board: whose it is and which request it shows."""

    __tablename__ = "presence"

    board: str = Field(sa_type=Text, primary_key=True)
    """A random name the board gives itself."""
    login: str = Field(sa_type=Text)
    number: int | None = Field(default=None, sa_type=BigId, index=True)
    """The request on its screen; None on the queue."""
    writing: bool = False
    """A reply to it is being written."""
    seen_at: datetime = Field(sa_type=Instant)


policy_version = table(PolicyVersion)
presence = table(Presence)
