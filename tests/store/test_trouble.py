"""What databases do to a desk, in words that people read."""

from __future__ import annotations

import os
import sqlite3

import pytest

from store import commands
from store.desk import Desk
from store.errors import StoreError, StoreHindered, StoreUnreachable
from store.facts import connect
from store.facts.engine import open_store
from store.facts.trouble import name_of
from tests.rulebook import a_rulebook
from tests.store.looking import how
from tests.store.people import BEN, a_request, the


@pytest.fixture
def sqlite_desk(sqlite_files, tmp_path):
    """A desk on a file."""
    opened = Desk(open_store(sqlite_files.new(tmp_path)), a_rulebook())
    yield opened
    opened.close()


@pytest.fixture
def postgres_desk(postgres_server, tmp_path):
    """A desk on a server."""
    url = postgres_server.new(tmp_path)
    opened = Desk(open_store(url), a_rulebook())
    yield opened
    opened.close()
    postgres_server.drop(url)


def test_a_full_disk_is_one_line_and_changes_nothing(sqlite_desk):
    """SQLite is given no page more than it has."""
    number = a_request(sqlite_desk)
    with sqlite_desk.store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.commit()
    with pytest.raises(StoreHindered, match="cannot grow: the disk is full; nothing was changed"):
        commands.note(sqlite_desk, BEN, the(number), "x" * 100_000)
    assert how(sqlite_desk, number)["version"] == 1


def test_mail_never_appears_in_the_line_of_an_error(sqlite_desk):
    """Bound values stay out of messages and logs."""
    with sqlite_desk.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE search")
    number_and_words = "the secret of the headmaster"
    with pytest.raises(StoreError, match="refused a statement: no such table") as raised:
        a_request(sqlite_desk, number_and_words)
    assert number_and_words not in str(raised.value)
    assert number_and_words not in str(raised.value.__cause__)


def test_a_damaged_file_is_named(sqlite_files, tmp_path):
    """Restoring a backup is all that helps."""
    url = sqlite_files.new(tmp_path)
    file = tmp_path / "deskwatch.db"
    whole = bytearray(file.read_bytes())
    whole[4096:] = os.urandom(len(whole) - 4096)
    file.write_bytes(whole)
    with pytest.raises(StoreUnreachable, match="is damaged; restore it from a backup"):
        open_store(url)


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    """A folder, here; a file without permission gives the same."""
    with pytest.raises(StoreUnreachable, match=r"cannot be opened; check .* you may read"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_database_that_is_held_for_too_long_is_busy(sqlite_desk, monkeypatch):
    """Another program forgot its transaction."""
    number = a_request(sqlite_desk)
    monkeypatch.setattr(connect, "_BUSY_MS", 20)
    other = sqlite3.connect(sqlite_desk.store.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreHindered, match="is busy: another program has held it for too long"):
        commands.claim(sqlite_desk, BEN, the(number))
    other.close()
    commands.claim(sqlite_desk, BEN, the(number))


def test_a_dropped_connection_is_made_anew(postgres_desk, postgres_server):
    """A board survives a restart of its server: the next command goes through."""
    number = a_request(postgres_desk)
    postgres_server.cut_off(str(postgres_desk.store.url))
    commands.claim(postgres_desk, BEN, the(number))
    assert how(postgres_desk, number)["assignee"] == "ben"


def test_a_connection_dropped_in_the_middle_is_explained(postgres_desk, postgres_server):
    """The transaction is gone as a whole, and the line says so."""
    with pytest.raises(StoreUnreachable, match="is shutting down or starting; try again"):
        _cut_off_while_writing(postgres_desk, postgres_server)


def _cut_off_while_writing(desk, server):
    with desk.writing() as writing:
        server.cut_off(str(desk.store.url))
        writing.connection.exec_driver_sql("SELECT 1")


def test_a_right_that_is_missing_is_named(postgres_desk, postgres_server):
    """The log-in may read and not write."""
    with postgres_desk.store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE onlooker LOGIN")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO onlooker")
    url = postgres_desk.store.url.set(username="onlooker")
    onlooker = Desk(open_store(url.render_as_string(hide_password=False)), a_rulebook())
    with pytest.raises(StoreHindered, match=r"does not let this user do that; ask for the right"):
        a_request(onlooker)
    onlooker.close()
    with postgres_desk.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY onlooker")
        connection.exec_driver_sql("DROP ROLE onlooker")


def test_a_database_is_named_without_its_password(postgres_desk):
    """A line goes to screens and logs."""
    url = postgres_desk.store.url.set(password="hush", host="db.example", database="desk")
    assert name_of(url.set(query={})) == "the database desk on db.example"


def test_an_address_with_a_wrong_port_is_explained_without_its_password():
    """It may come from --database, where nobody has looked at it before."""
    with pytest.raises(StoreUnreachable, match="the server in the database address") as raised:
        open_store("postgresql://ana:hunter2@db:port/desk")
    assert "hunter2" not in str(raised.value)


def test_nothing_is_written_to_a_file_that_was_moved_away(sqlite_desk, tmp_path):
    """The desk hears that it is gone, makes no new one, and goes on when it is back."""
    number = a_request(sqlite_desk)
    for file in sorted(tmp_path.glob("deskwatch.db*")):
        file.rename(file.with_name(f"away.{file.name}"))
    for _ in range(2):
        with pytest.raises(StoreUnreachable, match="is gone; it was moved or deleted"):
            commands.claim(sqlite_desk, BEN, the(number))
    assert not list(tmp_path.glob("deskwatch.db*"))
    for file in sorted(tmp_path.glob("away.*")):
        file.rename(file.with_name(file.name.removeprefix("away.")))
    assert commands.claim(sqlite_desk, BEN, the(number)).number == number


def test_a_backup_put_in_the_place_of_the_file_is_what_is_used(sqlite_desk, tmp_path):
    """What was open before is another file, which nobody sees."""
    file = tmp_path / "deskwatch.db"
    number = a_request(sqlite_desk)
    with sqlite3.connect(file) as live, sqlite3.connect(tmp_path / "backup.db") as backup:
        live.backup(backup)
    live.close()
    backup.close()
    commands.claim(sqlite_desk, BEN, the(number))
    for old in tmp_path.glob("deskwatch.db*"):
        old.unlink()
    (tmp_path / "backup.db").rename(file)
    assert how(sqlite_desk, number)["assignee"] == ""
    commands.claim(sqlite_desk, BEN, the(number))
    with sqlite3.connect(file) as live:
        assert live.execute("SELECT assignee FROM request").fetchall() == [("ben",)]
    live.close()
