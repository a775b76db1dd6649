"""Beside the queue: who is on watch, the week's end-runs, today. Below it on a narrow screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from store.words import Role
from tui.board.cells import fit, settled, width, wrapped
from tui.board.screens import ink
from tui.board.widgets.bar import NOTHING, Bar, same

if TYPE_CHECKING:
    from store.records import Actor, Summary
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


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside the queue."""

    me: Actor
    names: Names
    turns: tuple[Turn, ...]
    summary: Summary


class Side(Widget):
    """The panel at the right of a wide screen."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shown = NOTHING

    def tell(self, beside: Beside) -> None:
        """Say how things stand; draw only if that is something else than before."""
        parts = [_watch(beside.turns), _end_runs(beside), _today(beside.summary)]
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
        from tui.board.watch_words import fitting

        runs = " ".join(f"{who} {count}" for who, count in _told_runs(beside))
        total = f"end-runs {_at_least(sum(each for _, each in beside.summary.end_runs_week))} "
        right = f"{total.rstrip()}: {runs} " if runs else total
        between = Content.styled(" · ", ink.MUTED)
        # The first spared are the names of those who had end-runs, then what is told of the watch.
        turns = fitting(beside.turns, self.size.width - width(right) - 2, len(between))
        if len(turns) < len(beside.turns):
            right = total
            turns = fitting(beside.turns, self.size.width - width(right) - 2, len(between))
        shown = [Content.styled(turn.short, _INK.get(turn.tone, "")) for turn in turns]
        self.show(Content(" ").append(between.join(shown)), NOTHING, Content(right))


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


def _told_runs(beside: Beside) -> list[tuple[str, int]]:
    """Return the end-runs by name: to leads everybody's, to others only their own."""
    runs = beside.summary.end_runs_week
    if beside.me.role is not Role.LEAD:
        runs = tuple((login, count) for login, count in runs if login == beside.me.login)
    return [(settled(beside.names.person(login)), count) for login, count in runs]


def _at_least(count: int) -> str:
    """Return a count of end-runs as what it is: personal mailboxes are never read."""
    return f"≥ {count}" if count else "0"


def _end_runs(beside: Beside) -> Content:
    runs = _told_runs(beside)
    total = sum(count for _, count in beside.summary.end_runs_week)
    lines = [_caption("END-RUNS THIS WEEK", _at_least(total))]
    most = max((count for _, count in runs), default=0)
    for name, count in runs[:_PEOPLE]:
        bar = "█" * max(round(count / most * _BAR), 1)
        lines.append(Content.assemble(fit(name, _WHO), (fit(bar, _BAR), ink.MUTED), f"{count:>4}"))
    if not total:
        lines.append(Content.styled("none that we know of", ink.MUTED))
    return Content("\n").join(lines)


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
