"""How a mailbox stands, written to the store so that every board sees it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Lock
from typing import Protocol

from intake.login.ahead import warnings
from store import commands
from store.desk import Desk
from store.errors import StoreError
from store.mail_records import Taken
from store.policy.login import ServerLogin

_log = logging.getLogger(__name__)


class Progress(Protocol):
    """Somebody who wants to see how things go on. Called from the workers' threads."""

    def missing(self, mailbox: str, messages: int) -> None:
        """``messages`` were found that are not in the ledger."""

    def taken(self, mailbox: str, taken: Sequence[Taken], seconds: float) -> None:
        """A batch of those is in the store now; its commit took ``seconds``."""

    def failed(self, mailbox: str) -> None:
        """``mailbox`` could not be read."""


class Unwatched:
    """Nobody looks."""

    def missing(self, mailbox: str, messages: int) -> None:
        """Do nothing."""

    def taken(self, mailbox: str, taken: Sequence[Taken], seconds: float) -> None:
        """Do nothing."""

    def failed(self, mailbox: str) -> None:
        """Do nothing."""


class Standing:
    """What is known of one mailbox; it outlives connections."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        progress: Progress,
        logins: Sequence[tuple[str, ServerLogin]] = (),
    ) -> None:
        """Report on the mailbox ``name``, and warn before one of ``logins`` ends."""
        self._logins = logins
        self._desk = desk
        self._name = name
        self._progress = progress
        self._lock = Lock()
        self._listening = False
        self._messages = 0
        self.uidvalidity = 0
        """0 until the folder was first opened."""
        self.whole = (0, datetime.min.replace(tzinfo=UTC))
        """When all of a folder, by its UIDVALIDITY, was last known to be in the store."""
        self.obstacle = ""
        """Why mail is taken in but not marked or moved; "" if all is well."""

    def seen(self, uidvalidity: int, messages: int) -> None:
        """Write down that the server answered, and how many messages it has.

        Raises:
            StoreError: it cannot be written: the store is the trouble.
        """
        with self._lock:
            self.uidvalidity, self._messages = uidvalidity, messages
        self._write()

    def well(self) -> None:
        """Write down that the server answered; raises as ``seen``."""
        self._write()

    def more(self, messages: int) -> None:
        """Count messages that arrived since."""
        with self._lock:
            self._messages += messages

    def missing(self, messages: int) -> None:
        """Note how many messages are to be taken in."""
        self._progress.missing(self._name, messages)

    def taken(self, taken: Sequence[Taken], seconds: float) -> None:
        """Note what became of a batch, and how long its commit took."""
        self._progress.taken(self._name, taken, seconds)

    def listen(self, *, listening: bool) -> None:
        """Note whether the worker waits for the server on a connection that is alive."""
        with self._lock:
            self._listening = listening

    def still_there(self) -> None:
        """Write down that the connection is alive, if it is; raises as ``seen``.

        Called from time to time while the worker listens. The system itself watches the
        connection (keep-alive), and the worker renews IDLE: a dead one is soon none.
        """
        with self._lock:
            listening = self._listening
        if listening:
            self._write()

    def failed(self, error: str) -> None:
        """Write down why the mailbox cannot be read."""
        self._progress.failed(self._name)
        try:
            commands.mailbox_failed(self._desk, self._name, error)
        except StoreError as trouble:
            self._not_written(trouble)

    def closed(self) -> None:
        """Write down that nobody reads the mailbox any more."""
        try:
            commands.mailbox_closed(self._desk, self._name)
        except StoreError as trouble:
            self._not_written(trouble)

    def _not_written(self, trouble: StoreError) -> None:
        extra = {"mailbox": self._name, "error": trouble}
        _log.warning("how the mailbox stands could not be written down", extra=extra)

    def _write(self) -> None:
        with self._lock:
            uidvalidity, messages, obstacle = self.uidvalidity, self._messages, self.obstacle
        notes = [*filter(None, [obstacle]), *warnings(self._logins, self._desk.clock.now())]
        said = " · ".join(notes)
        commands.mailbox_seen(self._desk, self._name, uidvalidity, messages, said)


def summary(taken: Sequence[Taken]) -> dict[str, int]:
    """Return what became of messages: {"mails": 3, "opened": 2, "followed_up": 1}."""
    counts = Counter(each.outcome.value for each in taken)
    return {"mails": len(taken), **dict(counts.most_common())}
