"""What the accountant expects of the view of end-runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from tests.day.basics import LEADS, NAMES
from tests.day.books import Books, Entry
from tests.day.clockwork import DESK
from tests.day.side_door import Figures, Runs, end_runs, interval, median
from tests.day.words import BY, length, percent, plain, stamp

PERIODS = {1: "this week", 4: "4 weeks", 12: "12 weeks"}


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
        page += _tallies((BY[key][1], runs) for key, runs in told.channels)
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
            low, high = (length(each / timedelta(minutes=1)) for each in interval(took))
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
    if interval(side)[1] < interval(front)[0]:
        return "The side door is faster: whoever waits at the desk waits longer."
    if interval(front)[1] < interval(side)[0]:
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
    yield " ".join(f"{hour:02}:{counts[hour] or '–'}" for hour in hours)
