"""The server's last word about a mail: usually at once, and sometimes after minutes.

RFC 5321 section 4.5.3.2.6 gives a server ten minutes to think about a whole mail, and whoever
hangs up sooner gets mail sent twice. So it is waited for that long, but not by everybody: after
a few seconds the connection is left to a thread that waits alone, and the other mail goes out
over a new one.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import smtplib
import time
from collections.abc import Callable
from threading import Lock, Thread

from intake.mishap import mishap
from intake.outgoing.handing_over import Begun, Handed, finish
from store.errors import DeskwatchError

_log = logging.getLogger(__name__)

#: Seconds that other mail waits along.
_TOGETHER_S = 15.0
#: Servers allow only so many connections: with these waiting, the next mail waits along.
_MOST = 4


class LastWords:
    """The last words that are waited for."""

    def __init__(self) -> None:
        """Wait for none yet."""
        self._lock = Lock()
        self._waits: list[_Wait] = []

    def hear(
        self, client: smtplib.SMTP, begun: Begun, account: Callable[[Handed], None]
    ) -> Handed | None:
        """Complete a mail; return what became of it, or None if that is still waited for.

        ``client`` has no connection then, and ``account`` is called when it is known.
        """
        wait = _Wait(client, begun, account)
        with self._lock:
            self._waits = [each for each in self._waits if each.thread.is_alive()]
            alone = len(self._waits) < _MOST
            self._waits.append(wait)
        wait.thread.start()
        wait.thread.join(_TOGETHER_S if alone else None)
        if wait.leave_alone():
            client.sock = client.file = None
            return None
        return wait.handed

    def join(self, seconds: float | None = None) -> None:
        """Wait until all are heard, or for so long."""
        until = None if seconds is None else time.monotonic() + seconds
        for each in self._all():
            each.thread.join(None if until is None else max(until - time.monotonic(), 0.0))

    def cut(self) -> None:
        """Wait for none any more: cut the lines. What has not been heard is in doubt."""
        for each in self._all():
            each.cut()

    def _all(self) -> list[_Wait]:
        with self._lock:
            return [*self._waits]


class _Wait:
    """One mail whose last dot is sent, and the connection it went over."""

    def __init__(
        self, client: smtplib.SMTP, begun: Begun, account: Callable[[Handed], None]
    ) -> None:
        # The connection is the thread's; the sender may take its own hands off it.
        self._client = copy.copy(client)
        self._begun = begun
        self._account = account
        self._lock = Lock()
        self._alone = False
        self.handed: Handed | None = None
        # A daemon: a server that hangs does not keep a stopped poller alive.
        self.thread = Thread(target=self._wait, name="outgoing-last-word", daemon=True)

    def leave_alone(self) -> bool:
        """Let the thread go on alone; False if it has nothing to wait for any more."""
        with self._lock:
            self._alone = self.handed is None
            return self._alone

    def cut(self) -> None:
        """Cut the line."""
        sock = self._client.sock
        if self.thread.is_alive() and sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(2)

    def _wait(self) -> None:
        handed = self._heard()
        with self._lock:
            self.handed = handed
            if not self._alone:
                return
        self._client.close()
        try:
            self._account(handed)
        except DeskwatchError as error:
            _log.warning("what became of a mail is not written down: %s", error)
        except Exception as error:  # noqa: BLE001 - a thread ends without a traceback
            _log.error("what became of a mail is not written down (%s)", mishap(error))

    def _heard(self) -> Handed:
        try:
            return finish(self._client, self._begun)
        except Exception as error:  # noqa: BLE001 - whatever it was, the dot may have gone out
            self._client.close()
            return Handed(doubt=f"an error nobody has foreseen ({mishap(error)})", alive=False)
