"""The accountant's own notion of clocks: minutes are counted one by one through the desk's hours.

Everything is local time without a zone, which the desk never works through a change of.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

MINUTE = timedelta(minutes=1)
DESK = tomllib.loads(Path(__file__).with_name("desk.toml").read_text(encoding="utf-8"))
_EPOCH = datetime(2026, 9, 1)  # noqa: DTZ001 -- local time, as everything here
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _minutes(said: str) -> int:
    return int(said[:-1]) * (60 if said[-1] == "h" else 1)


#: By priority and clock, in minutes.
TARGETS = {
    priority: {key: _minutes(said) for key, said in each.items() if key.endswith(("e", "n"))}
    for priority, each in DESK["targets"].items()
    if priority != "emergency"
}


def _open_days() -> dict[str, tuple[int, int]]:
    found = {}
    for day, hours in DESK["calendars"]["office"]["weekly"].items():
        start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours.split("-"))
        found[day] = (start, end)
    return found


_OPEN = _open_days()


def is_open(minute: int) -> bool:
    """Say whether the desk is open in that minute after the epoch."""
    at = _EPOCH + minute * MINUTE
    start, end = _OPEN.get(_DAYS[at.weekday()], (0, 0))
    return start <= at.hour * 60 + at.minute < end


def number(at: datetime) -> int:
    """Return how many minutes after the epoch a moment is."""
    return (at - _EPOCH) // MINUTE


def moment(minute: int) -> datetime:
    """Return the moment of that minute."""
    return _EPOCH + minute * MINUTE


Pauses = tuple[tuple[datetime, datetime | None], ...]


#: Every minute in which the desk is open.
_OPEN_MINUTES = [minute for minute in range(200 * 24 * 60) if is_open(minute)]


def open_between(start: datetime, end: datetime) -> int:
    """Count the open minutes between two moments."""
    first, last = (bisect_left(_OPEN_MINUTES, number(at)) for at in (start, end))
    return len(_OPEN_MINUTES[first:last])


def _running(pauses: Pauses, start: datetime) -> Iterable[int]:
    """Yield the open minutes from ``start`` on that are in no pause, one after the other."""
    spans = [(number(begin), None if end is None else number(end)) for begin, end in pauses]
    for minute in _OPEN_MINUTES[bisect_left(_OPEN_MINUTES, number(start)) :]:
        over = [end for begin, end in spans if begin <= minute and (end is None or minute < end)]
        if None in over:
            return
        if not over:
            yield minute


@cache
def due(start: datetime, target: int, pauses: Pauses) -> datetime | None:
    """Return when ``target`` minutes are used; None: not before the pause that is on."""
    for so_far, minute in enumerate(_running(pauses, start), 1):
        if so_far == target:
            return moment(minute + 1)
    return None


def used(start: datetime, now: datetime, pauses: Pauses) -> int:
    """Return how many minutes are used."""
    until, total = number(now), 0
    for minute in _running(pauses, start):
        if minute >= until:
            break
        total += 1
    return total


@dataclass(frozen=True, slots=True)
class Shown:
    """The clock of a request that matters most, as it stands."""

    metric: str
    due: datetime | None
    """None: paused."""
    left: int
    """Open minutes; of a late one how many it is late."""
    late: bool = False
    at_risk: bool = False

    @property
    def age_factor(self) -> float:
        """What its weight counts: 1; 1.5 past 75 %; 2 overdue."""
        return 2 if self.late else 1.5 if self.at_risk else 1


def matters_most(
    running: Iterable[tuple[str, datetime]], priority: str, pauses: Pauses, now: datetime
) -> Shown | None:
    """Return the running clock that is due first, else the paused one with least left.

    Args:
        running: Each clock with when it started.
        priority: Whose targets count.
        pauses: When "update" and "resolution" stood still.
        now: When that is.
    """
    counting, paused = [], []
    for metric, start in running:
        target = TARGETS[priority].get(metric)
        if target is None:
            continue
        own = pauses if metric in {"update", "resolution"} else ()
        if own and own[-1][1] is None:
            paused.append(Shown(metric, None, target - used(start, now, own)))
            continue
        end = due(start, target, own)
        assert end is not None
        late = end < now
        risk = used(start, now, own) * 4 >= target * 3
        left = open_between(end, now) if late else open_between(now, end)
        counting.append(Shown(metric, end, left, late, risk))
    if counting:
        return min(counting, key=lambda one: one.due or now)
    return min(paused, key=lambda one: one.left, default=None)
