"""SIGTERM and SIGINT: long work ends cleanly in the middle of anything."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from intake.bell import Bell

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(BaseException):
    """Somebody wants an end. Not an ``Exception``: nothing on the way takes it for an error."""


class Stopping:
    """Within it a signal raises ``Stopped`` in the main thread, or rings a bell; once."""

    def __init__(self) -> None:
        """Change nothing yet."""
        self._before: dict[int, Any] = {}
        self._bell: Bell | None = None
        self._told = False
        self.interrupted = False
        """``Stopped`` was raised; a library in whose code that was may make its own error of it."""

    def __enter__(self) -> Self:
        """Listen for the signals."""
        self._before = {number: signal.signal(number, self._heard) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the signals as they were; or unheard, if the process is ending by one."""
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_IGN if self._told else handler)

    @contextmanager
    def rings(self, bell: Bell) -> Iterator[None]:
        """Within the block a signal rings ``bell`` and raises nothing."""
        self._bell = bell
        try:
            yield
        finally:
            self._bell = None

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if self._bell is not None:
            self._told = True
            self._bell.ring()
        elif not self._told:
            # Told again while it ends, it goes on ending.
            self._told = self.interrupted = True
            raise Stopped
