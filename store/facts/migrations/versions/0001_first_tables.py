"""The tables of version 0001."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.BigInteger()  # microseconds since 1970 in UTC


def _where(condition: str, sqlite: str = "") -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(sqlite or condition)}


def upgrade() -> None:
    """Make every table, and the index of words that search uses."""
    op.create_table(
        "counter",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("request", _ID, nullable=False),
        sa.Column("event", _ID, nullable=False),
        sa.Column("message", _ID, nullable=False),
        sa.Column("original", _ID, nullable=False),
        sa.Column("person", _ID, nullable=False),
        sa.Column("outbox", _ID, nullable=False),
        sa.Column("policy", _ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counter"),
    )
    op.create_table(
        "department",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_department"),
    )
    op.create_table(
        "mailbox",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("uidvalidity", _ID, nullable=False),
        sa.Column("connected", sa.Boolean(), nullable=False),
        sa.Column("server_count", _ID, nullable=False),
        sa.Column("seen_at", _AT, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("failing_since", _AT, nullable=True),
        sa.Column("newest_at", _AT, nullable=True),
        sa.Column("lag_us", _ID, nullable=True),
        sa.Column("opened", _ID, nullable=False),
        sa.Column("followed_up", _ID, nullable=False),
        sa.Column("duplicate", _ID, nullable=False),
        sa.Column("ignored", _ID, nullable=False),
        sa.Column("bounced", _ID, nullable=False),
        sa.Column("quarantined", _ID, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mailbox"),
    )
    op.create_table(
        "original",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size", _ID, nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_original"),
        sa.UniqueConstraint("sha256", name="uq_original_sha256"),
    )
    op.create_table(
        "person",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("uq_person_login", "person", ["login"], unique=True, **_where("login <> ''"))
    op.create_table(
        "policy_version",
        sa.Column("version", _ID, autoincrement=False, nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_policy_version"),
    )
    op.create_table(
        "presence",
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("number", _ID, nullable=True),
        sa.Column("seen_at", _AT, nullable=False),
        sa.PrimaryKeyConstraint("board", name="pk_presence"),
    )
    op.create_index("ix_presence_number", "presence", ["number"])
    op.create_table(
        "service",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_service"),
    )
    op.create_table(
        "mail_address",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mail_address_person_id"),
        sa.PrimaryKeyConstraint("address", name="pk_mail_address"),
    )
    op.create_index("ix_mail_address_person_id", "mail_address", ["person_id"])
    op.create_table(
        "request",
        sa.Column("number", _ID, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("claimed_urgent", sa.Boolean(), nullable=False),
        sa.Column("emergency_at", _AT, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("requester_id", _ID, nullable=False),
        sa.Column("requester_name", sa.Text(), nullable=False),
        sa.Column("requester_address", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("end_run_person", sa.Text(), nullable=False),
        sa.Column("end_run_rule", sa.Text(), nullable=False),
        sa.Column("end_run_certainty", sa.Text(), nullable=False),
        sa.Column("received_at", _AT, nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.Column("resolved_at", _AT, nullable=True),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("wait_until", _AT, nullable=True),
        sa.Column("snoozed_until", _AT, nullable=True),
        sa.Column("linked_to", _ID, nullable=True),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("clock_metric", sa.Text(), nullable=False),
        sa.Column("clock_calendar", sa.Text(), nullable=False),
        sa.Column("clock_paused", sa.Boolean(), nullable=False),
        sa.Column("due_at", _AT, nullable=True),
        sa.Column("warn_75_at", _AT, nullable=True),
        sa.Column("warn_90_at", _AT, nullable=True),
        sa.Column("remaining_us", _ID, nullable=True),
        sa.ForeignKeyConstraint(["linked_to"], ["request.number"], name="fk_request_linked_to"),
        sa.ForeignKeyConstraint(["requester_id"], ["person.id"], name="fk_request_requester_id"),
        sa.PrimaryKeyConstraint("number", name="pk_request"),
    )
    op.create_index(
        "ix_request_assignee",
        "request",
        ["assignee", "number", "live"],
        **_where("live", sqlite="live = 1"),
    )
    op.create_index(
        "ix_request_end_run",
        "request",
        ["received_at", "end_run_person"],
        **_where("end_run_person <> ''"),
    )
    op.create_index(
        "ix_request_linked_to", "request", ["linked_to"], **_where("linked_to IS NOT NULL")
    )
    op.create_index(
        "ix_request_queue",
        "request",
        [
            "clock_calendar",
            "due_at",
            "number",
            "warn_75_at",
            "clock_paused",
            "snoozed_until",
            "live",
        ],
        **_where("live", sqlite="live = 1"),
    )
    op.create_index("ix_request_received_at", "request", ["received_at"])
    op.create_index("ix_request_requester", "request", ["requester_id", "service", "received_at"])
    op.create_index(
        "ix_request_resolved_at", "request", ["resolved_at"], **_where("resolved_at IS NOT NULL")
    )
    op.create_index(
        "ix_request_to_close", "request", ["resolved_at"], **_where("state = 'resolved'")
    )
    op.create_index(
        "ix_request_snoozed",
        "request",
        ["snoozed_until", "due_at", "number", "live"],
        **_where("live AND snoozed_until IS NOT NULL", "live = 1 AND snoozed_until IS NOT NULL"),
    )
    op.create_index(
        "ix_request_warned",
        "request",
        ["warn_75_at", "due_at", "number", "clock_calendar", "snoozed_until", "live"],
        **_where("live AND warn_75_at IS NOT NULL", "live = 1 AND warn_75_at IS NOT NULL"),
    )
    op.create_index(
        "ix_request_wait_until", "request", ["wait_until"], **_where("wait_until IS NOT NULL")
    )
    op.create_table(
        "event",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("number", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("bulk", _ID, nullable=True),
        sa.Column("undoes", _ID, nullable=True),
        sa.ForeignKeyConstraint(["number"], ["request.number"], name="fk_event_number"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("number", "version", name="uq_event_number_version"),
    )
    op.create_index("ix_event_actor", "event", ["actor", "id"])
    op.create_index("ix_event_undoes", "event", ["undoes"], **_where("undoes IS NOT NULL"))
    op.create_index("ix_event_thanked", "event", ["at"], **_where("what = 'thanked'"))
    op.create_table(
        "ledger",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("uidvalidity", _ID, autoincrement=False, nullable=False),
        sa.Column("uid", _ID, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", _ID, nullable=True),
        sa.Column("arrived_at", _AT, nullable=False),
        sa.Column("taken_at", _AT, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("original_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["mailbox"], ["mailbox.name"], name="fk_ledger_mailbox"),
        sa.ForeignKeyConstraint(["number"], ["request.number"], name="fk_ledger_number"),
        sa.ForeignKeyConstraint(["original_id"], ["original.id"], name="fk_ledger_original_id"),
        sa.PrimaryKeyConstraint("mailbox", "uidvalidity", "uid", name="pk_ledger"),
    )
    op.create_index(
        "ix_ledger_fingerprint", "ledger", ["fingerprint"], **_where("outcome <> 'duplicate'")
    )
    op.create_index("ix_ledger_original_id", "ledger", ["original_id"])
    op.create_index(
        "ix_ledger_quarantined", "ledger", ["taken_at"], **_where("outcome = 'quarantined'")
    )
    op.create_table(
        "message",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("number", _ID, nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("sender_address", sa.Text(), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("original_id", _ID, nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("defects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["request.number"], name="fk_message_number"),
        sa.ForeignKeyConstraint(["original_id"], ["original.id"], name="fk_message_original_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    op.create_index(
        "ix_message_message_id", "message", ["message_id"], **_where("message_id <> ''")
    )
    op.create_index("ix_message_number", "message", ["number", "id"])
    op.create_index(
        "ix_message_original_id", "message", ["original_id"], **_where("original_id IS NOT NULL")
    )
    op.create_table(
        "attachment",
        sa.Column("message_id", _ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", _ID, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_attachment_message_id"),
        sa.PrimaryKeyConstraint("message_id", "position", name="pk_attachment"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("message_id", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("in_reply_to", sa.Text(), nullable=False),
        sa.Column("reference_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("next_try_at", _AT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("sent_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_outbox_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    op.create_index("ix_outbox_unsent", "outbox", ["next_try_at"], **_where("state <> 'sent'"))
    op.execute(
        "INSERT INTO counter (id, request, event, message, original, person, outbox, policy)"
        " VALUES (1, 1000, 0, 0, 0, 0, 0, 0)"
    )
    if op.get_bind().dialect.name == "postgresql":
        # Originals are compressed already: PostgreSQL need not try.
        op.execute("ALTER TABLE original ALTER COLUMN data SET STORAGE EXTERNAL")
        op.execute(
            "CREATE TABLE search (message_id BIGINT PRIMARY KEY"
            " REFERENCES message (id) ON DELETE CASCADE, words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_words ON search USING GIN (words)")
    else:
        # Without content: the terms are made of the messages, and the row id is the message's.
        # store.rules.terms folds and separates them, so the plainest tokenizer will do.
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5"
            " (words, content='', detail='none', columnsize=0, tokenize='ascii')"
        )
