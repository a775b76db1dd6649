"""The feed: a board hears of every commit, from whatever process, and of the feed's own end."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from store import commands
from store.errors import StoreUnreachable
from store.facts.engine import open_store
from store.facts.feed import Feed
from tests.store.people import BEN, a_request, the


@pytest.fixture
def feed(desk, database_url):
    """A feed of another connection's than the desk's, past its first word."""
    board = open_store(database_url)
    opened = Feed(board)
    assert opened.wait(0)
    yield opened
    opened.close()
    opened.wait(0)
    board.close()


def test_a_command_is_heard_of(desk, feed):
    """The board wakes for it, once."""
    a_request(desk)
    assert feed.wait(5)
    assert not feed.wait(0)


def test_reading_is_not_heard_of(desk, feed):
    """Other boards that look wake nobody."""
    with desk.store.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM event")
    assert not feed.wait(0.3)


def test_a_command_that_was_refused_is_not_heard_of(desk, feed):
    """Nothing was written."""
    number = a_request(desk)
    commands.claim(desk, BEN, the(number))
    assert feed.wait(5)
    feed.wait(0.3)
    with pytest.raises(Exception, match="yours already"):
        commands.claim(desk, BEN, the(number))
    assert not feed.wait(0.3)


def test_it_is_heard_of_while_waiting_and_soon(desk, feed):
    """A claim on one board shows on another in less than the half second that is allowed."""
    number = a_request(desk)
    feed.wait(1)
    feed.wait(0)
    heard: list[float] = []
    waiting = threading.Thread(target=lambda: feed.wait(10) and heard.append(time.monotonic()))
    waiting.start()
    commands.claim(desk, BEN, the(number))
    committed = time.monotonic()
    waiting.join(10)
    assert heard
    assert heard[0] - committed < 0.5


def test_closing_ends_the_wait_of_another_thread(feed):
    """A board that quits does not hang."""
    ended = threading.Event()

    def wait() -> None:
        feed.wait(60)
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    feed.close()
    assert ended.wait(5)
    thread.join(5)
    assert not feed.wait(60)


def test_the_first_wait_speaks_at_once(desk, database_url):
    """What happened between the board's loading and its listening is not missed."""
    board = open_store(database_url)
    feed = Feed(board)
    assert feed.wait(0)
    feed.close()
    assert not feed.wait(0)
    board.close()


def test_a_file_that_goes_while_it_is_opened_leaves_no_connection_behind(sqlite_files, tmp_path):
    """The wait says that it is gone; once it is back, the next one speaks."""
    url = sqlite_files.new(tmp_path)
    board = open_store(url)
    file, away, made = Path(str(board.url.database)), tmp_path / "away.db", []

    def move(connection: object, *_: object) -> None:
        made.append(connection)
        if len(made) == 1:
            file.rename(away)

    event.listen(board.engine, "checkout", move)
    feed = Feed(board)
    with pytest.raises(StoreUnreachable, match="is gone"):
        feed.wait(0)
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        made[0].execute("SELECT 1")
    away.rename(file)
    assert feed.wait(0)
    feed.close()
    board.close()


def test_a_server_that_restarts_is_heard_of(postgres_server, tmp_path):
    """The wait says that the connection is gone; the next one has a new one, and speaks."""
    url = postgres_server.new(tmp_path)
    board = open_store(url)
    feed = Feed(board)
    assert feed.wait(0)
    postgres_server.cut_off(url)
    with pytest.raises(StoreUnreachable, match="has dropped the connection"):
        feed.wait(5)
    assert feed.wait(5)
    assert not feed.wait(0)
    with board.reading() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    feed.close()
    feed.wait(0)
    board.close()
    postgres_server.drop(url)
