"""Counts what the three views tell, from the books alone; DESIGN 7 and 8 say what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import comb
from zoneinfo import ZoneInfo

from tests.day.books import Act, Books, Entry, Standing
from tests.day.clockwork import DESK, open_between

LEADS = {each["login"] for each in DESK["people"] if each.get("role") == "lead"}
NAMES = {each["login"]: each["name"].partition(" ")[0] for each in DESK["people"]}
CAPACITY = {each["login"]: float(each.get("capacity", 10)) for each in DESK["people"]}
WEIGHTS = DESK["load"]["weights"]
#: The board on the wall: nobody's.
WALL = "wall"
INTERRUPTING = {"walk_up", "phone", "chat"}
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def midnight(at: datetime) -> datetime:
    """Return when the day began."""
    return at.replace(hour=0, minute=0)


def monday(at: datetime, weeks: int = 1) -> datetime:
    """Return when the week began that is the first of ``weeks``."""
    return midnight(at) - at.weekday() * _DAY - (weeks - 1) * _WEEK


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return the time between two local moments, through the change of clocks."""
    zone = ZoneInfo(DESK["desk"]["timezone"])
    return timedelta(
        seconds=end.replace(tzinfo=zone).timestamp() - start.replace(tzinfo=zone).timestamp()
    )


# ---------------------------------------------------------------------- one's own work


@dataclass
class Moved:
    """A request that came to somebody or went from them."""

    entry: Entry
    act: Act
    how: str


@dataclass
class Mine:
    """What is somebody's."""

    owed: list[tuple[Entry, datetime]] = field(default_factory=list)
    promised: list[Entry] = field(default_factory=list)
    late: int = 0
    yours: list[Entry] = field(default_factory=list)
    offered: list[Entry] = field(default_factory=list)
    since: datetime = datetime.min  # noqa: DTZ901
    moved: list[Moved] = field(default_factory=list)
    runs: list[Entry] = field(default_factory=list)


def mine(books: Books, me: str) -> Mine:
    """Count what is somebody's."""
    found, now = Mine(), books.now
    found.since = last_day(books, me)
    for entry, stands in books.standings:
        if stands.live and stands.assignee == me:
            found.yours.append(entry)
            if stands.owed:
                found.owed.append((entry, stands.owed))
            if stands.promised:
                found.promised.append(entry)
                found.late += stands.promised < now
        if stands.live and stands.offered and stands.assignee != me:
            found.offered.append(entry)
        moved = _moved(entry, stands, me, found.since)
        if moved is not None:
            found.moved.append(moved)
        if entry.counts and entry.person == me and entry.received >= monday(now):
            found.runs.append(entry)
    return found


def last_day(books: Books, me: str) -> datetime:
    """Return the beginning of the last day before today on which somebody did something."""
    today = midnight(books.now)
    before = [at for at in books.did.get(me, ()) if at < today]
    return max(midnight(max(before)), today - 30 * _DAY) if before else today - _WEEK


def _moved(entry: Entry, stands: Standing, me: str, since: datetime) -> Moved | None:
    owner, offered = "", False
    newest: Moved | None = None
    for act in entry.acts:
        before = owner
        if act.what in {"gives", "moves", "claims", "takes"}:
            owner = act.arg.partition(" ")[0] if act.what in {"gives", "moves"} else act.who
        elif act.what == "releases":
            owner = ""
        elif act.what == "offers":
            offered = True
        if act.what not in {"gives", "moves", "takes", "releases"} or act.at < since:
            continue
        if me not in {before, owner} or before == owner:
            continue
        how = "gave it to you"
        if owner != me:
            how = {
                "takes": "took it off your hands" if offered else "took it over",
                "releases": "gave it back to the queue",
            }.get(act.what, f"gave it to {NAMES.get(owner, '')}")
        newest = None if act.who == me else Moved(entry, act, how)
        offered = False
    if newest is None:
        return None
    came = newest.how == "gave it to you"
    still = stands.live and stands.assignee == me if came else stands.assignee != me
    return newest if still else None


def why(books: Books, moved: Moved) -> str:
    """Return why a request was proposed to go to somebody; "" if it was not."""
    act, entry = moved.act, moved.entry
    if not act.why:
        return ""
    before = Books(books.lines, act.at)
    for each in before.entries.values():
        each.acts = [one for one in each.acts if (one.at, one.place) < (act.at, act.place)]
    person = next(each for each in DESK["people"] if each["login"] == act.arg)
    skill = DESK["services"][entry.service]["skill"]
    load = next(one.load for one in workload(before) if one.login == act.arg)
    acts = before.entries[entry.label].acts
    source = next(one for one in before.standings if one[0].label == entry.label)[1].assignee
    begun = any(one.who == source and one.what in _WORK for one in acts)
    had = "" if begun else f"{NAMES[source]} had not begun it; "
    had += f"{NAMES[act.arg]} had {load:.1f} of {CAPACITY[act.arg]:g} and knows {skill}"
    assert skill in person["skills"]
    if act.why == "evenly":
        return f"to even out the load; {had}"
    back = to_return(books, act.who)
    return f"because {NAMES[act.who]} is {back}; {had}"


#: What is work on a request, done by who has it.
_WORK = {"answers", "waits", "waits_supplier", "notes", "promises", "resumes", "rates"}


def to_return(books: Books, login: str) -> str:
    """Return "off until Thu 08:00"."""
    state, until = books.away[login]
    return f"{state} until {until:%a %H:%M}"


# ---------------------------------------------------------------------- end-runs


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
        weeks=min(max(elapsed(since, now) / _WEEK, 1), weeks),
        requests=len(everything),
        team=counted(runs),
        people=[one for one in people if me in LEADS or one.login == me],
        by_week=[
            (start, len([e for e in longest if start <= e.received < start + _WEEK]))
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


# ---------------------------------------------------------------------- load


@dataclass
class Load:
    """What somebody has."""

    login: str
    here: bool
    away: tuple[str, datetime] | None
    load: float
    open: int
    waiting: int
    oldest: datetime | None
    minutes: int
    """That end-runs took of their day."""
    rows: list[tuple[Entry, Standing]]


def workload(books: Books) -> list[Load]:
    """Count what everybody has: who is there first, by name."""
    found, now = [], books.now
    standings = books.standings
    for login in NAMES:
        rows = [one for one in standings if one[1].live and one[1].assignee == login]
        working = [one for one in rows if not one[1].waits]
        away = books.away.get(login)
        today = [
            entry.minutes or 0
            for entry, _ in standings
            if entry.counts and entry.person == login and entry.received >= midnight(now)
        ]
        found.append(
            Load(
                login,
                login in books.here,
                away if away and away[1] > now else None,
                sum(weight(*one) for one in working),
                len(working),
                len(rows) - len(working),
                min((entry.received for entry, _ in working), default=None),
                sum(today),
                rows,
            )
        )
    return sorted(found, key=lambda one: (not one.here or one.away is not None, one.login))


def weight(entry: Entry, stands: Standing) -> float:
    """Return what a request weighs that does not wait."""
    factor = stands.clock.age_factor if stands.clock else 1
    return float(WEIGHTS[entry.priority]) * factor


# ---------------------------------------------------------------------- beside the queue


@dataclass
class Panel:
    """The counts beside the queue, and in the line of the views."""

    live: int
    unassigned: int
    mine: int
    requests: int
    team: Runs
    people: list[tuple[str, int]]
    came: int
    went: int
    thanks: int


def panel(books: Books, me: str) -> Panel:
    """Count what is told beside the queue."""
    now = books.now
    live = [(entry, stands) for entry, stands in books.standings if stands.live]
    week = [entry for entry in books.entries.values() if entry.received >= monday(now)]
    runs = [entry for entry in week if entry.counts]
    people = sorted(Counter(e.person for e in runs).items(), key=lambda one: (-one[1], one[0]))
    today = midnight(now)
    acts = [a for e in books.entries.values() for a in e.acts if a.at >= today]
    return Panel(
        live=len(live),
        unassigned=len([stands for _, stands in live if not stands.assignee]),
        mine=len([stands for _, stands in live if stands.assignee == me]),
        requests=len(week),
        team=counted(runs),
        people=[one for one in people if me in LEADS or one[0] == me],
        came=len([e for e in week if e.received >= today]),
        went=len(
            [
                entry
                for entry, stands in books.standings
                if not stands.live
                and max(a.at for a in entry.acts if a.what == "resolves") >= today
            ]
        ),
        thanks=len([a for a in acts if a.what == "thanks"]),
    )
