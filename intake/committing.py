"""Batches on their way into the store: one is committed while the next is fetched and read.

Half of the time of a commit is the database's own, in which Python can do something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from store.rules.prepared import Prepared

Committed = TypeVar("Committed")


class Commits(Generic[Committed]):
    """Commits one batch at a time, in order. To be used by one thread, and closed by it."""

    def __init__(
        self, commit: Callable[[Sequence[Prepared]], Committed], name: str, *, beside: bool
    ) -> None:
        """Commit with ``commit``: ``beside`` what the caller does, or else before it goes on."""
        self._commit = commit
        self._thread = ThreadPoolExecutor(1, name) if beside else None
        self._under_way: Future[Committed] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a batch is being committed at this moment; from any thread."""
        under_way = self._under_way
        return under_way is not None and not under_way.done()

    def give(self, batch: Sequence[Prepared]) -> list[Committed]:
        """Have ``batch`` committed; return what came of those before that is not known yet.

        Raises what committing one of these raised; ``batch`` is then not begun.
        """
        before = self.rest()
        if self._thread is not None:
            self._under_way = self._thread.submit(self._commit, batch)
            return before
        self._under_way = Future()
        try:
            return [*before, self._commit(batch)]
        finally:
            self._under_way = None

    def rest(self) -> list[Committed]:
        """Wait until nothing is under way; return what came of it, or raise what it raised."""
        if self._under_way is None:
            return []
        try:
            return [self._under_way.result()]
        finally:
            self._under_way = None

    def close(self) -> None:
        """End the thread, after what it has in hand."""
        if self._thread is not None:
            self._thread.shutdown()
