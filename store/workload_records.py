"""Records about who has how much to do, and what is proposed about it, that cross rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.records import BoardRow
from store.rules.evening import Proposal
from store.words import Attendance


@dataclass(frozen=True, slots=True)
class Workload:
    """Somebody of the desk with what they have."""

    login: str
    name: str
    capacity: float
    """The load that they can carry; more is a warning, no limit."""
    attendance: Attendance
    until: datetime | None
    """When they are in again; None if they are, or if nobody has said."""
    board: bool
    """Has a board open that is not only looked at."""
    gone: bool
    """The policy does not name them any more."""
    load: float
    open: int
    """Live requests that wait for nobody else."""
    waiting: int
    """Those that do."""
    oldest: datetime | None
    """When the oldest open one was received; None if there is none."""
    end_run_minutes: int
    """What end-runs took of them today; 0 if whoever asks may not know of it."""
    rows: tuple[BoardRow, ...]
    """Of their live requests the first ones: what is due first, then what is snoozed or waits."""
    more: int
    """How many there are besides."""

    @property
    def present(self) -> bool:
        """Whether they are in, and have a board open."""
        return self.board and self.attendance is Attendance.IN and not self.gone


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with what a person must know to accept it."""

    proposal: Proposal
    rows: Mapping[int, BoardRow]
    """Of the requests that would move, or that stay, by number."""
    reasons: Mapping[int, str]
    """Why each would go where, by number."""
    capacity: Mapping[str, float]
    """By login."""
