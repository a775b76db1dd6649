"""The board as a process of its own on a pseudo-terminal: the bytes it really sends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress

#: Starts the command line with the arguments that follow.
_START = "import sys; from tui.cli.main import main; sys.exit(main(sys.argv[1:]))"
_PATIENCE_S = 20.0


class Terminal:
    """A ``deskwatch`` on a terminal of ``size``; everything it has sent is in ``sent``."""

    def __init__(self, *words: str, size: tuple[int, int] = (120, 36), **environ: str) -> None:
        self.sent = b""
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            rich = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            kept = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
            os.execve(sys.executable, [sys.executable, "-c", _START, *words], kept | rich | environ)
        cells = struct.pack("HHHH", size[1], size[0], 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, cells)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def until(self, words: bytes) -> None:
        """Read until these bytes have come."""
        deadline = time.monotonic() + _PATIENCE_S
        start = len(self.sent)
        while words not in self.sent[max(start - len(words), 0) :]:
            if time.monotonic() > deadline or not self._read(0.1):
                raise AssertionError(f"{words!r} never came; the last was {self.sent[-2000:]!r}")

    def rest(self) -> int:
        """Read until it has ended; return its exit status."""
        deadline = time.monotonic() + _PATIENCE_S
        while self._read(0.1):
            if time.monotonic() > deadline:
                os.kill(self._pid, signal.SIGKILL)
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def leave(self) -> int:
        """Close whatever is open, and the board; return its exit status."""
        deadline = time.monotonic() + _PATIENCE_S
        while self._read(0.2) and time.monotonic() < deadline:
            with suppress(OSError):
                self.press("\x1b")
                self._read(0.2)
                self.press("q")
        return self.rest()

    def _read(self, patience: float) -> bool:
        """Read what there is; False at the end."""
        if not select.select([self._fd], [], [], patience)[0]:
            return True
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.sent += data
        return bool(data)
