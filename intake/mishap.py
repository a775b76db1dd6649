"""Unforeseen errors in words that may be shown and logged."""

from __future__ import annotations

import traceback
from pathlib import PurePath


def mishap(error: BaseException) -> str:
    """Return an unforeseen error as its kind and place: its own text may hold a mail's."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f", {PurePath(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
