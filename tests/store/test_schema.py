"""The schema: made by migrations, checked when a store is opened."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from store.errors import SchemaMismatch, StoreUnreachable
from store.facts.columns import Row
from store.facts.engine import open_store
from store.facts.schema import SCHEMA, upgrade


def _ours(_object, name, kind, _reflected, _compare_to) -> bool:
    return not (kind == "table" and name.startswith("search"))


def test_migrations_make_exactly_the_tables_of_the_models(store):
    """A model cannot change without a migration."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": _ours, "compare_type": False}
        )
        assert compare_metadata(context, Row.metadata) == []


def test_partial_indexes_have_the_conditions_of_the_models(store):
    """SQLAlchemy does not compare these by itself."""
    made = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE%INDEX% WHERE %'",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '% WHERE %'",
    }
    with store.engine.connect() as connection:
        found = {row[0]: row[1] for row in connection.execute(text(made[store.dialect]))}
    wanted = {
        index.name: index.info["where"][store.dialect]
        for table in Row.metadata.tables.values()
        for index in table.indexes
        if "where" in index.info
    }
    bare = re.compile(r"[() ]|::\w+")
    conditions = {name: bare.sub("", sql.partition(" WHERE ")[2]) for name, sql in found.items()}
    assert conditions == {name: bare.sub("", condition) for name, condition in wanted.items()}


def test_the_program_asks_for_the_newest_migration():
    """SCHEMA is what alembic would upgrade to."""
    scripts = ScriptDirectory("store/facts/migrations")
    assert scripts.get_current_head() == SCHEMA


def test_upgrading_again_changes_nothing(database_url):
    """An upgrade of a database that is up to date is harmless."""
    assert upgrade(database_url) == (SCHEMA, SCHEMA)


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("0000", "older than this program's .*; run: deskwatch db upgrade"),
        ("9999", "newer than this program's .*; install the newer Deskwatch here too"),
    ],
)
def test_another_schema_is_refused_with_what_to_do(store, database_url, version, says):
    """A database older or newer than the program is not opened."""
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    with pytest.raises(SchemaMismatch, match=says):
        open_store(database_url)


def test_a_newer_database_is_not_upgraded(store, database_url):
    """An old program leaves a newer database alone."""
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatch, match="newer"):
        upgrade(database_url)


def test_an_empty_database_asks_for_an_upgrade(tmp_path):
    """An empty file is a database that was never upgraded."""
    (tmp_path / "empty.db").touch()
    with pytest.raises(SchemaMismatch, match="is empty; run: deskwatch db upgrade"):
        open_store(f"sqlite:///{tmp_path}/empty.db")


def test_a_missing_file_asks_for_an_upgrade_and_is_not_made(tmp_path):
    """Opening never creates a database."""
    with pytest.raises(SchemaMismatch, match=r"no database .* yet; run: deskwatch db upgrade"):
        open_store(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


def test_another_programs_database_is_refused(tmp_path):
    """Tables that are not ours are left alone, also by an upgrade."""
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    for attempt in (open_store, upgrade):
        with pytest.raises(SchemaMismatch, match="another program's database"):
            attempt(f"sqlite:///{tmp_path}/other.db")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Say so in plain words."""
    (tmp_path / "notes.txt").write_text("not a database at all\n" * 100)
    with pytest.raises(StoreUnreachable, match=r"notes.txt is not a database; check the path"):
        open_store(f"sqlite:///{tmp_path}/notes.txt")


def test_a_missing_folder_is_named(tmp_path):
    """An upgrade does not make folders."""
    with pytest.raises(StoreUnreachable, match="there is no folder"):
        upgrade(f"sqlite:///{tmp_path}/nowhere/desk.db")


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "", "sqlite://", "sqlite:///:memory:"])
def test_an_address_of_no_use_is_explained(url):
    """Only files of SQLite and PostgreSQL are stores."""
    with pytest.raises(StoreUnreachable, match=r"write (sqlite:///FILE|postgresql://HOST/NAME)"):
        open_store(url)


def test_a_server_that_is_not_there_is_explained():
    """Nobody listens on port 1 of this machine."""
    with pytest.raises(StoreUnreachable, match=r"the database x on 127.0.0.1 cannot be reached"):
        open_store("postgresql://u:secret@127.0.0.1:1/x")


def test_a_database_that_is_not_there_is_explained(postgres_server, tmp_path):
    """The server answers, the database is missing."""
    url = postgres_server.new(tmp_path)
    postgres_server.remove(url)
    with pytest.raises(StoreUnreachable, match="does not exist; create it first"):
        open_store(url)


def test_two_upgrades_at_once_make_one_database(tmp_path):
    """A board and a poller are started together on a new machine."""
    url = f"sqlite:///{tmp_path}/desk.db"
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(upgrade, [url, url]))
    assert {after for _, after in results} == {SCHEMA}
    open_store(url).close()
