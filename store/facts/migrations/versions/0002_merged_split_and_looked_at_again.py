"""Merged and split requests, alerts, and mail that somebody wants looked at again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.BigInteger()  # microseconds since 1970 in UTC


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    """Add what such requests and mails need; nothing that is there changes."""
    op.add_column("request", sa.Column("merged_into", _ID, nullable=True))
    op.add_column("request", sa.Column("alert", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_request_alert", "request", ["alert", "number", "live"], **_where("alert <> ''")
    )
    op.create_index(
        "ix_request_merged_into", "request", ["merged_into"], **_where("merged_into IS NOT NULL")
    )
    op.add_column("message", sa.Column("split_from", _ID, nullable=True))
    op.drop_index("ix_ledger_quarantined", "ledger")
    op.create_index("ix_ledger_outcome", "ledger", ["outcome", "taken_at", "uid"])
    op.create_table(
        "wish",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("uidvalidity", _ID, autoincrement=False, nullable=False),
        sa.Column("uid", _ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("done_at", _AT, nullable=True),
        sa.PrimaryKeyConstraint("mailbox", "uidvalidity", "uid", "place", name="pk_wish"),
    )
    op.create_index("ix_wish_pending", "wish", ["asked_at"], **_where("done_at IS NULL"))
