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
    _own_work()


def _own_work() -> None:
    """What one's own work and the next best of the queue are found by."""
    moved = sa.text("what IN ('assigned', 'taken_over', 'released')")
    op.create_index("ix_event_moved", "event", ["at"], postgresql_where=moved, sqlite_where=moved)
    op.drop_index("ix_request_assignee", "request")
    op.create_index(
        "ix_request_assignee",
        "request",
        ["assignee", "priority", "due_at", "number", "warn_75_at", "live"],
        postgresql_where=sa.text("live"),
        sqlite_where=sa.text("live = 1"),
    )
