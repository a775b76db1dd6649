"""Desks for the tests of views."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.clock import SetClock
from store.rulebook import Rulebook
from tests.databases import SqliteFiles
from tests.tui.board.school import School
from tests.tui.views import ran


@pytest.fixture(scope="session")
def gone_around(sqlite_files: SqliteFiles, tmp_path_factory, rules: Rulebook) -> Path:
    """A database with the end-runs of ``ran``."""
    folder = tmp_path_factory.mktemp("ran")
    ran.fill(sqlite_files.new(folder), rules)
    return folder / "deskwatch.db"


@pytest.fixture
def side_door(
    gone_around: Path, tmp_path: Path, rules: Rulebook, clock: SetClock, monkeypatch
) -> School:
    """A desk of one's own that people go around."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr("tui.board.link.COUNT_AT_MOST_S", 0.05)
    shutil.copyfile(gone_around, tmp_path / "deskwatch.db")
    return School(f"sqlite:///{tmp_path / 'deskwatch.db'}", rules, clock)
