"""Known outages and planned maintenance: each has a request as its parent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table


class Outage(Row, table=True):
    """Something that is known not to work; mail about it joins the parent."""

    __tablename__ = "outage"
    __table_args__ = (
        partial_index("ix_outage_open", "starts_at", where="ended_at IS NULL"),
        Index("ix_outage_number", "number"),
    )

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    number: int = Field(sa_type=BigId, foreign_key="request.number")
    """The parent."""
    kind: str = Field(sa_type=Text)
    """A ``words.OutageKind``."""
    service: str = Field(default="", sa_type=Text)
    """Key of the service; "" for any."""
    words: list[str] = Field(default_factory=list, sa_type=JSON)
    """One of them is in a mail about it; none: every mail for the service is."""
    text: str = Field(default="", sa_type=Text)
    """What requesters are told."""
    starts_at: datetime = Field(sa_type=Instant)
    ends_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it is expected to be over; None: not known."""
    always: bool = False
    """Mail about it joins the parent without asking: somebody has said yes once."""
    created_at: datetime = Field(sa_type=Instant)
    created_by: str = Field(sa_type=Text)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


outage = table(Outage)
