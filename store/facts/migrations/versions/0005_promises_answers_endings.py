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
    _endings()


def _endings() -> None:
    """Let what has ended be counted along an index alone, and how often it ended again."""
    resolved = sa.text("resolved_at IS NOT NULL")
    op.drop_index("ix_request_resolved_at", "request")
    op.create_index(
        "ix_request_resolved_at",
        "request",
        [
            "resolved_at",
            "service",
            "ending",
            "assignee",
            "requester_id",
            "received_at",
            "alert",
        ],
        postgresql_where=resolved,
        sqlite_where=resolved,
    )
    op.create_index(
        "ix_event_resolved",
        "event",
        ["at", "what"],
        postgresql_where=sa.text("what = 'resolved'"),
        sqlite_where=sa.text("what = 'resolved'"),
    )
