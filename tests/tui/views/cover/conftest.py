"""A desk with a roster, for boards that are opened on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.clock import SetClock
from tests.conftest import NOW
from tests.databases import SqliteFiles
from tests.store.watch import ROSTER
from tests.tui.views.watch import Watch


@pytest.fixture(scope="session")
def rostered(sqlite_files: SqliteFiles, tmp_path_factory) -> Path:
    """A database with the policy of ``tests/store/watch.py``."""
    folder = tmp_path_factory.mktemp("rostered")
    Watch(sqlite_files.new(folder), SetClock(NOW)).apply(ROSTER)
    return folder / "deskwatch.db"


@pytest.fixture
def desk(rostered: Path, tmp_path: Path, clock: SetClock, monkeypatch) -> Watch:
    """A desk with a roster, on SQLite."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    (tmp_path / "deskwatch.db").write_bytes(rostered.read_bytes())
    return Watch(f"sqlite:///{tmp_path / 'deskwatch.db'}", clock)
