"""Whether the database takes anything now: a full disk or a lost right shows only on writing."""

from __future__ import annotations

from sqlalchemy import update

from store.facts.engine import Store
from store.facts.history import counter


def try_to_write(store: Store) -> None:
    """Write and commit something that changes nothing.

    Raises:
        StoreError: it is not taken, and why.
    """
    with store.writing() as writing:
        writing.connection.execute(update(counter).values(event=counter.c.event))
