"""Changes of cover, hand-over notes, who is in, notices to people, known outages."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.BigInteger()  # microseconds since 1970 in UTC


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    """Add what cover needs beside the policy; nothing that is there changes."""
    for column in (
        sa.Column("acknowledged_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("outage", _ID, nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("entry", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("request", column)
    op.create_index("ix_request_outage", "request", ["outage"], **_where("outage IS NOT NULL"))
    op.create_index(
        "ix_request_emergency",
        "request",
        ["emergency_at", "number", "live"],
        postgresql_where=sa.text("live AND emergency_at IS NOT NULL"),
        sqlite_where=sa.text("live = 1 AND emergency_at IS NOT NULL"),
    )
    op.create_index(
        "ix_request_offered",
        "request",
        ["number", "assignee", "offered"],
        postgresql_where=sa.text("offered"),
        sqlite_where=sa.text("offered = 1"),
    )
    op.drop_index("ix_request_received_at", "request")
    op.create_index(
        "ix_request_received_at",
        "request",
        ["received_at", "department", "claimed_urgent", "priority", "emergency_at"],
    )
    op.create_index("uq_request_entry", "request", ["entry"], unique=True, **_where("entry <> ''"))
    op.add_column(
        "presence", sa.Column("writing", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    for kind in ("cover", "hand_over", "attendance", "notice", "outage"):
        op.add_column("counter", sa.Column(kind, _ID, nullable=False, server_default="0"))
    _people()
    _notices()
    _outages()


def _people() -> None:
    op.create_table(
        "cover_change",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("instead_of", sa.Text(), nullable=False),
        sa.Column("cancels", _ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cover_change"),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read_at", _AT, nullable=True),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hand_over"),
    )
    op.create_index("ix_hand_over_unread", "hand_over", ["at"], **_where("read_at IS NULL"))
    op.create_table(
        "attendance",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", _AT, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("event", _ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
    )
    op.create_index("ix_attendance_login", "attendance", ["login", "id"])


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", _ID, nullable=True),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _AT, nullable=False),
        sa.Column("lease", sa.Text(), nullable=False),
        sa.Column("leased_until", _AT, nullable=True),
        sa.Column("handing_over", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("sent_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(["number"], ["request.number"], name="fk_notice_number"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("key", name="uq_notice_key"),
    )
    op.create_index("ix_notice_state", "notice", ["state", "next_try_at"])
    op.create_index("ix_notice_number", "notice", ["number", "id"])
    op.create_index("ix_notice_kind", "notice", ["kind", "created_at"])
    op.create_index("ix_notice_message_id", "notice", ["message_id"], **_where("message_id <> ''"))


def _outages() -> None:
    op.create_table(
        "outage",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("number", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_at", _AT, nullable=False),
        sa.Column("ends_at", _AT, nullable=True),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("ended_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(["number"], ["request.number"], name="fk_outage_number"),
        sa.PrimaryKeyConstraint("id", name="pk_outage"),
    )
    op.create_index("ix_outage_open", "outage", ["starts_at"], **_where("ended_at IS NULL"))
    op.create_index("ix_outage_number", "outage", ["number"])
