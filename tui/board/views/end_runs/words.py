"""The figures of end-runs in words: what it comes to, people, doors, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from store.end_run_records import (
    BACK_INTO_WORK,
    Converted,
    Doors,
    EndRunsView,
    Part,
    Period,
    RunCount,
)
from store.rules.attention import rounded
from store.rules.end_run_stats import COMPARED_FROM
from store.rules.small_numbers import COUNTED_FROM, SHARE_FROM
from store.words import Channel
from tui.board.cells import fit, settled
from tui.board.screens import ink
from tui.board.views.end_runs.chart import bar

if TYPE_CHECKING:
    from store.end_run_records import Speed

PERIODS = {
    Period.WEEK: "this week",
    Period.FOUR_WEEKS: "4 weeks",
    Period.TWELVE_WEEKS: "12 weeks",
}
CHANNELS = {
    Channel.DESK_MAIL: "mail, desk in copy",
    Channel.DIRECT_MAIL: "mail to a person",
    Channel.FORWARDED: "mail that was forwarded",
    Channel.WALK_UP: "walking up",
    Channel.PHONE: "phone",
    Channel.CHAT: "chat",
    Channel.WEB: "web",
}
#: Cells of a bar, from how wide a line on a longer one, and how long the names are then.
_BAR, _WIDE_BAR, _WIDE_FROM = 8, 24, 106
_NAME, _WIDE_NAME = 12, 26
_DASH = "–"
#: Titles and cells of the columns of what it took.
_COLUMNS = (("minutes", 8), ("known", 11), ("a week", 8), ("focus", 8), ("of work", 8))


def percent(share: float | None) -> str:
    """Return "12 %", or a dash where too little is known."""
    return _DASH if share is None else f"{share:.0%}".replace("%", " %")


def at_least(count: int) -> str:
    """Return a count as what it is: personal mailboxes are never read."""
    return f"≥ {count:,}" if count else "0"


def summary(view: EndRunsView) -> Content:
    """Return "≥ 17 of 142 requests, 12 % · 2 emergencies, 12 % · 3 probable"."""
    team, of_all = view.team, f"of {view.requests:,} requests"
    parts = [[(at_least(team.count), "bold"), (f" {of_all}", "")]]
    if view.rate is not None:
        parts[0].append((f", {percent(view.rate)}", ""))
    parts.append([(_counted(team.emergencies, "emergency", "emergencies"), "")])
    if view.emergency_share is not None and team.emergencies:
        parts[1].append((f", {percent(view.emergency_share)}", ""))
    if team.probable:
        parts.append([(f"{team.probable:,} of them only probable", "")])
    between = Content.styled(" · ", ink.MUTED)
    return between.join(Content.assemble(*part) for part in parts)


def tally(name: str, count: int, emergencies: int, most: int, cells: int) -> Content:
    """Return "Ito  ████████  4  1!"."""
    wide = cells >= _WIDE_FROM
    names, bars = (_WIDE_NAME, _WIDE_BAR) if wide else (_WIDE_NAME, _BAR)
    return Content.assemble(
        fit(name, names),
        " ",
        (fit(bar(count, most, bars), bars), ink.MUTED),
        f"{count:>6,}",
        (f"  {emergencies:,}!" if emergencies else "", ink.RISK),
    )


def titles(cells: int) -> Content:
    """Return what stands above the people."""
    names, bars = _room(cells)
    columns = "".join(title.rjust(room) for title, room in _COLUMNS)
    return Content.styled(f"{' ' * (names + bars + 1)}{'count':>6}{'':>5}{columns}", ink.MUTED)


def person(
    name: str,
    runs: RunCount,
    share: float | None,
    weeks: float,
    *,
    most: int,
    cells: int,
    style: str = "",
) -> Content:
    """Return the line of a person, or of the team: how many, what it took, of their work."""
    names, bars = _room(cells)
    figures = (
        f"{runs.minutes:,}" if runs.timed else _DASH,
        f"{runs.timed:,} of {runs.count:,}",
        rounded(timedelta(minutes=runs.minutes) / weeks) if runs.timed else _DASH,
        rounded(runs.focus_lost) if runs.interruptions else _DASH,
        percent(share),
    )
    told = "".join(figure.rjust(room) for figure, (_, room) in zip(figures, _COLUMNS, strict=True))
    return Content.assemble(
        (fit(name, names), style),
        " ",
        (fit(bar(runs.count, most, bars), bars), ink.TELL if style else ink.MUTED),
        (f"{runs.count:>6,}", style),
        (f"{runs.emergencies:>4,}!" if runs.emergencies else " " * 5, ink.RISK),
        (told, style),
    )


def _room(cells: int) -> tuple[int, int]:
    return (_WIDE_NAME, _WIDE_BAR) if cells >= _WIDE_FROM else (_NAME, _BAR)


def what_comes_of_it(doors: Doors | None, converted: Converted | None) -> list[Content]:
    """Return whether the side door is faster, and whether people come by the other one next."""
    lines = []
    if doors is not None:
        lines.append(_speed("First answer, side door", doors.side))
        lines.append(_speed("First answer, front door", doors.front))
        lines.append(Content.styled(_faster(doors), ink.MUTED))
    if converted is not None:
        told = Content.assemble(
            (fit("Came next by the front door", _LABEL), ink.MUTED), *_converted(converted)
        )
        lines.append(told)
    return lines


_LABEL = 31


def _speed(label: str, speed: Speed) -> Content:
    said: list[tuple[str, str]] = [(f"{speed.n:,} answered", "")]
    if speed.median is not None and speed.low is not None and speed.high is not None:
        between = f"{rounded(speed.low)} to {rounded(speed.high)}"
        said = [(rounded(speed.median), "bold"), (f"  median of {speed.n:,}; {between}", "")]
    return Content.assemble((fit(label, _LABEL), ink.MUTED), *said)


def _faster(doors: Doors) -> str:
    side, front = doors.side, doors.front
    if not doors.comparable:
        return f"Too few to say which is faster: that takes {COMPARED_FROM} of each."
    if side.high is None or side.low is None or front.high is None or front.low is None:
        return ""
    if side.high < front.low:
        return "The side door is faster: whoever waits at the desk waits longer."
    if front.high < side.low:
        return "The front door is faster: that is worth telling those who go around it."
    return "Neither door is clearly faster."


def _converted(told: Converted) -> list[tuple[str, str]]:
    if told.front is None:
        again = _counted(told.again, "time", "times")
        return [(f"{again} somebody asked again; told from {COUNTED_FROM} on", "")]
    share = "" if told.share is None else f", {percent(told.share)}"
    times = f" of {told.again:,} times somebody asked again{share}"
    return [(f"{told.front:,}", "bold"), (times, "")]


def listed(figure: tuple[Part, str], count: int, period: Period, name: str) -> str:
    """Return what is listed: "9 end-runs to Ben, this week, newest first"."""
    part, key = figure
    known = {
        Part.PERSON: f" to {settled(name)}",
        Part.REQUESTER: f" of {settled(name) or 'somebody without a name'}",
        Part.DEPARTMENT: f" of {settled(name) or 'no department'}",
        Part.CHANNEL: f" by {CHANNELS[Channel(key)]}" if part is Part.CHANNEL else "",
    }
    runs = _counted(count, "end-run", "end-runs")
    return f"{runs}{known.get(part, '')}, {PERIODS[period]}, newest first"


def bound(view: EndRunsView) -> str:
    """Return what to keep in mind of every figure."""
    since = f"{view.since:%a} {view.since.day} {view.since:%b}"
    return f"Since {since}. Every count is the least it can be."


def notes(*, lead: bool, read_only: bool) -> Sequence[str]:
    """Return how it is counted, and what is left out."""
    minutes = int(BACK_INTO_WORK.total_seconds()) // 60
    told = [
        "Every count is the least it can be: what people keep in their own mailboxes is not read.",
        "Probable ones count until somebody says that they were none; suspected ones never do.",
        "Minutes: of those of which somebody said how long they took, and of how many that is.",
        f"Focus: {minutes} min for each who walked up, phoned or chatted; assumed, not measured.",
        "Of work: of all they were asked so, and else have answered and have.",
        "Answers: in open hours, until the first answer or the end; without emergencies.",
        f"Below {COUNTED_FROM} only a count is told, a share from {SHARE_FROM} on.",
    ]
    if read_only:
        return [*told, "A board that only looks on shows nobody's name."]
    return told if lead else [*told, "Others' names, requesters and departments are for leads."]


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
