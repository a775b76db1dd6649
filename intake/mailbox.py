"""The worker of one mailbox: visits it again and again, whatever happens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event

from intake.backoff import Backoff
from intake.bell import Bell
from intake.imap.connect import Connection, connect
from intake.imap.suspects import Suspects
from intake.imap.trouble import place
from intake.mishap import mishap
from intake.standing import Progress, Standing, Unwatched
from intake.touch import Touch
from intake.visit import Visit, always
from store.desk import Desk
from store.errors import DeskwatchError, MailRefused, MailUnreachable
from store.policy.login import ServerLogin
from store.policy.mailboxes import MailboxConfig

_log = logging.getLogger(__name__)

#: Connections in a row that one look may use up to find the messages that break them: eight
#: to narrow a batch down to one message, and its chances, for a few such messages.
_CONNECTIONS = 40
#: Seconds to wait at least after a refusal: servers lock accounts that try too often.
_AFTER_REFUSAL = 15.0
#: Seconds between two glances at whether a mailbox may be read yet.
_NOT_READY = 1.0


class MailboxWorker:
    """Takes in the mail of one mailbox; used by one thread, told to stop or look by any."""

    def __init__(
        self,
        config: MailboxConfig,
        desk: Desk,
        progress: Progress | None = None,
        logins: Sequence[tuple[str, ServerLogin]] = (),
        ready: Callable[[], bool] = always,
    ) -> None:
        """Work on the mailbox of ``config`` for ``desk``; ``logins`` are watched beside its own.

        Nothing is taken in while it is not ``ready``.
        """
        self.name = config.name
        watched = [(place(config), config), *logins]
        self.standing = Standing(desk, config.name, progress or Unwatched(), watched)
        self._config = config
        self._ready = ready
        self._looked = False
        self._desk = desk
        self._suspects = Suspects()
        self._touch = Touch(config)
        self._backoff = Backoff(first=1.0, most=120.0)
        self._bell = Bell()
        self._stop = Event()
        self._connection: Connection | None = None
        self._at: Visit | None = None
        self.was_tried = False
        """Whether ``run`` has looked through it for the first time, or knows that it cannot."""

    def once(self) -> None:
        """Take in everything the mailbox has now, or as much as there is until stopped.

        It is ready: whoever calls sees to that.

        Raises:
            MailError: the server, at once; StoreError: the database.
        """
        self._ready = always
        try:
            for _ in range(_CONNECTIONS):
                if self._stop.is_set() or self._looked_once():
                    return
            raise MailUnreachable(
                f"{place(self._config)}: the connection breaks again and again while mails are "
                "fetched; what could be had is taken in"
            )
        except DeskwatchError as error:
            if self._stop.is_set():
                return  # it was cut, which is no error
            self.standing.failed(str(error))
            raise

    def run(self) -> None:
        """Take in mail as it comes, until stopped. Raises nothing."""
        while not self._stop.is_set():
            if not self._ready():
                self._sleep(_NOT_READY)
                continue
            pause = 0.0
            try:
                with self._visit() as visit:
                    visit.look()
                    self._looked = True
                    self.was_tried = True
                    self._backoff.reset()
                    visit.listen(self._bell)
            except DeskwatchError as error:
                pause = self._pause(error)
                self._failed(str(error), pause, logging.WARNING)
            except Exception as error:  # noqa: BLE001 - a worker never dies
                pause = self._backoff.next(_AFTER_REFUSAL)
                # Without the error's own text, which may hold a mail's.
                text = f"{place(self._config)}: an error nobody has foreseen ({mishap(error)})"
                self._failed(text, pause, logging.ERROR)
            self._sleep(pause)
        self.standing.closed()

    def look(self) -> None:
        """Have the mailbox looked through, if somebody listens there now; from any thread."""
        self._bell.ring()

    def stop(self) -> None:
        """End the work soon: after the batch in hand. From any thread."""
        self._stop.set()
        self._bell.ring()

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to end."""
        return self._stop.is_set()

    @property
    def is_connected(self) -> bool:
        """Whether a connection is there that ends in good order if it is given the time."""
        return self._connection is not None

    @property
    def is_up_to_date(self) -> bool:
        """Whether everything was looked through on a connection that is still there."""
        return self._looked

    @property
    def has_in_hand(self) -> bool:
        """Whether a batch is being committed, or marked and moved, at this moment."""
        at = self._at
        return at is not None and at.in_hand

    def cut(self) -> None:
        """End a wait for a server that does not answer. From any thread, after ``stop``."""
        connection = self._connection
        if connection is not None:
            connection.cut()

    def close(self) -> None:
        """Take the bell down, when the thread has ended."""
        self._bell.close()

    @contextmanager
    def _visit(self) -> Iterator[Visit]:
        self._connection = connection = connect(self._config)
        server = f"{self._config.host}:{self._config.port}"
        _log.info("connected", extra={"mailbox": self.name, "server": server})
        try:
            self._at = Visit(
                connection,
                self._desk,
                suspects=self._suspects,
                touch=self._touch,
                standing=self.standing,
                stop=self._stop,
                ready=self._ready,
            )
            yield self._at
        finally:
            self._looked = False
            self._connection = self._at = None
            connection.close()

    def _looked_once(self) -> bool:
        """Look through the mailbox; say whether that is all that can be done."""
        try:
            with self._visit() as visit:
                visit.look()
        except MailUnreachable:
            if not self._suspects.broke():
                raise
            return False
        return not self._suspects.anybody() or self._stop.is_set()

    def _failed(self, error: str, pause: float, level: int) -> None:
        """Tell of an error; not of one that came of being told to stop."""
        if self._stop.is_set():
            return
        said = error.removeprefix(f"{place(self._config)}: ")
        extra = {"mailbox": self.name, "error": said, "next_try_s": round(pause)}
        _log.log(level, "the mailbox cannot be read", extra=extra)
        self.standing.failed(error)
        self.was_tried = True

    def _pause(self, error: DeskwatchError) -> float:
        """Return how long to wait after ``error``."""
        if isinstance(error, MailUnreachable) and self._suspects.broke():
            # The connection broke on a message, and the next try asks for fewer.
            self._backoff.reset()
        return self._backoff.next(_AFTER_REFUSAL if isinstance(error, MailRefused) else 0.0)

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._stop.is_set() and (left := until - time.monotonic()) > 0:
            self._bell.wait(left)
