"""A process that only reads mail: ``python -m intake.reader_process``.

Fetching and committing keep one processor busy; with much mail to take in, reading it goes on
beside them on another. Batches come in as pickles on standard input, and what is understood of
them goes out on standard output. While one batch is read, the next comes in and the one before
goes out: neither pipe holds a whole batch, and the poller has other things to do than to wait at
them. The process ends when its input does, so that it never outlives the poller, however that
ends.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import IO

from intake.handed_over import hand_over
from intake.heaps import share_heaps
from intake.imap.fetched import Fetched
from intake.understanding import Understanding
from store.rules.prepared import Prepared

#: Objects until the collector looks for garbage, of which reading makes none to speak of.
_COLLECTED = (20_000, 20, 50)
#: What the process says when it has started.
_GREETING = b"!"


class ReaderProcessError(Exception):
    """The process has ended, or does not answer as it should."""


class ReaderProcess:
    """The poller's end of it. One thread gives batches, one takes what became of them, in order."""

    def __init__(self, understanding: Understanding) -> None:
        """Start the process.

        Raises:
            ReaderProcessError: it cannot be started, or ends at once.
        """
        try:
            # A session of its own: Ctrl-C in a terminal is for the poller alone.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "intake.reader_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise ReaderProcessError("the reading process cannot be started") from error
        self._is_ready = False
        try:
            self._send(understanding)
        except ReaderProcessError:
            self.close()
            raise

    def is_ready(self) -> bool:
        """Say whether it has started up, which takes a moment; asking does not wait."""
        if not self._is_ready and select.select([self._output], [], [], 0)[0]:
            self._hear_greeting()
        return self._is_ready

    def give(self, batch: Sequence[Fetched], now: datetime) -> None:
        """Have a batch read.

        Raises:
            ReaderProcessError: the process is gone.
        """
        self._send((batch, now))

    def take(self) -> list[Prepared]:
        """Return what the store takes in of each message of the first batch that is not taken yet.

        Raises:
            ReaderProcessError: the process is gone; the batch may have been too much for it.
        """
        try:
            if not self._is_ready:
                self._hear_greeting()
            understood: list[Prepared] = pickle.load(self._output)  # noqa: S301 - our own process
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            raise ReaderProcessError("the reading process has ended") from error
        return understood

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            # Closing flushes what the process does not take any more.
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()

    def _hear_greeting(self) -> None:
        # One that has ended says nothing instead; the answer to come will tell.
        self._output.read(len(_GREETING))
        self._is_ready = True

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe, see above
        return self._process.stdout

    def _send(self, what: object) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe, see above
        try:
            hand_over(what, self._process.stdin)
        except (OSError, ValueError) as error:  # its input may be closed already
            raise ReaderProcessError("the reading process has ended") from error


def serve(batches: IO[bytes], understood: IO[bytes]) -> None:
    """Answer each of ``batches`` on ``understood``; whatever ends either of them is raised."""
    understood.write(_GREETING)
    understood.flush()
    understanding: Understanding = pickle.load(batches)  # noqa: S301 - the poller's
    coming, going = ThreadPoolExecutor(1, "in"), ThreadPoolExecutor(1, "out")
    following = coming.submit(pickle.load, batches)
    gone: Future[None] | None = None
    while True:
        batch, now = following.result()
        following = coming.submit(pickle.load, batches)
        answer = understanding.of(batch, now)
        if gone is not None:
            gone.result()
        gone = going.submit(hand_over, answer, understood)


if __name__ == "__main__":
    share_heaps()
    gc.freeze()  # what is imported is never garbage: the collector need not look at it again
    gc.set_threshold(*_COLLECTED)
    # The poller has ended, or sees by the end of this process that it must read the batch itself.
    with contextlib.suppress(Exception):
        serve(sys.stdin.buffer, sys.stdout.buffer)
    # Without waiting for the threads: nothing may ever come, and nobody may ever take.
    os._exit(0)
