"""What the view lists: the figures under their headings, or the requests behind one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from textual.content import Content

from store.end_run_records import EndRunsView, Part, RunRow, Tally
from store.words import Channel
from tui.board.cells import fit, settled, wrapped
from tui.board.screens import ink
from tui.board.screens.stamps import stamp
from tui.board.views.end_runs import chart, words
from tui.board.widgets.listed import Line

if TYPE_CHECKING:
    from store.end_run_records import Converted, Doors
    from store.records import Actor
    from tui.board.telling import Names

#: Probable ones asked about at once; more would hide the figures.
_ASKED = 6
_BLANK = Line(Content(""))
_SEP = ":"
#: From this width on a line has room for who asked and where they belong.
_WIDE_FROM = 100


@dataclass(frozen=True, slots=True)
class Known:
    """What the view knows."""

    figures: EndRunsView
    doors: Doors | None = None
    converted: Converted | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """Who reads it, where and when."""

    me: Actor
    names: Names
    now: datetime
    tz: tzinfo
    cells: int


def key_of(part: Part, key: str) -> str:
    """Return the key of the line of a figure."""
    return f"{part}{_SEP}{key}"


def figure_of(line: str) -> tuple[Part, str] | None:
    """Return which figure a line is about; None if it is about a request."""
    part, sep, key = line.partition(_SEP)
    return (Part(part), key) if sep else None


def number_of(line: str) -> int | None:
    """Return which request a line is about; None if it is about a figure, or nothing."""
    return int(line.removeprefix("#")) if line.startswith("#") else None


def figures(known: Known, setting: Setting) -> list[Line]:
    """Return everything the view says."""
    view = known.figures
    lines = [Line(words.summary(view), key_of(Part.ALL, ""))]
    if view.to_confirm:
        lines += _heading(f"WAS IT ONE?  {len(view.to_confirm):,}")
        lines += requests(view.to_confirm[:_ASKED], setting)
        if (more := len(view.to_confirm) - _ASKED) > 0:
            lines.append(Line(Content.styled(f"and {more:,} more", ink.MUTED)))
    lines += _people(view, setting)
    lines += _heading("BY WEEK")
    lines += [Line(each) for each in chart.by_week(view.weeks, setting.cells)]
    lines += _heading("WHAT COMES OF IT")
    lines += [Line(each) for each in words.what_comes_of_it(known.doors, known.converted)]
    if view.channels:
        lines += _heading("BY DOOR")
        lines += _tallies(Part.CHANNEL, view.channels, setting, _channel)
        lines += _heading("BY HOUR")
        lines += [Line(each) for each in chart.by_hour(view.hours, setting.cells)]
    if view.departments:
        lines += _heading("DEPARTMENTS")
        lines += _tallies(Part.DEPARTMENT, view.departments, setting, _department)
    if view.requesters:
        lines += _heading("WHO ASKED MOST")
        lines += _tallies(Part.REQUESTER, view.requesters, setting, _requester)
    lines += _heading("HOW IT IS COUNTED")
    told = words.notes(lead=bool(view.departments), read_only=setting.me.read_only)
    parts = (part for each in told for part in wrapped(each, setting.cells))
    return [*lines, *(Line(Content.styled(each, ink.MUTED)) for each in parts)]


def _heading(text: str) -> Iterable[Line]:
    return _BLANK, Line(Content.styled(text, f"{ink.MUTED} bold"))


def _people(view: EndRunsView, setting: Setting) -> Iterator[Line]:
    yield from _heading("BY PERSON")
    cells, weeks = setting.cells, view.weeks_passed
    yield Line(words.titles(cells))
    most = max((one.runs.count for one in view.people), default=view.team.count)
    for one in view.people:
        mine = one.login == setting.me.login
        told = words.person(
            settled(setting.names.person(one.login)),
            one.runs,
            one.share,
            weeks,
            most=most,
            cells=cells,
            style="bold" if mine else "",
        )
        yield Line(told, key_of(Part.PERSON, one.login))
    yield Line(words.person("the team", view.team, None, weeks, most=0, cells=cells))


def _tallies(
    part: Part, tallies: Sequence[Tally], setting: Setting, name: Callable[[Tally], str]
) -> Iterator[Line]:
    most = max(one.count for one in tallies)
    for one in tallies:
        told = words.tally(name(one), one.count, one.emergencies, most, setting.cells)
        yield Line(told, key_of(part, one.key))


def _channel(one: Tally) -> str:
    return words.CHANNELS[Channel(one.key)]


def _department(one: Tally) -> str:
    return settled(one.name) or "no department"


def _requester(one: Tally) -> str:
    return settled(one.name) or "somebody without a name"


def requests(some: Iterable[RunRow], setting: Setting) -> Iterator[Line]:
    """Return a line for each request."""
    for one in some:
        yield Line(_request(one, setting), f"#{one.row.number}")


def _request(one: RunRow, setting: Setting) -> Content:
    row, wide = one.row, setting.cells >= _WIDE_FROM
    took = "" if one.minutes is None else f"{one.minutes:,} min"
    doubt = "?" if row.end_run_certainty == "probable" else ""
    sign = "!" if row.emergency else ""
    columns = [
        (f"#{row.number}", 8, ""),
        (sign, 2, ink.RISK),
        (f"{row.end_run_rule}{doubt}", 4, ink.MUTED),
        (stamp(row.received_at, setting.now, setting.tz), 18 if wide else 17, ink.MUTED),
        (f"to {settled(setting.names.person(row.end_run))}", 14 if wide else 10, ""),
        (settled(row.requester.name) or settled(row.requester.address), 20 if wide else 12, ""),
        (took, 9 if wide else 0, ink.MUTED),
        (str(row.state).replace("_", " "), 19 if wide else 0, ink.MUTED),
    ]
    shown = [Content.styled(fit(text, cells - 1) + " ", style) for text, cells, style in columns]
    left = setting.cells - sum(cells for _, cells, _ in columns)
    subject = fit(settled(row.subject) or "(no subject)", max(left - 1, 8))
    return Content("").join([*shown[:6], Content(subject + " "), *(shown[6:] if wide else ())])
