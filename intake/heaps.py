"""Few heaps for many threads."""

from __future__ import annotations

import contextlib
import ctypes
import sys

#: The name that malloc.h of the GNU C library has for how many there may be.
_M_ARENA_MAX = -8
_HEAPS = 2


def share_heaps() -> None:
    """Have all threads of this process allocate from two heaps, where that can be chosen.

    The C library would give each of them its own, and what a batch of mails leaves free in one
    is of no use to the others.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library has no such choice
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)
