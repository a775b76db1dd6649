"""The command on a real terminal: it opens, leaves, explains itself, and is not driven by mail."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

import pytest

from store.policy.apply import apply_file
from tests.tui.board.on_a_terminal import Terminal
from tests.tui.screens.hostile import HOSTILE

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
#: The escape sequences that Textual itself uses; OSC, DCS and the like are not among them.
_OWN = re.compile(
    rb"\x1b\[[0-9;:?<>=!]*[ -/]*[@-~]"  # CSI: colours, places, modes
    rb"|\x1b[78=>c]"  # saved cursor, key pad, reset
    rb"|\x1b\]22;[a-z-]+\x07"  # the shape of the mouse pointer
)


@pytest.fixture
def desk_as_me(school, tmp_path):
    """The arguments of a board on the school's desk for somebody the policy names."""
    config = tmp_path / "config.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("allow_as = false", "allow_as = true")
    config.write_text(text, encoding="utf-8")
    apply_file(config, school.url)
    return ("--database", school.url, "board", "--as", "ana")


def test_it_opens_and_q_leaves(desk_as_me):
    """The terminal is given back as it was, with status 0."""
    terminal = Terminal(*desk_as_me)
    terminal.until(b"Projector dead")
    terminal.press("q")
    assert terminal.rest() == 0
    assert b"\x1b[?1049l" in terminal.sent


def test_standard_error_that_goes_elsewhere_is_said_instead_of_drawing_there(desk_as_me):
    """An empty screen over a board that works unseen helps nobody."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "tui.cli.main", *desk_as_me]
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=subprocess.PIPE) as run:
        os.close(follower)
        said = os.read(leader, 1000)
        assert (run.wait(20), run.stderr.read()) == (1, b"")
    os.close(leader)
    assert said.strip() == (
        b"deskwatch: the board is drawn on standard error; start it without '2>'"
    )


def test_a_terminal_that_is_closed_takes_the_board_along(desk_as_me):
    """Also where the process that is told of it (``make demo``) waits for the board."""
    pid, terminal = pty.fork()
    if pid == 0:
        waits = ["sh", "-c", 'trap : HUP; "$@"; exit 7', "sh"]
        board = [sys.executable, "-m", "tui.cli.main", *desk_as_me]
        os.execvpe("sh", [*waits, *board], os.environ | {"TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    seen = b""
    while b"Projector dead" not in seen:
        seen += os.read(terminal, 1 << 16)
    os.close(terminal)
    impatience = threading.Timer(20, os.killpg, (pid, signal.SIGKILL))
    impatience.start()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
    impatience.cancel()


def test_hostile_mail_drives_nothing_on_the_way_to_the_terminal(school, desk_as_me):
    """Subjects and names in the list, a search, a toast, a request, a dialog, help, palette."""
    for text in HOSTILE:
        school.ask(text, minutes=200, who=(text, "evil@evil.example"))
    terminal = Terminal(*desk_as_me)
    terminal.until(b"broken")
    for keys in ("G", "c", "y", "\r", "x", "\x07", "q", "?", "\x07", ":", "\x1b", "/red\r", "\x07"):
        terminal.press(keys)
        time.sleep(0.25)
    assert terminal.leave() == 0
    rest = _OWN.sub(b"", terminal.sent)
    copied = rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # the y of the person who sits there
    rest = re.sub(copied, b"", rest, count=1)
    assert re.findall(rb"\x1b.{0,20}", rest) == []
    text = rest.decode()
    assert [hex(ord(each)) for each in text if "\x80" <= each <= "\x9f"] == []
    assert {"\u202e", "\u2066", "\u200b", "\x08", "\x00"} & set(text) == set()


def test_no_color_means_no_colour(desk_as_me):
    """Not one sequence that sets a colour; bold, dim and reverse remain."""
    terminal = Terminal(*desk_as_me, NO_COLOR="1")
    terminal.until(b"Projector dead")
    terminal.press("q")
    terminal.rest()
    colours = {
        code
        for sequence in re.findall(rb"\x1b\[([0-9;]*)m", terminal.sent)
        for code in _codes(sequence)
        if 30 <= code <= 38 or 40 <= code <= 48 or 90 <= code <= 107
    }
    assert colours == set()


def _codes(sequence: bytes) -> list[int]:
    return [int(code) for code in sequence.split(b";") if code]


def test_without_a_terminal_it_says_what_to_use_instead(school):
    """A pipe is no place for a board."""
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli.main", "--database", school.url, "board"],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        cwd=EXAMPLE.parent,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "deskwatch: a board needs a terminal; 'deskwatch requests' prints a list\n",
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--database", "sqlite:///{tmp}/none.db", "board"), b"run: deskwatch db upgrade"),
        (("--config", "{tmp}/none.toml", "board"), b"none.toml"),
        (("--database", "mysql://x", "board"), b"is not a database address"),
    ],
)
def test_a_board_that_cannot_be_opened_says_why_in_one_line(tmp_path, words, line):
    """And what to do, with status 1."""
    terminal = Terminal(*(word.format(tmp=tmp_path) for word in words))
    status = terminal.rest()
    said = terminal.sent.rpartition(b"\x1b[?1049l")[2]
    assert (status, line in said, b"Traceback" in terminal.sent) == (1, True, False)


def test_without_a_policy_it_says_how_to_apply_one(sqlite_files, tmp_path):
    """The database is there, but nothing was agreed on yet."""
    terminal = Terminal("--database", sqlite_files.new(tmp_path), "board")
    status = terminal.rest()
    assert (status, b"run: deskwatch policy apply config.toml" in terminal.sent) == (1, True)
