"""Garbage is looked for seldom by what takes mail in: thousands of records, which refer to none."""

from __future__ import annotations

import gc

#: Objects made, and left over, until the collector looks at them, and at older ones.
_THRESHOLDS = (50_000, 20, 50)


def look_seldom() -> None:
    """Never look at what is imported, which is no garbage, and seldom at the rest.

    A twentieth of the time of taking mail in would go into either.
    """
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
