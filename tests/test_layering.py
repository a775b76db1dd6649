"""The three rooms: ``tui → store ← intake``, by what is written and by what is imported."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("tui", "intake", "store")


def _imports(path: Path) -> set[str]:
    """Return the top-level packages that a file imports anywhere, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def _users(room: str, *, of: str, outside: str = "") -> list[str]:
    files = sorted((ROOT / room).rglob("*.py"))
    return [
        str(path.relative_to(ROOT))
        for path in files
        if of in _imports(path) and not (outside and path.is_relative_to(ROOT / outside))
    ]


@pytest.mark.parametrize("room", ["tui", "intake"])
def test_store_knows_neither_of_the_other_rooms(room):
    """The store can be used, read and tested with nothing else there."""
    assert _users("store", of=room) == []


def test_intake_never_looks_at_the_screen():
    """Mail comes in on machines that have no board."""
    assert _users("intake", of="tui") == []


def test_the_screen_meets_intake_only_at_the_command_line():
    """A board needs the database's address and nothing of mail."""
    assert _users("tui", of="intake", outside="tui/cli") == []


def test_rules_know_no_database_network_or_clock():
    """Pure rules take values and return values."""
    forbidden = {"sqlalchemy", "sqlmodel", "imapclient", "socket", "textual", "psycopg"}
    files = [*(ROOT / "store/rules").rglob("*.py"), *(ROOT / "intake/reading").rglob("*.py")]
    files += (ROOT / "intake/triage").rglob("*.py")
    assert {
        str(path): _imports(path) & forbidden for path in files if _imports(path) & forbidden
    } == {}


def test_only_the_clock_asks_the_machine_for_the_time():
    """Time is passed in; ``store/clock.py`` is the one place that reads it."""
    asking = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}
        if isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date"}
    ]
    assert asking == ["store/clock.py"]


def test_widgets_hold_no_sql():
    """The dashboard reads through queries and writes through commands."""
    files = (ROOT / "tui/board").rglob("*.py")
    assert [str(path) for path in files if _imports(path) & {"sqlalchemy", "sqlmodel"}] == []


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("tui.cli.main", ("textual", "sqlmodel", "sqlalchemy", "pydantic", "imapclient")),
        ("tui.board.app", ("sqlmodel", "sqlalchemy", "pydantic", "imapclient", "alembic")),
    ],
)
def test_what_must_be_quick_imports_little(module, unwanted):
    """``--help`` needs no library, and the board's skeleton no database."""
    code = f"import sys, {module}; print([m for m in {unwanted!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
