"""Writing down what became of a mail or a notice, however long the database takes to take it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from store.errors import StoreError

#: Tries, with a second between two.
_TRIES = 60


def note_down(write: Callable[[], None], stopping: Event) -> None:
    """Call ``write`` until the database takes it, or everything ends.

    Raises:
        StoreError: The database did not take it.
    """
    for left in reversed(range(_TRIES)):
        try:
            write()
        except StoreError:
            if not left or stopping.is_set():
                raise
            time.sleep(1.0)
        else:
            return
