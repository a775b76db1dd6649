"""Which schema the program knows, whether the database has it, and bringing it up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from store.errors import SchemaMismatch, StoreUnreachable
from store.facts.connect import WRITES, make_engine
from store.facts.trouble import name_of, plain_words

#: The newest migration in ``migrations/versions``; their names sort in order.
SCHEMA = "0005"

#: Any number: the PostgreSQL advisory lock that lets one upgrade run at a time.
_UPGRADE_LOCK = 7_335_927


def check(connection: Connection, name: str) -> None:
    """Say nothing if the database has exactly this program's schema.

    Raises:
        SchemaMismatch: it is empty, older, newer, or another program's; says what to do.
    """
    found = version(connection, name)
    if found is None:
        raise SchemaMismatch(f"{name} is empty; run: deskwatch db upgrade")
    if found < SCHEMA:
        raise SchemaMismatch(
            f"{name} has schema {found}, older than this program's {SCHEMA};"
            " run: deskwatch db upgrade"
        )
    if found > SCHEMA:
        raise SchemaMismatch(_newer(name, found))


def version(connection: Connection, name: str) -> str | None:
    """Return the schema version in the database, None if it is empty.

    Raises:
        SchemaMismatch: it holds tables of another program.
    """
    tables = set(inspect(connection).get_table_names())
    if {"alembic_version", "counter", "event"} <= tables:
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found
    if tables - {"alembic_version"}:
        raise SchemaMismatch(f"{name} is another program's database; choose another one")
    return None


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring the database at ``url`` to this program's schema, creating it where it can.

    Returns:
        The schema version before (None: it was empty) and after.

    Raises:
        StoreUnreachable: it cannot be opened.
        SchemaMismatch: it is newer than this program, or another program's.
    """
    # Only here: a board never needs alembic, and it takes its time to import.
    from alembic import command
    from alembic.config import Config

    engine = make_engine(url)
    name = name_of(engine.url)
    if engine.dialect.name == "sqlite":
        folder = Path(str(engine.url.database)).resolve().parent
        if not folder.is_dir():
            raise StoreUnreachable(f"{name} cannot be made: there is no folder {folder}")
    try:
        writers = engine.execution_options(**{WRITES: True})
        with plain_words(engine.url), writers.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
            before = version(connection, name)
            if before is not None and before > SCHEMA:
                raise SchemaMismatch(_newer(name, before))
            config = Config()
            config.set_main_option("script_location", "store.facts:migrations")
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()
    return before, SCHEMA


def _newer(name: str, found: str) -> str:
    return (
        f"{name} has schema {found}, newer than this program's {SCHEMA};"
        " install the newer Deskwatch here too"
    )
