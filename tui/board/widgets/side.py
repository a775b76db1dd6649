"""Beside the queue: who is on watch, the week's end-runs, today. Below it on a narrow screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from store.rules import small_numbers
from tui.board.cells import fit, settled, width, wrapped
from tui.board.columns import HAND
from tui.board.screens import ink
from tui.board.widgets.bar import NOTHING, Bar, same

if TYPE_CHECKING:
    from store.records import Actor, EndRunCounts, Summary
    from tui.board.telling import Names
    from tui.board.watch_words import Turn

#: Cells of a line of the panel.
_CELLS = 29
#: Cells of a moment, and of a person's name, before what is said of them.
_WHEN, _WHO = 7, 11
_BAR = 12
#: By the tone of a line of the watch.
_INK = {"gap": ink.LATE, "risk": ink.RISK, "note": "bold"}
#: People shown with a bar each.
_PEOPLE = 6
#: Emergencies told of one by one.
_CALLS = 3
#: Cells of a name, and requests told by number, of those that need a hand.
_NAME, _NUMBERS = 11, 2
#: Outages shown with two lines each.
_OUTAGES = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside the queue."""

    me: Actor
    names: Names
    turns: tuple[Turn, ...]
    summary: Summary
    offered: Mapping[str, tuple[int, ...]]
    """Requests that need a hand, by the login of who has them."""
    outages: tuple[tuple[str, str, str, str], ...]
    """(name, when, that in short, how many people) of each that is known."""
    calls: tuple[tuple[int, str], ...]
    """Emergencies that nobody is on: number, and who was called last."""


class Side(Widget):
    """The panel at the right of a wide screen."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shown = NOTHING

    def tell(self, beside: Beside) -> None:
        """Say how things stand; draw only if that is something else than before."""
        parts = [_watch(beside.turns), _end_runs(beside), _today(beside.summary)]
        if beside.offered:
            parts.insert(1, _hands(beside))
        if beside.outages:
            parts.insert(0, _outages(beside.outages))
        if beside.calls:
            parts.insert(0, _calls(beside))
        told = Content("\n\n").join(parts)
        if not same(told, self._shown):
            self._shown = told
            self.refresh()

    def render(self) -> Content:
        """Draw it."""
        return self._shown


class StatusLine(Bar):
    """The same in one line, for a narrow screen."""

    def tell(self, beside: Beside) -> None:
        """Say how things stand, as much of it as there is room for."""
        from tui.board.watch_words import cells, fitting

        runs = " ".join(f"{who} {count}" for who, count in _told_runs(beside))
        total = f"end-runs {_at_least(beside.summary.end_runs.count)} "
        named = f"{total.rstrip()}: {runs} " if runs else total
        between = Content.styled(" · ", ink.MUTED)
        for outage in _outages_in_short(beside.outages):
            shown = _urgent_in_short(beside, outage)
            room = self.size.width - 2 - sum(each.cell_length + len(between) for each in shown)
            # The first spared are the names of those who had end-runs, then what is told of the
            # watch, but for one thing; for that, when an outage began.
            turns, right = fitting(beside.turns, room - width(named), len(between)), named
            if len(turns) < len(beside.turns):
                turns, right = fitting(beside.turns, room - width(total), len(between)), total
            if cells(turns, len(between)) <= room - width(right):
                break
        shown += [Content.styled(turn.short, _INK.get(turn.tone, "")) for turn in turns]
        self.show(Content(" ").append(between.join(shown)), NOTHING, Content(right))


def _urgent_in_short(beside: Beside, outage: str) -> list[Content]:
    """Return what stands before the watch: calls, an outage, and who needs a hand."""
    told = [(_calls_in_short(beside) if beside.calls else "", ink.LATE), (outage, ink.RISK)]
    told.append((_hands_in_short(beside), ink.TELL))
    return [Content.styled(words, style) for words, style in told if words]


def _outages_in_short(known: Sequence[tuple[str, str, str, str]]) -> tuple[str, ...]:
    """Return the first in words, the longest form first; without any one empty form."""
    if not known:
        return ("",)
    name, *whens, people = known[0]
    after = f"({people.partition(' ')[0]})"
    if len(known) > 1:
        after += f" and {len(known) - 1} more"
    return tuple(" ".join(filter(None, ("▲", name, when, after))) for when in whens)


def _caption(words: str, right: str = "") -> Content:
    gap = " " * max(_CELLS - 1 - width(words) - width(right), 1)
    return Content.assemble((words, f"{ink.MUTED} bold"), gap, (right, "bold"))


def _watch(turns: tuple[Turn, ...]) -> Content:
    lines = [_caption("ON WATCH")]
    for turn in turns:
        when = turn.when
        for part in wrapped(turn.what, _CELLS - _WHEN):
            what = Content.styled(part, _INK.get(turn.tone, ""))
            lines.append(Content.assemble((fit(when, _WHEN), ink.MUTED), what))
            when = ""
    return Content("\n").join(lines)


def _calls(beside: Beside) -> Content:
    lines = [_caption("EMERGENCIES", str(len(beside.calls)))]
    for number, words in beside.calls[:_CALLS]:
        lines.append(Content.styled(f"! #{number} nobody is on it", ink.LATE))
        lines += [Content.styled(f"  {words}", ink.MUTED)] if words else []
    if more := len(beside.calls[_CALLS:]):
        lines.append(Content.styled(f"! and {more} more that nobody is on", ink.LATE))
    return Content("\n").join(lines)


def _calls_in_short(beside: Beside) -> str:
    first = f"! #{beside.calls[0][0]}"
    more = f" and {len(beside.calls) - 1} more" if len(beside.calls) > 1 else ""
    return f"{first}{more}: nobody is on it"


def _hands(beside: Beside) -> Content:
    """Return who needs a hand with what."""
    lines = [_caption(f"{HAND} NEEDS A HAND")]
    for login, numbers in list(beside.offered.items())[:_PEOPLE]:
        name = fit(settled(beside.names.person(login)), _NAME)
        lines.append(Content.assemble((name, ink.MUTED), (_few(numbers), ink.TELL)))
    return Content("\n").join(lines)


def _hands_in_short(beside: Beside) -> str:
    """Return "⚑ Ben needs a hand: #1042"; "" if nobody else does."""
    others = {k: numbers for k, numbers in beside.offered.items() if k != beside.me.login}
    if not others:
        return ""
    names = [settled(beside.names.person(login)) for login in others]
    who = f"{names[0]} needs" if len(names) == 1 else f"{len(names)} people need"
    numbers = sorted(number for some in others.values() for number in some)
    return f"{HAND} {who} a hand: {_few(numbers)}"


def _few(numbers: Sequence[int]) -> str:
    """Return "#1042 #1039", or the first of many and how many more."""
    more = [f"+{len(numbers) - _NUMBERS}"] if len(numbers) > _NUMBERS else []
    return " ".join([*(f"#{number}" for number in numbers[:_NUMBERS]), *more])


def _outages(known: tuple[tuple[str, str, str, str], ...]) -> Content:
    lines = [_caption("KNOWN TO BE DOWN")]
    for name, when, _, people in known[:_OUTAGES]:
        shown = fit(name, _CELLS - width(people) - 3)
        lines.append(Content.assemble((f"▲ {shown} ", ink.RISK), (people, ink.MUTED)))
        lines.append(Content.styled(f"  {when}", ink.MUTED))
    if (more := len(known) - _OUTAGES) > 0:
        lines.append(Content.styled(f"  {more} more", ink.MUTED))
    return Content("\n").join(lines)


def _told_runs(beside: Beside) -> list[tuple[str, int]]:
    """Return the end-runs by name: to leads everybody's, to others only their own."""
    runs = beside.summary.end_runs_week
    return [(settled(beside.names.person(login)), count) for login, count in runs]


def _at_least(count: int) -> str:
    """Return a count of end-runs as what it is: personal mailboxes are never read."""
    return f"≥ {count:,}" if count else "0"


def _end_runs(beside: Beside) -> Content:
    runs, team = _told_runs(beside), beside.summary.end_runs
    lines = [_caption("END-RUNS THIS WEEK", _at_least(team.count))]
    most = max((count for _, count in runs), default=0)
    mine = [login == beside.me.login for login, _ in beside.summary.end_runs_week]
    for (name, count), is_mine in [*zip(runs, mine, strict=True)][:_PEOPLE]:
        bar = "█" * max(round(count / most * _BAR), 1)
        style, colour = ("bold", ink.TELL) if is_mine else ("", ink.MUTED)
        shown = ((fit(name, _WHO), style), (fit(bar, _BAR), colour), (f"{count:>4,}", style))
        lines.append(Content.assemble(*shown))
    lines.append(Content.styled(_of_the_team(team), ink.MUTED))
    return Content("\n").join(lines)


def _of_the_team(team: EndRunCounts) -> str:
    """Return "team 12 % · 2 emergencies"; few requests are only counted: "of 11 requests"."""
    if not team.count:
        return "none that we know of"
    _, share = small_numbers.part(team.requests, team.count)
    told = f"team {share:.0%}".replace("%", " %") if share else f"of {team.requests} requests"
    if not team.emergencies:
        return told
    return f"{told} · {team.emergencies:,} emergenc{'y' if team.emergencies == 1 else 'ies'}"


def _today(summary: Summary) -> Content:
    counts = Content.assemble(
        ("in ", ink.MUTED),
        f"{summary.received_today}",
        ("  out ", ink.MUTED),
        f"{summary.resolved_today}",
        ("  thanks ", ink.MUTED),
        f"{summary.thanks_today}",
    )
    return Content("\n").join([_caption("TODAY"), counts])
