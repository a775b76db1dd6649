"""How far the view of fairness looks back."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum


class Period(Enum):
    """How far it looks back."""

    FOUR_WEEKS = timedelta(weeks=4)
    TWELVE_WEEKS = timedelta(weeks=12)
    YEAR = timedelta(days=365)

    @property
    def following(self) -> Period:
        """The next longer one; after the longest the shortest."""
        each = list(Period)
        return each[(each.index(self) + 1) % len(each)]
