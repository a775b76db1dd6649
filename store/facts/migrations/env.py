"""Runs the migrations on the connection that ``store.facts.schema.upgrade`` opened."""

from __future__ import annotations

from alembic import context

from store.facts.columns import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    # SQLite alters a table by making it anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
