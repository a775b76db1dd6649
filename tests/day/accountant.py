"""The accountant counts what people have and what is told beside the queue, from the books alone.

DESIGN 7 and 8 say what is counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.day.basics import CAPACITY, LEADS, NAMES, WEEK, WEIGHTS, midnight, monday
from tests.day.books import Books, Entry
from tests.day.clockwork import DESK
from tests.day.side_door import Runs, counted
from tests.day.standing import Act, Standing

_DAY = timedelta(days=1)


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
    return max(midnight(max(before)), today - 30 * _DAY) if before else today - WEEK


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
    source = next(one for one in before.standings if one[0].label == entry.label)[1].assignee
    was_begun = begun(before.entries[entry.label], source)
    had = "" if was_begun else f"{NAMES[source]} had not begun it; "
    had += f"{NAMES[act.arg]} had {load:.1f} of {CAPACITY[act.arg]:g} and knows {skill}"
    assert skill in person["skills"]
    if act.why == "evenly":
        return f"to even out the load; {had}"
    back = to_return(books, act.who)
    return f"because {NAMES[act.who]} is {back}; {had}"


#: What is work on a request, done by who has it.
_WORK = {"answers", "waits", "waits_supplier", "notes", "promises", "resumes", "rates"}


def begun(entry: Entry, login: str) -> bool:
    """Say whether somebody has worked on a request."""
    return any(one.who == login and one.what in _WORK for one in entry.acts)


def to_return(books: Books, login: str) -> str:
    """Return "off until Thu 08:00"."""
    state, until = books.away[login]
    return f"{state} until {until:%a %H:%M}"


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
