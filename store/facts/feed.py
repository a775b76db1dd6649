"""The feed of changes: waiting until something may have happened in the store."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from typing import Any

from store.errors import StoreError, StoreUnreachable
from store.facts import same_file
from store.facts.engine import CHANNEL, Store
from store.facts.trouble import name_of, plain_words

#: How often SQLite is asked: one pragma on an open file, some microseconds.
_LOOK_EVERY_S = 0.2


class Feed:
    """Tells one thread when the store may have changed.

    Holds a connection of its own, made at the first wait and made anew after an error; the
    wait that makes it says that something may have changed, so nothing is missed before or
    between connections.
    """

    def __init__(self, store: Store) -> None:
        """Watch ``store``."""
        self._store = store
        self._watch: _SqliteWatch | _PostgresWatch | None = None
        self._closing = threading.Event()
        self._waiting = threading.Lock()
        # A byte here wakes a thread that waits for PostgreSQL.
        self._bell, self._ears = socket.socketpair()

    def wait(self, timeout_s: float) -> bool:
        """Block until something may have changed, at most ``timeout_s``; say whether it has.

        For one thread. Returns False at once when the feed is closed.

        Raises:
            StoreUnreachable: the database does not answer.
        """
        with self._waiting:
            if self._closing.is_set():
                return False
            try:
                if self._watch is None:
                    self._watch = self._connect()
                    return True
                return self._watch.wait(timeout_s)
            except StoreError:
                self._drop()
                raise
            except Exception as error:
                self._drop()
                reason = next(iter(str(error).splitlines()), type(error).__name__)
                name = name_of(self._store.url)
                raise StoreUnreachable(f"{name} has dropped the connection: {reason}") from error

    def close(self) -> None:
        """End the feed, and the wait of another thread; once is enough."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._bell.send(b"!")
        with self._waiting:
            self._drop()
            self._bell.close()
            self._ears.close()

    def _connect(self) -> _SqliteWatch | _PostgresWatch:
        with plain_words(self._store.url):
            pooled = self._store.engine.raw_connection()
            connection: Any = pooled.driver_connection
            pooled.detach()
        try:
            if self._store.dialect == "sqlite":
                return _SqliteWatch(connection, str(self._store.url.database), self._closing)
            return _PostgresWatch(connection, self._ears)
        except BaseException:
            connection.close()
            raise

    def _drop(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None


class _SqliteWatch:
    """Looks at ``PRAGMA data_version``, which changes when any other connection commits."""

    def __init__(self, connection: Any, file: str, closing: threading.Event) -> None:
        self._connection = connection
        self._file = file
        self._identity = same_file.must_be_there(file)
        self._closing = closing
        self._version = self._look()

    def wait(self, timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        while True:
            version = self._look()
            if version != self._version:
                self._version = version
                return True
            left = deadline - time.monotonic()
            if left <= 0 or self._closing.wait(min(left, _LOOK_EVERY_S)):
                return False

    def close(self) -> None:
        self._connection.close()

    def _look(self) -> int:
        if same_file.must_be_there(self._file) != self._identity:
            raise StoreUnreachable(f"the database {self._file} is another file now")
        row: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
        return row[0]


class _PostgresWatch:
    """Listens on the channel where every writer announces its commit."""

    def __init__(self, connection: Any, ears: socket.socket) -> None:
        self._connection = connection
        self._ears = ears
        connection.autocommit = True
        connection.execute(f"LISTEN {CHANNEL}")
        self._ready = selectors.DefaultSelector()
        self._ready.register(connection.fileno(), selectors.EVENT_READ)
        self._ready.register(ears, selectors.EVENT_READ)

    def wait(self, timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        while ready := self._ready.select(max(deadline - time.monotonic(), 0)):
            if any(key.fileobj is self._ears for key, _ in ready):
                return False
            if list(self._connection.notifies(timeout=0)):
                return True
        return False

    def close(self) -> None:
        self._ready.close()
        self._connection.close()
