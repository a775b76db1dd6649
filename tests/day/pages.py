"""What the accountant expects to stand on the screen: his figures in the words of the board.

A line is compared with its runs of spaces made one, so how columns are laid out is left to the
tests of each view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from tests.day.accountant import (
    CAPACITY,
    LEADS,
    NAMES,
    Figures,
    Load,
    Runs,
    end_runs,
    median,
    mine,
    panel,
    why,
    workload,
)
from tests.day.accountant import interval as between
from tests.day.books import Books, Entry, Standing
from tests.day.clockwork import DESK, Shown

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
PERIODS = {1: "this week", 4: "4 weeks", 12: "12 weeks"}
_METRICS = {
    "first_response": "1st",
    "next_response": "next",
    "update": "upd",
    "resolution": "fix",
}
_BY = {
    "desk_mail": ("mail to the desk", "mail, desk in copy"),
    "direct_mail": ("mail to a person", "mail to a person"),
    "forwarded": ("forwarded mail", "mail that was forwarded"),
    "walk_up": ("walk-up", "walking up"),
    "phone": ("phone", "phone"),
    "chat": ("chat", "chat"),
}


def plain(line: str) -> str:
    """Return a line with one space where there are several."""
    return " ".join(line.split())


# ---------------------------------------------------------------------- moments and lengths


def stamp(at: datetime, now: datetime) -> str:
    """Return "10:42" today, else "Mon 23 Nov 10:42"."""
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%a} {at.day} {at:%b %H:%M}"


def to_come(at: datetime, now: datetime) -> str:
    """Return "15:10", "Thu 09:30", "4 Dec"."""
    days = (at.date() - now.date()).days
    if not days:
        return f"{at:%H:%M}"
    return f"{at:%a %H:%M}" if 0 < days < 7 else f"{at.day} {at:%b}"


def clock_face(minutes: int) -> str:
    """Return "0:25", "13:21"; "120 h" where minutes don't matter."""
    return f"{minutes // 60} h" if minutes >= 100 * 60 else f"{minutes // 60}:{minutes % 60:02}"


def length(minutes: float) -> str:
    """Return "25 min", "1 h 10", "4 h", "39 h"."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest and hours < 10 else f"{hours} h"


def age(span: timedelta) -> str:
    """Return "6 min", "3 h", "2 days"."""
    if span < _HOUR:
        return f"{span // timedelta(minutes=1)} min"
    return f"{span // _HOUR} h" if span < 2 * _DAY else f"{span // _DAY} days"


def clock(shown: Shown | None, now: datetime, *, wide: bool) -> tuple[str, str]:
    """Return the sign of a clock and its words."""
    assert shown is not None
    if shown.due is None:
        rest = length(shown.left)
        return "=", f"paused {rest}" if wide else rest
    if shown.late:
        face = clock_face(shown.left)
        return "×", f"overdue {face}" if wide else f"late {face}"
    sign = "!" if shown.at_risk else ""
    if shown.at_risk or shown.left < 120:
        face = clock_face(shown.left)
        return sign, f"{face} left" if wide else face
    return sign, f"due {to_come(shown.due, now)}" if wide else to_come(shown.due, now)


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
    return " · ".join([*parts, _BY[entry.channel][0], stamp(entry.received, now)])


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


# ---------------------------------------------------------------------- End-runs


def percent(part: int, of: int) -> str:
    """Return a share; a dash of what is less than twenty."""
    return "–" if of < 20 else f"{part / of:.0%}".replace("%", " %")


def runs_page(books: Books, me: str, weeks: int) -> list[str]:
    """Return the lines of the view of end-runs, but for those that are only drawn."""
    told = end_runs(books, me, weeks)
    page = [_summary(told)]
    if told.to_confirm:
        page.append(f"WAS IT ONE? {len(told.to_confirm)}")
        page += [_doubtful(each, books) for each in told.to_confirm[:6]]
        if len(told.to_confirm) > 6:
            page.append(f"and {len(told.to_confirm) - 6} more")
    page += ["BY PERSON", "count minutes known a week focus of work"]
    page += _ordered(
        (each.runs.count, _person(NAMES[each.login], each.runs, told, each.work))
        for each in told.people
    )
    page.append(_person("the team", told.team, told, 0))
    page += ["BY WEEK", plain(" ".join(str(count) for _, count in told.by_week))]
    page += [_labels([start for start, _ in told.by_week]), "WHAT COMES OF IT"]
    page += _doors(told)
    if told.team.count:
        page.append("BY DOOR")
        page += _tallies((_BY[key][1], runs) for key, runs in told.channels)
        page += ["BY HOUR", *_hours(told.by_hour)]
    if me in LEADS and told.departments:
        page.append("DEPARTMENTS")
        names = {key: each["name"] for key, each in DESK["departments"].items()}
        page += _tallies((names.get(key, "no department"), runs) for key, runs in told.departments)
        page.append("WHO ASKED MOST")
        page += _tallies(told.requesters)
    return page


def _summary(told: Figures) -> str:
    team = told.team
    said = f"≥ {team.count}" if team.count else "0"
    said += f" of {told.requests} requests"
    if told.requests >= 20:
        said += f", {percent(team.count, told.requests)}"
    said += f" · {team.emergencies} emergenc{'y' if team.emergencies == 1 else 'ies'}"
    if team.emergencies and team.count >= 20:
        said += f", {percent(team.emergencies, team.count)}"
    return said + (f" · {team.probable} of them only probable" if team.probable else "")


def _doubtful(entry: Entry, books: Books) -> str:
    stands = next(how for each, how in books.standings if each is entry)
    state = stands.state.replace("_", " ")
    parts = (
        *(f"#{entry.number}", f"{entry.rule}?", stamp(entry.received, books.now)),
        *(f"to {NAMES[entry.person]}", entry.name, entry.subject, state),
    )
    return plain(" ".join(parts))


def _person(name: str, runs: Runs, told: Figures, work: int) -> str:
    parts = [name, str(runs.count)]
    parts += [f"{runs.emergencies}!"] if runs.emergencies else []
    parts += [str(runs.minutes) if runs.timed else "–", f"{runs.timed} of {runs.count}"]
    parts += [length(runs.minutes / told.weeks) if runs.timed else "–"]
    parts += [length(15 * runs.interruptions) if runs.interruptions else "–"]
    return " ".join([*parts, percent(runs.count, work)])


def _labels(starts: Sequence[datetime]) -> str:
    said, month = [], 0
    for start in starts:
        said.append(str(start.day) if start.month == month else f"{start.day} {start:%b}")
        month = start.month
    return " ".join(said)


def _doors(told: Figures) -> Iterator[str]:
    for door, took in (("side", told.side), ("front", told.front)):
        said = f"{len(took)} answered"
        if len(took) >= 6:
            low, high = (length(each / timedelta(minutes=1)) for each in between(took))
            middle = length(median(took) / timedelta(minutes=1))
            said = f"{middle} median of {len(took)}; {low} to {high}"
        yield f"First answer, {door} door {said}"
    yield _faster(told.side, told.front)
    said = f"{told.again} time{'' if told.again == 1 else 's'} somebody asked again"
    if told.again < 6:
        said += "; told from 6 on"
    else:
        said = f"{told.by_front} of {said}"
        if told.again >= 20:
            said += f", {percent(told.by_front, told.again)}"
    yield f"Came next by the front door {said}"


def _faster(side: Sequence[int], front: Sequence[int]) -> str:
    if min(len(side), len(front)) < 30:
        return "Too few to say which is faster: that takes 30 of each."
    if between(side)[1] < between(front)[0]:
        return "The side door is faster: whoever waits at the desk waits longer."
    if between(front)[1] < between(side)[0]:
        return "The front door is faster: that is worth telling those who go around it."
    return "Neither door is clearly faster."


def _tallies(kinds: Iterable[tuple[str, Runs]]) -> list[str]:
    told = []
    for name, runs in kinds:
        emergencies = f" {runs.emergencies}!" if runs.emergencies else ""
        told.append((runs.count, f"{name} {runs.count}{emergencies}"))
    return _ordered(told)


def _ordered(lines: Iterable[tuple[int, str]]) -> list[str]:
    """Return lines with most first, of the same count in the order of their words."""
    return [line for _, line in sorted(lines, key=lambda one: (-one[0], one[1]))]


def _hours(counts: Sequence[int]) -> Iterator[str]:
    used = [hour for hour, count in enumerate(counts) if count]
    hours = range(min([8, *used]), max([16, *used]) + 1)
    yield plain(" ".join(str(counts[hour]) for hour in hours if counts[hour]))
    yield " ".join(f"{hour:02}" for hour in hours)


# ---------------------------------------------------------------------- Workload


def everybody(books: Books) -> str:
    """Return the line above the columns."""
    return " ".join(
        f"{NAMES[one.login]} {one.load:.1f}{' ▲' if one.load > CAPACITY[one.login] else ''}"
        for one in workload(books)
    )


def columns(books: Books) -> list[list[str]]:
    """Return the lines of each column, the requests in no order."""
    return [_column(one, books.now) for one in workload(books)]


def _column(one: Load, now: datetime) -> list[str]:
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
    if one.minutes:
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
