"""Outgoing mail: leases, the rate valve, and the files that go out."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.BigInteger()  # microseconds since 1970 in UTC
_LATE = "written before this desk sent mail; send it again if it is still wanted"


def _where(condition: str, sqlite: str = "") -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(sqlite or condition)}


def upgrade() -> None:
    """Widen the outbox, and make the table of outgoing files.

    No version before this one sent anything: what waits is not sent all of a sudden, people
    decide about it.
    """
    for column in (
        sa.Column("automatic", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("to_address", sa.Text(), nullable=False, server_default=""),
        sa.Column("remaining", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("lease", sa.Text(), nullable=False, server_default=""),
        sa.Column("leased_until", _AT, nullable=True),
        sa.Column("handing_over", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("outbox", column)
    _stop_what_waits()
    op.drop_index("ix_outbox_unsent", "outbox")
    op.create_index("ix_outbox_state", "outbox", ["state", "next_try_at"])
    op.create_index(
        "ix_outbox_automatic",
        "outbox",
        ["created_at", "to_address"],
        **_where("automatic", sqlite="automatic = 1"),
    )
    op.create_table(
        "outgoing_file",
        sa.Column("message_id", _ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("original_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_outgoing_file_message_id"),
        sa.ForeignKeyConstraint(
            ["original_id"], ["original.id"], name="fk_outgoing_file_original_id"
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_outgoing_file"),
    )
    op.create_index("ix_outgoing_file_original_id", "outgoing_file", ["original_id"])


def _stop_what_waits() -> None:
    outbox = sa.table(
        "outbox",
        sa.column("id"),
        sa.column("recipients", sa.JSON()),
        sa.column("remaining", sa.JSON()),
        sa.column("to_address"),
        sa.column("state"),
        sa.column("error"),
    )
    bind = op.get_bind()
    for row in bind.execute(sa.select(outbox.c.id, outbox.c.recipients)).all():
        addresses = [address for _, address in row.recipients]
        bind.execute(
            sa.update(outbox)
            .where(outbox.c.id == row.id)
            .values(
                remaining=addresses,
                to_address=addresses[0] if addresses else "",
                state="failed",
                error=_LATE,
            )
        )
