"""What was promised by when, when people were answered, how requests end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_AT = sa.BigInteger()  # microseconds since 1970 in UTC

#: The first answer or resolution that was not taken back; `deskwatch db verify` goes further.
_ANSWERED = """
    UPDATE request SET answered_at = (
        SELECT min(answer.at) FROM event AS answer
        WHERE answer.number = request.number
        AND (
            answer.what IN ('replied', 'resolved')
            OR (answer.what = 'followed_up' AND {by} = 'desk')
        )
        AND NOT EXISTS (
            SELECT 1 FROM event AS back
            WHERE back.undoes = answer.id AND back.number = answer.number
            AND NOT EXISTS (
                SELECT 1 FROM event AS again
                WHERE again.undoes = back.id AND again.number = answer.number
            )
        )
    )
"""
_BY = {"sqlite": "json_extract(answer.detail, '$.by')", "postgresql": "answer.detail ->> 'by'"}


def upgrade() -> None:
    """Add what the views of people's work read; nothing that is there changes."""
    op.add_column("request", sa.Column("promised_at", _AT, nullable=True))
    _own_work()
    _answers()
    _end_runs()
    _endings()
    _forwards()


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


def _answers() -> None:
    """Note when each request was answered first, and index what is told of that."""
    op.add_column("request", sa.Column("answered_at", _AT, nullable=True))
    op.execute(_ANSWERED.format(by=_BY[op.get_bind().dialect.name]))
    op.create_index(
        "ix_request_answered_at",
        "request",
        [
            "received_at",
            "answered_at",
            "assignee",
            "end_run_person",
            "end_run_certainty",
            "emergency_at",
        ],
        postgresql_where=sa.text("answered_at IS NOT NULL"),
        sqlite_where=sa.text("answered_at IS NOT NULL"),
    )


def _end_runs() -> None:
    """Let what is told of end-runs come out of indexes alone."""
    op.drop_index("ix_request_end_run", "request")
    op.create_index(
        "ix_request_end_run",
        "request",
        [
            "received_at",
            "end_run_person",
            "end_run_certainty",
            "emergency_at",
            "requester_id",
            "department",
            "channel",
            "minutes",
        ],
        postgresql_where=sa.text("end_run_person <> ''"),
        sqlite_where=sa.text("end_run_person <> ''"),
    )
    op.drop_index("ix_request_requester", "request")
    op.create_index(
        "ix_request_requester",
        "request",
        ["requester_id", "received_at", "service", "end_run_person", "end_run_certainty"],
    )


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
