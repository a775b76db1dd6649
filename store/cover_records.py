"""Records about cover that cross rooms: its changes, what a view of it shows, hand-over notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from store.rules.burden import Burden
from store.rules.cover import Coverage


@dataclass(frozen=True, slots=True)
class CoverDone:
    """A change of cover that was made, or taken back."""

    id: int
    """Of the change, or of the row that takes it back."""
    text: str
    """One line for the toast: "Ana covers Sat 28 Nov 14:00–22:00 instead of Ben"."""


@dataclass(frozen=True, slots=True)
class CoverChangeView:
    """A line of the history of cover."""

    id: int
    at: datetime
    by: str
    """What the team calls who entered it."""
    text: str
    """The change in words, or "took back: ..."."""
    mine: bool = False
    """Entered by whoever asks."""
    undone: bool = False
    """It was taken back since."""


@dataclass(frozen=True, slots=True)
class CoverView:
    """Cover over some days, and what has to be known to change it."""

    since: datetime
    """Midnight of today on the roster's wall clock, in UTC."""
    until: datetime
    """Midnight so many days later."""
    tz: str
    """The roster's zone."""
    newest: int
    """The newest change that this knows of; ``change_cover`` takes it as ``seen``."""
    coverage: Coverage
    open_hours: tuple[tuple[datetime, datetime], ...]
    """When the desk itself is there."""
    holidays: tuple[tuple[date, str], ...]
    """The roster's holidays in these days, with their names as far as they are known."""
    short_days: frozenset[date]
    """Half days: the desk opens, for less time than on that day of other weeks."""
    burdens: tuple[Burden, ...]
    """Of the 12 months up to now."""
    changes: tuple[CoverChangeView, ...]
    """Those that touch these days or were entered in the last 14, the newest first."""


@dataclass(frozen=True, slots=True)
class HandOverView:
    """A note from one shift to the next."""

    id: int
    at: datetime
    by: str
    """What the team calls who wrote it."""
    text: str
