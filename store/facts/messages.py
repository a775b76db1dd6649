"""Conversations: messages, what was attached to them, and the originals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, Text
from sqlmodel import Field

from store.facts.columns import GIVEN, BigId, Instant, Row, partial_index, table


class Original(Row, table=True):
    """The bytes of a mail as they came, compressed, once per distinct content."""

    __tablename__ = "original"

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    sha256: bytes = Field(sa_type=LargeBinary, unique=True)
    """Of the uncompressed bytes."""
    size: int = Field(sa_type=BigId)
    """Bytes of the whole mail, also where only its start is kept."""
    truncated: bool = False
    """Only the start is kept; the rest was over the size limit and stayed on the server."""
    data: bytes = Field(sa_type=LargeBinary)
    """Compressed with zlib."""


class Message(Row, table=True):
    """One message of a request's conversation, or a note."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_number", "number", "id"),
        partial_index("ix_message_message_id", "message_id", where="message_id <> ''"),
        partial_index("ix_message_forwards", "forwards", where="forwards IS NOT NULL"),
        partial_index("ix_message_original_id", "original_id", where="original_id IS NOT NULL"),
    )

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs=GIVEN)
    number: int = Field(sa_type=BigId, foreign_key="request.number")
    direction: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Instant)
    sender_name: str = Field(sa_type=Text)
    sender_address: str = Field(sa_type=Text)
    """Lower case; "" for a note written on the board."""
    recipients: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    """``[field, name, address]`` for each of To and Cc."""
    subject: str = Field(default="", sa_type=Text)
    text: str = Field(sa_type=Text)
    """What is new in it."""
    quoted: str = Field(default="", sa_type=Text)
    """The rest of what could be read."""
    message_id: str = Field(default="", sa_type=Text)
    """As ``store.rules.threads.id_key`` makes it; "" if there is none."""
    forwards: str | None = Field(default=None, sa_type=Text)
    """The same of the mail that a technician forwards with it, as far as that is known."""
    original_id: int | None = Field(default=None, sa_type=BigId, foreign_key="original.id")
    withdrawn: bool = False
    """Its writer has taken it back with undo."""
    split_from: int | None = Field(default=None, sa_type=BigId)
    """The request that it was split off from, into the one that it opened."""
    defects: list[Any] = Field(default_factory=list, sa_type=JSON)
    """What was wrong with the mail as it was read, in words."""


class Attachment(Row, table=True):
    """A description of an attachment; its bytes are read out of the original."""

    __tablename__ = "attachment"

    message_id: int = Field(
        sa_type=BigId, foreign_key="message.id", primary_key=True, sa_column_kwargs=GIVEN
    )
    position: int = Field(primary_key=True)
    """Counted from 0, in the order of the mail."""
    name: str = Field(sa_type=Text)
    type: str = Field(sa_type=Text)
    size: int = Field(sa_type=BigId)


class OutgoingFile(Row, table=True):
    """Which kept bytes are the attachment of a message of ours, which has no original."""

    __tablename__ = "outgoing_file"

    message_id: int = Field(
        sa_type=BigId, foreign_key="message.id", primary_key=True, sa_column_kwargs=GIVEN
    )
    position: int = Field(primary_key=True)
    """As in ``attachment``."""
    original_id: int = Field(sa_type=BigId, foreign_key="original.id", index=True)
    """The file's bytes, kept once as originals are."""


original = table(Original)
message = table(Message)
attachment = table(Attachment)
outgoing_file = table(OutgoingFile)
