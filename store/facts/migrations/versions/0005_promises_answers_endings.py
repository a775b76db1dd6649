"""What was promised by when, when people were answered, how requests end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_AT = sa.BigInteger()  # microseconds since 1970 in UTC


def upgrade() -> None:
    """Add what the views of people's work read; nothing that is there changes."""
    op.add_column("request", sa.Column("promised_at", _AT, nullable=True))
    _forwards()


def _forwards() -> None:
    """What is answered from a person's own mail is often what they forwarded to the desk."""
    op.add_column("message", sa.Column("forwards", sa.Text(), nullable=True))
    there = sa.text("forwards IS NOT NULL")
    op.create_index(
        "ix_message_forwards",
        "message",
        ["forwards"],
        postgresql_where=there,
        sqlite_where=there,
    )
