"""After-hours cover as people agree on it: rotations, and what is different this time.

All times are on the wall clock of the roster's zone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from store.rules.hours import Hours
from store.rules.spans import Span
from store.rules.walltime import DAYS, local_us, minutes_of_day, zone

#: (day, "HH:MM", day, "HH:MM"): from when to when in a week, past its end if need be.
Window = tuple[str, str, str, str]


class Band(StrEnum):
    """What kind of an hour it is to be on watch; the first that fits counts."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    NIGHT = "night"
    EVENING = "evening"


#: How heavy an hour is where the roster does not say.
WEIGHTS: Mapping[Band, float] = MappingProxyType(
    {Band.EVENING: 1.0, Band.NIGHT: 1.5, Band.WEEKEND: 2.0, Band.HOLIDAY: 3.0}
)


class ChangeKind(StrEnum):
    """What is different: somebody else comes, an empty place is filled, somebody is away."""

    SWAP = "swap"
    COVER = "cover"
    ADD = "add"
    ABSENT = "absent"


def check_windows(windows: Sequence[Window]) -> None:
    """Refuse what cannot be a window.

    Raises:
        ValueError: a time or a day of the week is none.
    """
    for opens, opens_at, closes, closes_at in windows:
        minutes_of_day(opens_at)
        minutes_of_day(closes_at)
        for day in (opens, closes):
            if day not in DAYS:
                raise ValueError(f'"{day}" is not a day; the days are {", ".join(DAYS)}')


@dataclass(frozen=True, slots=True)
class Rotation:
    """People who take turns of ``every_days`` days from ``first_date`` on, at ``handoff``.

    Raises:
        ValueError: a time or a day of the week is none, nobody is in it, or a turn is shorter
            than a day; the message is for the person who wrote it.
    """

    id: str
    first_date: date
    handoff: str
    people: tuple[str, ...]
    every_days: int = 7
    windows: Sequence[Window] = ()
    """When in the week it applies; () is always. A window whose end is its start is a week."""

    def __post_init__(self) -> None:
        """Refuse what cannot be a rotation."""
        minutes_of_day(self.handoff)
        if self.every_days < 1:
            raise ValueError(f"a turn lasts at least 1 day, not {self.every_days}")
        if not self.people:
            raise ValueError(f'nobody is in the rotation "{self.id}"')
        check_windows(self.windows)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is different from ``start`` to ``end`` (naive).

    ``swap`` and ``cover`` put ``who`` there, where ``instead_of`` is "" or names the person of
    the rotation or the one who would be there by now; ``add`` puts ``who`` where nobody is;
    ``absent`` leaves the place of ``who`` empty.
    """

    kind: ChangeKind
    start: datetime
    end: datetime
    who: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who has the watch. The first rotation that matches wins; of changes, the later ones.

    Raises:
        ValueError: there is no such time zone, or a window is none.
    """

    tz: str
    staffed: Hours
    """When the desk is there itself."""
    rotations: Sequence[Rotation]
    required: Literal["after_hours", "always"] | Hours = "after_hours"
    """When somebody must be on watch: whenever the desk is not staffed, always, or in these."""
    changes: Sequence[Change] = ()
    holidays: Collection[date] = ()
    """Dates whose hours count as holiday; they close nothing."""
    weights: Mapping[Band, float] = field(default_factory=lambda: WEIGHTS)
    best_effort: Sequence[Window] = ()
    """When it was agreed that nobody need be there: then "nobody" is no gap."""
    changed: Sequence[Span] = field(init=False, repr=False, compare=False)
    """From when to when each change holds, in microseconds."""

    def __post_init__(self) -> None:
        """Refuse a time zone that is none, and work out once when changes hold."""
        tz = zone(self.tz)
        check_windows(self.best_effort)
        spans = tuple((local_us(each.start, tz), local_us(each.end, tz)) for each in self.changes)
        object.__setattr__(self, "changed", spans)
