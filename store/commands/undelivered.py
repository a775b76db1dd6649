"""Mail of ours that a server took and could not deliver in the end."""

from __future__ import annotations

from sqlalchemy import select, update

from store.facts.engine import Writing
from store.facts.mail import outbox
from store.facts.messages import message
from store.words import Direction


def came_back(writing: Writing, key: str, error: str) -> None:
    """Mark a mail of ours as failed, so that people see it among those that are stuck.

    Args:
        writing: The transaction.
        key: Of its Message-ID, as ``store.rules.threads.id_key`` makes it.
        error: What the delivery report says, in one line.
    """
    ours = select(message.c.id).where(
        message.c.message_id == key,
        message.c.message_id != "",  # as the index has it
        message.c.direction == Direction.OUT.value,
    )
    failed = update(outbox).where(outbox.c.message_id.in_(ours))
    writing.connection.execute(failed.values(state="failed", error=error))
