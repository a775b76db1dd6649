"""Fixtures that every room's tests share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import Store, open_store
from store.rulebook import Rulebook
from tests.databases import PostgresServer, SqliteFiles
from tests.rulebook import a_rulebook

# How long an example takes says how busy the machine is, nothing else.
settings.register_profile("deskwatch", deadline=None)
settings.load_profile("deskwatch")

#: Monday 23 November 2026, 10:42 in London.
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def fewer_collections() -> Iterator[None]:
    """What was imported stays; to look through it again and again costs a sixth of the time."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory) -> SqliteFiles:
    """SQLite databases, made by copying one."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this test process's own."""
    server = PostgresServer()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty, migrated database, of both kinds in turn."""
    kind = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    databases = request.getfixturevalue(kind)
    url = databases.new(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still until it is moved."""
    return SetClock(NOW)


@pytest.fixture
def store(database_url: str, clock: SetClock) -> Iterator[Store]:
    """An open, empty store, on SQLite and on PostgreSQL in turn."""
    opened = open_store(database_url, clock)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def rules() -> Rulebook:
    """The test policy: see ``tests/rulebook.py``."""
    return a_rulebook()


@pytest.fixture
def desk(store: Store, rules: Rulebook) -> Desk:
    """A desk with the test policy and an empty store, on SQLite and on PostgreSQL in turn."""
    return Desk(store, rules)
