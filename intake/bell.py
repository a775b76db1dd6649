"""A bell that wakes a worker out of whatever it waits for: the network included."""

from __future__ import annotations

import contextlib
import select
import socket


class Bell:
    """Rung from any thread or signal handler; waited for together with a socket."""

    def __init__(self) -> None:
        """Hang the bell, silent."""
        # A pair of sockets: `select` waits for it and for the server at once.
        self._ear, self._hand = socket.socketpair()
        for end in (self._ear, self._hand):
            end.settimeout(0)

    def ring(self) -> None:
        """Wake whoever waits, or the next who will."""
        # Full: it has been rung often enough. Closed: nobody waits any more.
        with contextlib.suppress(OSError):
            self._hand.send(b"!")

    def fileno(self) -> int:
        """Return what to give to ``select``."""
        return self._ear.fileno()

    def hush(self) -> bool:
        """Silence the bell; say whether it had been rung."""
        try:
            return bool(self._ear.recv(4096))
        except OSError:
            return False

    def wait(self, seconds: float) -> bool:
        """Wait until the bell is rung, at most ``seconds``; say whether it was."""
        select.select([self._ear], [], [], max(0.0, seconds))
        return self.hush()

    def close(self) -> None:
        """Take the bell down."""
        self._ear.close()
        self._hand.close()
