"""Batches of fetched messages, understood; where there are many, two processors read them."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime

from intake.imap.fetched import Fetched
from intake.reader_process import ReaderProcess, ReaderProcessError
from intake.understanding import Understanding
from store.clock import Clock
from store.errors import MailError
from store.rules.prepared import Prepared

_log = logging.getLogger(__name__)

#: From so many messages on a process of its own is worth its start.
MANY = 600
#: Batches that the process is given at a time: one to read, and the next.
_GIVEN = 4
#: Batches that wait for one before them, so that all come in order.
_WAITING = 4


def read_ahead(
    batches: Iterable[Sequence[Fetched]], messages: int, understanding: Understanding, clock: Clock
) -> Generator[list[Prepared]]:
    """Yield what the store takes in of each of ``batches``, in order.

    ``messages`` is how many there are about to be. Where fetching raises MailError, what was
    fetched before comes first.
    """
    if messages < MANY:
        for batch in batches:
            yield understanding.of(batch, clock.now())
        return
    with closing(_Readers(understanding)) as readers:
        broke: MailError | None = None
        try:
            for batch in batches:
                readers.read(batch, clock.now())
                yield from readers.done(at_most=_WAITING)
        except MailError as error:
            broke = error
        yield from readers.done(at_most=0)
        if broke is not None:
            raise broke


class _Readers:
    """A process that reads, and this one, which lends a hand when that has enough to do."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._process: ReaderProcess | None = None
        self._closed = False
        try:
            self._process = ReaderProcess(understanding)
        except ReaderProcessError as error:
            self._warn(error)
        # While what became of one batch is taken, the next is given.
        self._giving = ThreadPoolExecutor(1, f"give-{understanding.mailbox}")
        self._taking = ThreadPoolExecutor(1, f"take-{understanding.mailbox}")
        self._waiting: deque[Future[list[Prepared]]] = deque()

    def read(self, batch: Sequence[Fetched], now: datetime) -> None:
        """Have a batch read: by the process if it has less than enough to do, else here."""
        busy = sum(not future.done() for future in self._waiting)
        if busy < _GIVEN and (busy or self._process is None or self._process.is_ready()):
            given = self._giving.submit(self._give, batch, now)
            self._waiting.append(self._taking.submit(self._take, given, batch, now))
        else:
            here: Future[list[Prepared]] = Future()
            here.set_result(self._understanding.of(batch, now))
            self._waiting.append(here)

    def done(self, at_most: int) -> Generator[list[Prepared]]:
        """Yield what is read, in order; wait until ``at_most`` batches are left."""
        while self._waiting and (len(self._waiting) > at_most or self._waiting[0].done()):
            yield self._waiting.popleft().result()

    def close(self) -> None:
        """End the process."""
        self._closed = True
        for each in (self._giving, self._taking):
            each.shutdown(wait=False, cancel_futures=True)
        self._end()
        for each in (self._giving, self._taking):
            each.shutdown()

    def _give(self, batch: Sequence[Fetched], now: datetime) -> None:
        process = self._process
        if process is None:
            raise ReaderProcessError("the reading process has ended")
        process.give(batch, now)

    def _take(self, given: Future[None], batch: Sequence[Fetched], now: datetime) -> list[Prepared]:
        """Return what became of a batch; read here if the process did not."""
        process = self._process
        try:
            given.result()
            if process is not None:
                return process.take()
        except ReaderProcessError as error:
            if self._closed:
                raise  # nobody wants the rest
            if process is not None:
                self._warn(error)
                self._end()
        return self._understanding.of(batch, now)

    def _warn(self, error: ReaderProcessError) -> None:
        extra = {"mailbox": self._understanding.mailbox, "error": error}
        _log.warning("reading goes on without a process beside", extra=extra)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()
