"""Fetched messages with what is understood of them; where there are many, read in parallel."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

from intake.imap.fetched import Fetched
from intake.reader_process import ReaderProcess, ReaderProcessError
from intake.understanding import Understood, understand
from store.errors import MailError
from store.rulebook import Rulebook

_log = logging.getLogger(__name__)

#: From so many messages on a process of its own is worth its start.
MANY = 600
#: Batches that are read while others are fetched and committed.
_AHEAD = 2

Read = tuple[Sequence[Fetched], Sequence[Understood]]


def read_ahead(
    batches: Iterable[Sequence[Fetched]], messages: int, rules: Rulebook, mailbox: str
) -> Generator[Read]:
    """Yield each of ``batches`` with what is understood of its messages, in order.

    ``messages`` is how many there are about to be. Where fetching raises MailError, what was
    fetched before comes first.
    """
    if messages < MANY:
        for batch in batches:
            yield batch, _understood(batch, rules, mailbox)
        return
    with (
        closing(_Beside(rules, mailbox)) as beside,
        ThreadPoolExecutor(1, f"read-{mailbox}") as exchange,
    ):
        waiting: deque[tuple[Sequence[Fetched], Future[list[Understood]]]] = deque()
        broke: MailError | None = None
        try:
            for batch in batches:
                if not waiting and not beside.is_ready():
                    yield batch, _understood(batch, rules, mailbox)
                    continue
                waiting.append((batch, exchange.submit(beside.understand, batch)))
                if len(waiting) > _AHEAD:
                    yield _next(waiting)
        except MailError as error:
            broke = error
        while waiting:
            yield _next(waiting)
        if broke is not None:
            raise broke


def _next(waiting: deque[tuple[Sequence[Fetched], Future[list[Understood]]]]) -> Read:
    batch, understood = waiting.popleft()
    return batch, understood.result()


def _understood(batch: Sequence[Fetched], rules: Rulebook, mailbox: str) -> list[Understood]:
    return [understand(each.raw, rules, mailbox) for each in batch]


class _Beside:
    """Reads in a process of its own, or in this one should that end."""

    def __init__(self, rules: Rulebook, mailbox: str) -> None:
        self._rules = rules
        self._mailbox = mailbox
        self._process: ReaderProcess | None = ReaderProcess(rules, mailbox)

    def is_ready(self) -> bool:
        """Say whether the process has started up, or has ended again."""
        return self._process is None or self._process.is_ready()

    def understand(self, batch: Sequence[Fetched]) -> list[Understood]:
        """Return what is understood of each message."""
        if self._process is not None:
            try:
                return self._process.understand([each.raw for each in batch])
            except ReaderProcessError as error:
                _log.warning("%s: %s; it is done without", self._mailbox, error)
                self.close()
        return _understood(batch, self._rules, self._mailbox)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()
            self._process = None
