"""What people of the desk are told by mail, push or chat: calls to emergencies, warnings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table


class Notice(Row, table=True):
    """One notice to one person in one place: written once, sent by the poller."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_state", "state", "next_try_at"),
        Index("ix_notice_number", "number", "id"),
        # A mail that answers a notice names it.
        partial_index("ix_notice_message_id", "message_id", where="message_id <> ''"),
    )

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    key: str = Field(sa_type=Text, unique=True)
    """What it is about, to whom and where: whoever writes it again finds it there."""
    kind: str = Field(sa_type=Text)
    """A ``words.Notice``."""
    number: int | None = Field(default=None, sa_type=BigId, foreign_key="request.number")
    """None: about several requests."""
    login: str = Field(sa_type=Text)
    step: int = 0
    """Of the escalation, from 0."""
    place: str = Field(sa_type=Text)
    """``mail``, or the kind of the service it goes through. Its address is in the config only."""
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    message_id: str = Field(default="", sa_type=Text)
    """Of a mail, as ``store.rules.threads.id_key`` makes it."""
    created_at: datetime = Field(sa_type=Instant)
    state: str = Field(sa_type=Text)
    """A ``words.Delivery``."""
    attempts: int = 0
    next_try_at: datetime = Field(sa_type=Instant)
    lease: str = Field(default="", sa_type=Text)
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    handing_over: bool = False
    """Written before it is handed over: from then on it may have arrived."""
    error: str = Field(default="", sa_type=Text)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)


notice = table(Notice)
