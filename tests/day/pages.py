"""What the accountant expects to stand on the screen: his figures in the words of the board.

A line is compared with its runs of spaces made one, so how columns are laid out is left to the
tests of each view. ``runs_page.py`` has the view of end-runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tests.day.accountant import Load, mine, panel, why, workload
from tests.day.basics import CAPACITY, LEADS, NAMES
from tests.day.books import Books, Entry
from tests.day.clockwork import DESK
from tests.day.standing import Standing
from tests.day.words import BY, age, clock, percent, plain, stamp, to_come

_METRICS = {
    "first_response": "1st",
    "next_response": "next",
    "update": "upd",
    "resolution": "fix",
}


# ---------------------------------------------------------------------- the line of the views


def views(books: Books, me: str) -> str:
    """Return the line of the views, as far as it is about the work of people."""
    told = panel(books, me)
    runs = f" {told.team.count}" if told.team.count else ""
    return (
        f"1 Queue {told.live} {told.unassigned} nobody's 2 Mine {told.mine} "
        f"3 End-runs{runs} 4 Workload 5 Cover 6 Fairness"
    )


# ---------------------------------------------------------------------- Mine


def mine_page(books: Books, me: str) -> list[str]:
    """Return the lines of the view of one's own work; of a section in no order."""
    found, now = mine(books, me), books.now
    stands = {entry.label: how for entry, how in books.standings}
    owed = {entry.label for entry, _ in found.owed}

    def lines(some: Iterable[tuple[Entry, str]]) -> list[str]:
        return sorted(_row(entry, stands[entry.label], note, now) for entry, note in some)

    page: list[str] = []
    if found.owed:
        page.append(f"YOU OWE AN ANSWER {len(found.owed)}")
        page += lines((entry, f"wrote {stamp(at, now)}") for entry, at in found.owed)
    if found.promised:
        late = f" · {found.late} late" if found.late else ""
        page.append(f"PROMISED {len(found.promised)}{late}")
        page += lines(
            (each, f"“{stands[each.label].promise}”" if stands[each.label].promise else "")
            for each in found.promised
        )
    if found.yours:
        page.append(f"YOURS, BY CLOCK {len(found.yours)}")
        page += lines((each, "answer owed" if each.label in owed else "") for each in found.yours)
    if found.offered:
        page.append(f"COLLEAGUES NEED A HAND {len(found.offered)}")
        page += lines((each, "") for each in found.offered)
    if found.moved:
        since = f"{found.since:%a} {found.since.day} {found.since:%b}".upper()
        page.append(f"CAME AND WENT SINCE {since} {len(found.moved)}")
        page += lines(
            (
                each.entry,
                f"{NAMES[each.act.who]} {each.how} {stamp(each.act.at, now)}"
                + (f", {said}" if (said := why(books, each)) else ""),
            )
            for each in found.moved
        )
    if found.runs:
        known = [each.minutes for each in found.runs if each.minutes is not None]
        told = f"END-RUNS TO YOU THIS WEEK ≥ {len(found.runs)}"
        if known:
            told += f" · {sum(known)} min"
            told += f" in {len(known)} of them" if len(known) < len(found.runs) else ""
        page.append(f"{told} · a lower bound")
        page += lines((each, _run(each, now)) for each in found.runs)
    return page or ["Nothing is yours."]


def _run(entry: Entry, now: datetime) -> str:
    parts = ["probable"] if entry.certainty() == "probable" else []
    parts += [f"{entry.minutes} min"] if entry.minutes is not None else []
    return " · ".join([*parts, BY[entry.channel][0], stamp(entry.received, now)])


def _row(entry: Entry, stands: Standing, note: str, now: datetime) -> str:
    sign, words, metric = "", stands.state, ""
    if stands.live and stands.clock:
        sign, words = clock(stands.clock, now, wide=True)
        metric = _METRICS[stands.clock.metric]
    behind = "⚑ needs a hand" if stands.offered else ""
    if stands.promised:
        late = ", late" if stands.promised < now else ""
        behind += f" promised {to_come(stands.promised, now)}{late}"
    if entry.person and entry.certainty():
        behind += f" ⤴ {NAMES[entry.person]}"
    behind += f" {note}"
    if stands.waits:
        behind += " waiting"
    who = entry.name.split()[-1]
    if entry.department:
        who += f" · {DESK['departments'][entry.department]['name']}"
    to = NAMES[stands.assignee] if stands.assignee else "—"
    priority = f"{entry.priority}!" if entry.emergency else entry.priority
    parts = (sign, entry.number, priority, words, metric, entry.subject, behind, who, to)
    return plain(" ".join(map(str, parts)))


# ---------------------------------------------------------------------- Workload


def everybody(books: Books) -> str:
    """Return the line above the columns."""
    return " ".join(
        f"{NAMES[one.login]} {one.load:.1f}{' ▲' if one.load > CAPACITY[one.login] else ''}"
        for one in workload(books)
    )


def columns(books: Books, me: str) -> list[list[str]]:
    """Return the lines of each column as ``me`` sees them, the requests in no order."""
    return [_column(one, books.now, told=me in {one.login, *LEADS}) for one in workload(books)]


def _column(one: Load, now: datetime, *, told: bool) -> list[str]:
    there = "in" if one.here else "in, no board open"
    if one.away is not None:
        there = f"{one.away[0]} until {to_come(one.away[1], now)}"
    bar = min(round(10 * one.load / CAPACITY[one.login]), 10)
    load = f"load {one.load:.1f} of {CAPACITY[one.login]:g} {'▓' * bar}{'░' * (10 - bar)}"
    if one.load > CAPACITY[one.login]:
        load += " ▲ over"
    count = f"{one.open} open" + (f", {one.waiting} waiting" if one.waiting else "")
    if one.oldest is not None:
        count += f", oldest {age(now - one.oldest)}"
    page = [f"{NAMES[one.login]} {there}", load, count]
    if one.minutes and told:
        page.append(f"end-runs {one.minutes} min today")
    rows = sorted(_short(entry, stands, now) for entry, stands in one.rows)
    return [*page, *(rows or ["nothing to do"])]


def _short(entry: Entry, stands: Standing, now: datetime) -> str:
    sign, words = clock(stands.clock, now, wide=False)
    behind = f"{'⚑' if stands.offered else ''} {'waiting' if stands.waits else ''}"
    parts = (sign, entry.number, entry.priority, words, entry.subject, behind)
    return plain(" ".join(map(str, parts)))


# ---------------------------------------------------------------------- beside the queue


def beside(books: Books, me: str) -> list[str]:
    """Return the lines of the panels of end-runs and of today."""
    told = panel(books, me)
    team = told.team
    page = [plain(f"END-RUNS THIS WEEK ≥ {team.count}")] if team.count else []
    page += [f"{NAMES[login]} {count}" for login, count in told.people[:6]]
    share = f"team {percent(team.count, told.requests)}" if told.requests >= 20 else "team"
    many = f" · {team.emergencies} emergenc{'y' if team.emergencies == 1 else 'ies'}"
    page.append(share + (many if team.emergencies else ""))
    page.append("TODAY")
    page.append(f"in {told.came} out {told.went} thanks {told.thanks}")
    return page
