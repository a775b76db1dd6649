"""``deskwatch``: commands are found, errors are one line, the exit status tells which kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.errors import ConfigError, StoreUnreachable
from tui.cli import main as cli


def _fails_with(monkeypatch, error):
    def run(_args):
        raise error

    monkeypatch.setattr("tui.cli.status.run", run)
    return cli.main(["status"])


def test_every_command_has_help_of_its_own(capsys):
    """Each is listed, and each explains itself."""
    for name in cli.COMMANDS:
        with pytest.raises(SystemExit) as left:
            cli.main([name, "--help"])
        assert left.value.code == 0
        assert f"usage: deskwatch {name}" in capsys.readouterr().out


def test_a_known_problem_is_one_line_and_status_1(monkeypatch, capsys):
    """The message of the error is the line."""
    status = _fails_with(monkeypatch, StoreUnreachable("there is no database"))
    assert (status, capsys.readouterr().err) == (1, "deskwatch: there is no database\n")


def test_problems_of_the_config_are_a_line_each(monkeypatch, capsys):
    """In the form that editors and compilers understand."""
    problems = ["config.toml:3: a", "config.toml:9: b"]
    assert _fails_with(monkeypatch, ConfigError(problems)) == 1
    assert capsys.readouterr().err.splitlines() == problems


def test_an_error_nobody_foresaw_is_one_line_and_its_traceback_is_in_the_log(
    monkeypatch, capsys, tmp_path
):
    """No traceback reaches a user, and none is lost."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    status = _fails_with(monkeypatch, KeyError("x\x1b[2J"))
    said = capsys.readouterr().err
    assert (status, said.count("\n"), "\x1b" in said) == (1, 1, False)
    log = (tmp_path / "deskwatch" / "errors.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "KeyError" in log


def test_wrong_use_is_status_2(capsys):
    """As every tool does."""
    with pytest.raises(SystemExit) as left:
        cli.main(["requests", "--no-such-option"])
    assert left.value.code == 2
    assert "--no-such-option" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error():
    """`deskwatch --help | head -1` ends quietly."""
    shell = f"{sys.executable} -m tui.cli.main --help | true"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_file_may_be_called_like_a_command(monkeypatch):
    """What follows --config is a file's name."""
    seen = []
    monkeypatch.setattr("tui.cli.requests.run", lambda args: seen.append(args) or 0)
    assert cli.main(["--config", "demo", "requests", "--limit", "3"]) == 0
    assert (seen[0].config, seen[0].limit) == ("demo", 3)


@pytest.mark.parametrize("words", [["--config"], ["--database"], ["nonsense"], ["--nonsense"]])
def test_wrong_use_without_a_command_is_status_2(words):
    """Nothing is taken for the name of the dashboard."""
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 2


def test_options_of_the_dashboard_work_without_its_name(monkeypatch):
    """`deskwatch --read-only` opens it."""
    seen = []
    monkeypatch.setattr("tui.cli.board.run", lambda args: seen.append(args) or 0)
    assert cli.main(["--read-only"]) == 0
    assert seen[0].read_only


_PRINTS = """
import sys
from tui.cli import main as cli, status
def run(args):
    print("caf\\u00e9 \\u2026 \\U0001f469")
    return 0
status.run = run
sys.exit(cli.main(["status"]))
"""


def _printing(redirection: str, **environment: str):
    shell = f'"{sys.executable}" -c "$PROGRAM" {redirection}'
    return subprocess.run(
        ["sh", "-c", shell],
        env={**os.environ, "PROGRAM": _PRINTS.replace("\\\\", "\\"), **environment},
        capture_output=True,
        check=False,
    )


def test_a_terminal_that_is_not_utf_8_shows_what_it_can(tmp_path):
    """The rest is escaped as in JSON, where it still means the same."""
    done = _printing("", PYTHONIOENCODING="latin-1", XDG_STATE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"caf\xe9 \\u2026 \\ud83d\\udc69\n"


def test_standard_output_that_is_closed_is_no_error(tmp_path):
    """Nobody wants to read it."""
    done = _printing(">&-", XDG_STATE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_to_a_full_disk_is_one_line(tmp_path):
    """The usual line, and nothing from Python's own end."""
    done = _printing(">/dev/full", XDG_STATE_HOME=str(tmp_path))
    said = b"deskwatch: the output cannot be written: the disk is full\n"
    assert (done.returncode, done.stderr) == (1, said)
