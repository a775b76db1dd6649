"""Records of the view of end-runs that cross rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from store.records import BoardRow


class Period(IntEnum):
    """How far back the figures look: so many weeks, the one that goes on included."""

    WEEK = 1
    FOUR_WEEKS = 4
    TWELVE_WEEKS = 12


class Part(StrEnum):
    """What end-runs are told apart by, and may be listed by."""

    ALL = "all"
    PERSON = "person"
    REQUESTER = "requester"
    DEPARTMENT = "department"
    CHANNEL = "channel"


class Run(NamedTuple):
    """An end-run that counts, as the figures need it."""

    person: str
    """Login of who was asked instead of the desk."""
    at: datetime
    channel: str
    requester: int
    """The person's id in the store."""
    department: str = ""
    minutes: int | None = None
    """None: nobody has said how long it took."""
    emergency: bool = False
    probable: bool = False
    """Nobody has said yet whether it was one."""


@dataclass(frozen=True, slots=True)
class RunCount:
    """How many end-runs there were of one kind."""

    count: int = 0
    emergencies: int = 0
    """Of these."""
    probable: int = 0
    """Of these."""
    minutes: int = 0
    """That those took together of which it is known."""
    timed: int = 0
    """Those of which it is known."""
    interruptions: int = 0
    """Those that came by walking up, by phone or by chat."""

    @property
    def focus_lost(self) -> timedelta:
        """What it takes to find back into one's work after each interruption, together."""
        return self.interruptions * BACK_INTO_WORK


#: Counted for each interruption. It is an assumption, and the screen says so.
BACK_INTO_WORK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PersonRuns:
    """The end-runs to one person of the desk."""

    login: str
    runs: RunCount
    work: int
    """End-runs to them, and what else of the time they have answered and have."""
    share: float | None
    """The end-runs' part of that work; None where that is too little to tell of."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many end-runs there were of one requester, department or channel, or in one week."""

    key: str
    name: str
    """What it is called; "" where the key says that."""
    count: int
    emergencies: int


@dataclass(frozen=True, slots=True)
class EndRunsView:
    """End-runs since a moment, as far as whoever asks may know of them.

    What is in it of single persons is about whoever asks, unless that is a lead.
    """

    period: Period
    since: datetime
    weeks_passed: float
    """Of the period, at least one: what is told per week is divided by them."""
    requests: int
    """Everything that was asked since then."""
    team: RunCount
    rate: float | None
    """The end-runs' part of the requests; None where these are too few to tell of."""
    emergency_share: float | None
    """The emergencies' part of the end-runs; None where these are too few."""
    people: tuple[PersonRuns, ...]
    """Most first."""
    channels: tuple[Tally, ...]
    hours: tuple[int, ...]
    """By hour of the desk's day, 24 of them."""
    weeks: tuple[Tally, ...]
    """The last twelve, whatever the period: by the date of their Mondays, oldest first."""
    departments: tuple[Tally, ...] = ()
    """To leads only."""
    requesters: tuple[Tally, ...] = ()
    """To leads only; by their ids in the store."""
    to_confirm: tuple[RunRow, ...] = ()
    """Those of the last twelve weeks that are probable, oldest first."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast requests were answered first, in open time."""

    n: int
    median: timedelta | None = None
    """None below six."""
    low: timedelta | None = None
    high: timedelta | None = None
    """Between these two the median lies in 19 of 20 cases."""


@dataclass(frozen=True, slots=True)
class Doors:
    """How fast each door is; emergencies, which are fast by any, are left out."""

    side: Speed
    front: Speed
    comparable: bool
    """There are enough of both to say which is faster."""


@dataclass(frozen=True, slots=True)
class Converted:
    """By which door people came next after an end-run that was no emergency."""

    again: int
    """End-runs after which who had asked has asked again since."""
    front: int | None
    """Those of them that came by the front door next; None below six."""
    share: float | None
    """That part of them; None below twenty."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A request that was an end-run, as the view lists it."""

    row: BoardRow
    minutes: int | None
