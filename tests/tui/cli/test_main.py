"""``deskwatch``: commands are found, errors are one line, the exit status tells which kind."""

from __future__ import annotations

import subprocess
import sys

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
