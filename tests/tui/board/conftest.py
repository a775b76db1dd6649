"""Boards are opened on a desk of their own."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import SetClock
from store.facts.engine import open_store
from store.rulebook import Rulebook
from tests.conftest import NOW
from tests.databases import SqliteFiles
from tests.store.watch import watched
from tests.tui.board.school import School


@pytest.fixture(scope="session")
def filled(sqlite_files: SqliteFiles, tmp_path_factory, rules: Rulebook) -> Path:
    """A database with the requests of ``school.ASKED``."""
    folder = tmp_path_factory.mktemp("filled")
    School(sqlite_files.new(folder), rules, SetClock(NOW)).fill()
    return folder / "deskwatch.db"


@pytest.fixture
def school(filled: Path, tmp_path: Path, rules: Rulebook, clock: SetClock, monkeypatch) -> School:
    """A desk with the requests of ``school.ASKED``, on SQLite."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr("tui.board.link.COUNT_AT_MOST_S", 0.05)
    shutil.copyfile(filled, tmp_path / "deskwatch.db")
    return School(f"sqlite:///{tmp_path / 'deskwatch.db'}", rules, clock)


@pytest.fixture
def watched_school(sqlite_files: SqliteFiles, tmp_path: Path, clock: SetClock, monkeypatch):
    """A desk with the roster of ``tests.store.watch`` and nothing to do, on SQLite."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tui.board.link.COUNT_AT_MOST_S", 0.05)
    url = sqlite_files.new(tmp_path)
    with closing(watched(open_store(url, clock))) as desk:
        return School(url, desk.rules, clock)
