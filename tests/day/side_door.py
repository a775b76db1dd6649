"""The accountant counts end-runs: how many, whose, when, what they took, and what comes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb

from tests.day.basics import INTERRUPTING, LEADS, WEEK, elapsed, monday
from tests.day.books import Books, Entry
from tests.day.clockwork import open_between


@dataclass
class Runs:
    """What there is to count of some end-runs."""

    count: int
    emergencies: int
    probable: int
    minutes: int
    timed: int
    interruptions: int


def counted(entries: Iterable[Entry]) -> Runs:
    """Count some end-runs."""
    some = list(entries)
    timed = [each.minutes for each in some if each.minutes is not None]
    return Runs(
        len(some),
        len([each for each in some if each.emergency]),
        len([each for each in some if each.certainty() == "probable"]),
        sum(timed),
        len(timed),
        len([each for each in some if each.channel in INTERRUPTING]),
    )


@dataclass
class Person:
    """The end-runs to one person, and what part of their work that was."""

    login: str
    runs: Runs
    work: int


@dataclass
class Figures:
    """The figures of the view of end-runs."""

    since: datetime
    weeks: float
    requests: int
    team: Runs
    people: list[Person]
    by_week: list[tuple[datetime, int]]
    by_hour: list[int]
    channels: list[tuple[str, Runs]]
    departments: list[tuple[str, Runs]]
    requesters: list[tuple[str, Runs]]
    to_confirm: list[Entry]
    side: list[int]
    front: list[int]
    """Open minutes until the first answer."""
    again: int
    by_front: int


def end_runs(books: Books, me: str, weeks: int) -> Figures:
    """Count the end-runs of so many weeks as somebody may know of them."""
    now, since = books.now, monday(books.now, weeks)
    everything = [entry for entry in books.entries.values() if entry.received >= since]
    runs = [entry for entry in everything if entry.counts]
    longest = [e for e in books.entries.values() if e.counts and e.received >= monday(now, 12)]
    people = []
    for login in sorted({each.person for each in runs}):
        theirs = [each for each in runs if each.person == login]
        others = [
            entry
            for entry, stands in books.standings
            if entry.received >= since
            and entry.answered
            and stands.assignee == login
            and not (entry.counts and entry.person == login)
        ]
        people.append(Person(login, counted(theirs), len(theirs) + len(others)))
    people.sort(key=lambda one: -one.runs.count)
    by_week = [monday(now, back) for back in range(12, 0, -1)]
    came = [each for each in runs if not each.emergency]
    following = [_next(entry, books) for entry in came]
    return Figures(
        since=since,
        weeks=min(max(elapsed(since, now) / WEEK, 1), weeks),
        requests=len(everything),
        team=counted(runs),
        people=[one for one in people if me in LEADS or one.login == me],
        by_week=[
            (start, len([e for e in longest if start <= e.received < start + WEEK]))
            for start in by_week
        ],
        by_hour=[len([e for e in runs if e.received.hour == hour]) for hour in range(24)],
        channels=_told_apart(runs, lambda entry: entry.channel),
        departments=_told_apart(runs, lambda entry: entry.department) if me in LEADS else [],
        requesters=_told_apart(runs, lambda entry: entry.name) if me in LEADS else [],
        to_confirm=[
            each
            for each in sorted(longest, key=lambda one: (one.received, one.number))
            if each.certainty() == "probable" and (me in LEADS or each.person == me)
        ],
        side=_answers(each for each in runs if not each.emergency),
        front=_answers(each for each in everything if not each.counts and not each.emergency),
        again=len([each for each in following if each is not None]),
        by_front=len([each for each in following if each is not None and not each.counts]),
    )


def _told_apart(runs: Sequence[Entry], key: Callable[[Entry], str]) -> list[tuple[str, Runs]]:
    kinds = Counter(key(each) for each in runs)
    found = [(kind, counted(e for e in runs if key(e) == kind)) for kind in kinds]
    return sorted(found, key=lambda one: -one[1].count)


def _answers(entries: Iterable[Entry]) -> list[int]:
    return sorted(open_between(e.received, e.answered) for e in entries if e.answered)


def _next(entry: Entry, books: Books) -> Entry | None:
    """Return what the same person asked next."""
    later = [
        each
        for each in books.entries.values()
        if each.who == entry.who and each.received > entry.received
    ]
    return min(later, key=lambda one: one.received, default=None)


def median(values: Sequence[int]) -> timedelta:
    """Return the median of minutes in order."""
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    return timedelta(minutes=(low + high) / 2)


def interval(values: Sequence[int]) -> tuple[timedelta, timedelta]:
    """Return the values between which the median lies in 19 of 20 cases, as close as that goes.

    How many of n values lie below the median is a matter of n fair coins.
    """
    n = len(values)
    cut = max(
        each
        for each in range(n // 2 + 1)
        if sum(comb(n, below) for below in range(each)) / 2**n <= 0.025
    )
    low, high = values[cut - 1], values[n - cut]
    return timedelta(minutes=low), timedelta(minutes=high)
