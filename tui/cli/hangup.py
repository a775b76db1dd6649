"""A terminal that is closed takes the board on it along.

The system tells the first process of a terminal only. That may be ``make``, which then waits for
the board, which would wait for ever to draw on a terminal that is gone.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from threading import Thread

#: As a shell counts a process that ended by this signal.
_STATUS = 128 + signal.SIGHUP


def watch() -> None:
    """End the process, as that signal does, when the terminal of its input is closed."""
    Thread(target=_wait, args=(sys.stdin.fileno(),), name="terminal", daemon=True).start()


def _wait(terminal: int) -> None:
    poll = select.poll()
    poll.register(terminal, 0)  # no input is asked for: what is told is that it has hung up
    poll.poll()
    os.kill(os.getpid(), signal.SIGHUP)
    os._exit(_STATUS)  # where the signal is ignored, as under nohup
