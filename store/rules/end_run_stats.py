"""The figures of end-runs: how many, whose, when, what they cost, and what comes of them.

Every count is of what is known: personal mailboxes are never read, so each is a lower bound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from typing import TypeVar

from store.end_run_records import Period, PersonRuns, Run, RunCount, Speed, Tally
from store.rules.medians import interval, median
from store.rules.small_numbers import COUNTED_FROM, part
from store.words import Channel

#: Weeks that the trend shows.
WEEKS = 12
#: Two medians are compared from so many on at each side.
COMPARED_FROM = 30
#: Channels on which somebody stands before one, or waits on the line.
INTERRUPTING = frozenset({Channel.WALK_UP.value, Channel.PHONE.value, Channel.CHAT.value})
_WEEK = timedelta(weeks=1)

Key = TypeVar("Key", bound=Hashable)


def monday(now: datetime, tz: tzinfo, weeks: int) -> datetime:
    """Return when the week began that is the first of ``weeks``, the present one included."""
    return datetime.combine(_monday_of(now, tz) - timedelta(weeks=weeks - 1), time(), tz)


def weeks_passed(period: Period, since: datetime, now: datetime) -> float:
    """Return how many weeks of the period have gone by, one at least."""
    return min(max((now - since) / _WEEK, 1.0), float(period))


def counted(runs: Iterable[Run]) -> RunCount:
    """Return what there is to count of end-runs."""
    some = list(runs)
    timed = [run.minutes for run in some if run.minutes is not None]
    return RunCount(
        count=len(some),
        emergencies=sum(run.emergency for run in some),
        probable=sum(run.probable for run in some),
        minutes=sum(timed),
        timed=len(timed),
        interruptions=sum(run.channel in INTERRUPTING for run in some),
    )


def by_person(runs: Iterable[Run], others: Mapping[str, int]) -> list[PersonRuns]:
    """Return the end-runs to each person, most first.

    Args:
        runs: The end-runs.
        others: By login, what else somebody has answered and has.
    """
    found = []
    for login, theirs in _groups(runs, lambda run: run.person).items():
        count = counted(theirs)
        work = count.count + others.get(login, 0)
        found.append(PersonRuns(login, count, work, part(work, count.count)[1]))
    return sorted(found, key=lambda one: (-one.runs.count, one.login))


def tallies(runs: Iterable[Run], key: Callable[[Run], str | int]) -> list[Tally]:
    """Return how many end-runs there were of each kind, most first."""
    found = [
        Tally(str(which), "", len(some), _emergencies(some))
        for which, some in _groups(runs, key).items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.key))


def by_week(runs: Iterable[Run], now: datetime, tz: tzinfo) -> list[Tally]:
    """Return how many there were in each of the last weeks, oldest first."""
    groups = _groups(runs, lambda run: _monday_of(run.at, tz))
    this = _monday_of(now, tz)
    days = [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [
        Tally(str(day), "", len(groups.get(day, ())), _emergencies(groups.get(day, ())))
        for day in days
    ]


def by_hour(runs: Iterable[Run], tz: tzinfo) -> tuple[int, ...]:
    """Return how many there were in each hour of the desk's day."""
    count = Counter(run.at.astimezone(tz).hour for run in runs)
    return tuple(count[hour] for hour in range(24))


def speed(answers: Iterable[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> Speed:
    """Return how fast requests were answered, in open time.

    Args:
        answers: When each was received and when it was answered, in microseconds.
        spans: When the desk is open meanwhile, in order, none touching another.
    """
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    before = [0, *accumulate(end - start for start, end in spans)]

    def used(at: int) -> int:
        """Return how long it was open until a moment."""
        place = bisect_right(starts, at) - 1
        if place < 0:
            return 0
        return before[place + 1] if at >= ends[place] else before[place] + at - starts[place]

    taken = sorted([used(answered) - used(received) for received, answered in answers])
    if len(taken) < COUNTED_FROM:
        return Speed(len(taken))
    low, high = interval(taken)
    middle = median(taken)
    return Speed(len(taken), _open(middle), _open(low), _open(high))


def comparable(one: Speed, other: Speed) -> bool:
    """Say whether it may be told which is faster."""
    return min(one.n, other.n) >= COMPARED_FROM


def _open(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)


def _monday_of(at: datetime, tz: tzinfo) -> date:
    day = at.astimezone(tz).date()
    return day - timedelta(days=day.weekday())


def _emergencies(runs: Iterable[Run]) -> int:
    return sum(run.emergency for run in runs)


def _groups(runs: Iterable[Run], key: Callable[[Run], Key]) -> dict[Key, list[Run]]:
    groups: dict[Key, list[Run]] = {}
    for run in runs:
        groups.setdefault(key(run), []).append(run)
    return groups
