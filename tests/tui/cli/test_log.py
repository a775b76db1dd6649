"""``deskwatch log``: an end-run from the shell, also while the store is away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.policy.apply import apply_file
from tui.cli.main import main

CONFIG = Path(__file__).parents[2] / "desk.toml"


@pytest.fixture
def place(tmp_path, monkeypatch, sqlite_files):
    """A database with a policy, and a state directory of one's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    url = sqlite_files.new(tmp_path)
    monkeypatch.setenv("DESKWATCH_DATABASE", url)
    apply_file(CONFIG, url)
    return tmp_path


def log(capsys, *words: str) -> tuple[int, str, str]:
    """Run the command as Ben; return its status and what it said."""
    status = main(["log", "--as", "ben", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_an_end_run_is_logged_in_one_line(place, capsys):
    """As the design has it, with or without quotes around it."""
    assert log(capsys, "hopper: projector in B12, walk-up, 10m")[:2] == (
        0,
        "#1001 logged, 10 min: done for them\n",
    )
    status, out, _ = log(capsys, "--json", "hopper:", "toner,", "phone")
    assert (status, json.loads(out)) == (0, {"number": 1002, "kept": False})


def test_what_is_missing_is_said_and_nothing_is_kept(place, capsys):
    """One line, no traceback."""
    status, out, err = log(capsys, "projector")
    assert (status, out) == (1, "")
    assert err.startswith("deskwatch: It does not say who asked; write e.g. ")
    assert log(capsys, "hopper: x, to zoe")[0] == 1
    assert not list(place.glob("state/**/*.json"))


def test_nothing_is_lost_while_the_store_is_away(place, capsys):
    """It is kept on this machine, readable by nobody else, and logged with the next one."""
    (place / "deskwatch.db").rename(place / "away.db")
    status, out, err = log(capsys, "hopper: screen, 7m")
    assert (status, out) == (
        0,
        "Kept on this machine; it is logged with the next one, or by your next board.\n",
    )
    assert "there is no database" in err
    (kept,) = place.glob("state/**/*.json")
    assert kept.stat().st_mode & 0o777 == 0o600
    (place / "away.db").rename(place / "deskwatch.db")
    status, out, err = log(capsys, "ito: toner")
    assert out == "#1001 logged, 5 min: done for them\n"
    assert err == "#1002 logged, 7 min: done for them (was kept on this machine)\n"
    assert not list(place.glob("state/**/*.json"))
    log(capsys, "ito: toner")
    assert main(["requests", "--state", "all", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3


def test_what_can_be_kept_nowhere_is_an_error(place, capsys, monkeypatch):
    """The store is away, and so is the state directory."""
    (place / "deskwatch.db").unlink()
    (place / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "file"))
    status, out, err = log(capsys, "hopper: screen")
    assert (status, out) == (1, "")
    assert "it cannot be kept here either" in err
