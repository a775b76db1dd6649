"""One's own editor: its text comes back, and whatever it does, no text is lost."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest

from tui.board.reply.external import Edited, NoEditorError, command, edit

BEFORE = "Dear Grace,"


def script(tmp_path, does: str) -> list[str]:
    """Return the words that start an editor which does that to the file ``path``."""
    file = tmp_path / "ed.py"
    file.write_text(
        f"import os, pathlib, signal, sys\npath = pathlib.Path(sys.argv[1])\n{does}\n",
        encoding="utf-8",
    )
    return [sys.executable, str(file)]


def test_the_text_is_what_the_editor_saved(tmp_path):
    """Its last line feed is no part of it."""
    words = script(tmp_path, 'path.write_text(path.read_text() + "\\nI come.\\n")')
    assert edit(BEFORE, words) == Edited("Dear Grace,\nI come.")


@pytest.mark.parametrize(
    ("does", "text", "said"),
    [
        ('path.write_text("half"); sys.exit(1)', BEFORE, "status 1; the text is as it was"),
        ('path.write_text("half"); os.kill(os.getpid(), signal.SIGKILL)', "half", "was killed"),
        ('path.write_text(""); os.kill(os.getpid(), signal.SIGKILL)', BEFORE, "was killed"),
        ("path.unlink()", BEFORE, ""),
        ('path.write_bytes("Grüße".encode("latin-1"))', "Grüße", ""),
        ('path.write_bytes(b"a\\x1b[2J\\r\\nb\\tc")', "a[2J\nb    c", ""),
    ],
)
def test_no_editor_loses_the_text(tmp_path, does, text, said):
    """It fails, it is killed, it takes the file away, it writes something strange."""
    edited = edit(BEFORE, script(tmp_path, does))
    assert (edited.text, said in edited.said) == (text, True)


def test_an_editor_that_is_not_there_is_said(tmp_path):
    """Nothing is raised, for the board must take its terminal back."""
    edited = edit(BEFORE, [str(tmp_path / "none")])
    assert (edited.text, "none cannot be used" in edited.said) == (BEFORE, True)


def test_the_text_is_nobody_elses_matter_and_leaves_nothing_behind(tmp_path, monkeypatch):
    """Only its writer may read the file, and it is gone afterwards."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = tmp_path / "seen"
    words = script(
        tmp_path, f'pathlib.Path({str(seen)!r}).write_text(f"{{path}} {{path.stat().st_mode}}")'
    )
    edit(BEFORE, words)
    path, mode = seen.read_text(encoding="utf-8").rsplit(" ", 1)
    assert (stat.S_IMODE(int(mode)), Path(path).exists()) == (0o600, False)


def test_ctrl_c_in_the_editor_is_the_editors_matter(tmp_path):
    """The board behind it goes on, and hears it again afterwards."""
    before = signal.getsignal(signal.SIGINT)
    words = script(tmp_path, 'os.kill(os.getppid(), signal.SIGINT); path.write_text("on")')
    assert (edit(BEFORE, words).text, signal.getsignal(signal.SIGINT)) == ("on", before)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"EDITOR": "nano"}, ["nano"]),
        ({"EDITOR": "nano", "VISUAL": "code --wait"}, ["code", "--wait"]),
    ],
)
def test_which_editor_it_is(environment, words):
    """VISUAL comes before EDITOR, and both may have options."""
    assert command(environment) == words


@pytest.mark.parametrize("environment", [{}, {"EDITOR": " "}, {"EDITOR": "'"}])
def test_without_an_editor_it_says_how_to_name_one(environment):
    """In words."""
    with pytest.raises(NoEditorError, match="EDITOR"):
        command(environment)
