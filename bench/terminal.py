"""A program on a pseudo-terminal, timed: when something shows, and how soon a key is answered.

Every chunk of output is stamped with the time when it is read and only later given to the
terminal emulator, so that the emulator's own time is in no figure.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence

import psutil
import pyte

#: Sequences that the emulator does not know and would print.
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP[^\x1b]*\x1b\\|\x1b\[[0-9;]*[' ]?[tq]"
    rb"|\x1b\]22;[a-z-]+\x07"
)
#: What a terminal answers to questions that programs wait for.
_ANSWERS = {
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
}
_CHUNK = 1 << 16
_FAREWELL_S = 5.0


class Terminal:
    """A running program and its screen."""

    def __init__(self, words: Sequence[str], columns: int, lines: int) -> None:
        """Start ``words`` now: ``began`` is when."""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        environ = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
        environ.pop("NO_COLOR", None)
        self.began = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(words[0], list(words), environ)
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)
        self._process = psutil.Process(self._pid)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self._screen.display)

    def until(self, shows: Callable[[str], object], patience: float) -> float:
        """Return after how many seconds since the start the screen showed something."""
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline:
            chunk = self._read(0.05)
            if chunk is None:
                continue
            at, data = chunk
            self._feed(data)
            if shows(self.text):
                return at - self.began
        raise TimeoutError(f"never shown; the screen is\n{self.text}")

    def quiet(self, seconds: float, patience: float) -> None:
        """Read until nothing has come for so long, or patience ends."""
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline:
            chunk = self._read(seconds)
            if chunk is None:
                return
            self._feed(chunk[1])

    def press(self, key: str, silence: float = 0.05, patience: float = 1.0) -> float | None:
        """Press a key; return after how many seconds the screen differed, None if it never did."""
        before = self._picture()
        pressed = time.perf_counter()
        os.write(self._fd, key.encode())
        differed = None
        chunk = self._read(patience)
        while chunk is not None:
            at, data = chunk
            self._feed(data)
            if differed is None and self._picture() != before:
                differed = at - pressed
            chunk = self._read(silence)
        return differed

    def idle(self, seconds: float) -> tuple[float, float]:
        """Do nothing; return the part of a core it takes meanwhile, and its memory in MiB."""
        before, start = sum(self._process.cpu_times()[:2]), time.perf_counter()
        while time.perf_counter() - start < seconds:
            if (chunk := self._read(0.2)) is not None:
                self._feed(chunk[1])
        spent = sum(self._process.cpu_times()[:2]) - before
        return spent / (time.perf_counter() - start), self._process.memory_info().rss / 2**20

    def leave(self, key: str) -> None:
        """Press a key that ends the program; end it otherwise if it does not."""
        os.write(self._fd, key.encode())
        deadline = time.perf_counter() + _FAREWELL_S
        while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
            self._read(0.02)
            if time.perf_counter() > deadline:
                os.kill(self._pid, signal.SIGKILL)
        os.close(self._fd)

    def _read(self, patience: float) -> tuple[float, bytes] | None:
        if not select.select([self._fd], [], [], patience)[0]:
            return None
        try:
            data = os.read(self._fd, _CHUNK)
        except OSError:
            return None
        at = time.perf_counter()
        for question, answer in _ANSWERS.items():
            if question in data:
                os.write(self._fd, answer)
        return at, data

    def _feed(self, data: bytes) -> None:
        self._stream.feed(_UNKNOWN.sub(b"", data))

    def _picture(self) -> list[list[pyte.screens.Char]]:
        screen = self._screen
        return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
