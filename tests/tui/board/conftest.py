"""Boards are opened on a desk of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.clock import SetClock
from store.rulebook import Rulebook
from tests.databases import SqliteFiles
from tests.tui.board.school import School


@pytest.fixture
def school(
    sqlite_files: SqliteFiles, tmp_path: Path, rules: Rulebook, clock: SetClock, monkeypatch
) -> Iterator[School]:
    """A desk with the requests of ``school.ASKED``, on SQLite."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    school = School(sqlite_files.new(tmp_path), rules, clock)
    school.fill()
    return school
