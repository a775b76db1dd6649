"""After a start mail is read before anybody is called: the answer to a call may lie in it."""

from __future__ import annotations

from collections.abc import Callable

#: Seconds after the start: by then people are called, whatever mailbox still hangs.
AT_MOST_S = 60.0


class FirstMail:
    """Says whether mail has to be waited for that came while no poller ran."""

    def __init__(self, is_read: Callable[[], bool], began: float) -> None:
        """Wait for ``is_read``, from ``began`` on, in seconds of a clock that only goes on."""
        self._is_read = is_read
        self._began = began

    def awaited(self, now: float) -> bool:
        """Say whether calls wait still at ``now``."""
        return now - self._began < AT_MOST_S and not self._is_read()
