"""A progress bar on a terminal, for work that takes a while. Elsewhere there are plain lines."""

from __future__ import annotations

import threading
import time
from typing import TextIO

_WIDTH = 24
#: Seconds between two drawings.
_EVERY = 0.1


class ProgressBar:
    """One line that is drawn over and over: how much of the whole is done, and how fast.

    Safe to use from many threads. On anything but a terminal it draws nothing.
    """

    def __init__(self, stream: TextIO, unit: str) -> None:
        """Draw on ``stream``; ``unit`` is what is counted: "mails"."""
        self._stream = stream
        self._unit = unit
        self._shown = stream.isatty()
        self._lock = threading.Lock()
        self._total = 0
        self._done = 0
        self._began = time.monotonic()
        self._drawn = 0.0

    def more(self, count: int) -> None:
        """Add ``count`` to the whole."""
        with self._lock:
            self._total += count
        self._draw()

    def done(self, count: int) -> None:
        """Note that ``count`` more are done."""
        with self._lock:
            self._done += count
        self._draw()

    def clear(self) -> None:
        """Take the bar off the screen, before something else is written there."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._drawn = 0.0

    def line(self) -> str:
        """Return the bar as text."""
        part = self._done / self._total if self._total else 0.0
        full = round(part * _WIDTH)
        speed = self._done / max(0.001, time.monotonic() - self._began)
        bar = "█" * full + "░" * (_WIDTH - full)
        return f"{bar} {self._done:,} of {self._total:,} {self._unit}, {speed:,.0f}/s"

    def _draw(self) -> None:
        if not self._shown or not self._total:
            return
        now = time.monotonic()
        with self._lock:
            if now - self._drawn < _EVERY and self._done < self._total:
                return
            self._drawn = now
            self._stream.write(f"\r{self.line()}\x1b[K")
            self._stream.flush()
