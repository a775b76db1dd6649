"""The clocks of a request in words: what runs, what is late, what was kept."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from textual.content import Content

from store.records import ClockFace, ClockView, RequestView
from store.rulebook import Rulebook
from store.rules.attention import clock_words, moment, rounded
from store.rules.hours import Hours
from store.words import ClockStatus, Group, Metric
from tui.board.screens import ink
from tui.board.screens.stamps import stamp

NAMES = {
    Metric.FIRST_RESPONSE: "first response",
    Metric.NEXT_RESPONSE: "next response",
    Metric.UPDATE: "update",
    Metric.RESOLUTION: "resolution",
}
#: Cells of the longest label and a gap.
LABEL_WIDTH = 16
_STYLES = {Group.OVERDUE: ink.LATE, Group.AT_RISK: ink.RISK}
_LIVE = {ClockStatus.RUNNING, ClockStatus.OUTSIDE_HOURS, ClockStatus.PAUSED}


def words(clock: ClockView, rules: Rulebook, now: datetime) -> Content:
    """Return what one clock says: "× overdue 0:12, since 10:30", "met 10:28, 13 min of 1 h"."""
    tz = ZoneInfo(rules.timezone)
    if clock.status in _LIVE:
        hours = rules.hours[clock.calendar]
        face = _face(clock)
        glyph, said, group = clock_words(face, hours, tz, now, "wide")
        return Content.assemble(
            (f"{glyph} {said}".strip(), _STYLES.get(group, "")),
            (_beside(face.due, said, hours, tz, now), ink.MUTED),
        )
    if clock.status in {ClockStatus.MET, ClockStatus.MISSED}:
        parts = [str(clock.status)]
        if clock.stopped_at:
            parts = [f"{clock.status} {stamp(clock.stopped_at, now, tz)}"]
        if clock.used is not None and clock.target is not None:
            parts.append(f"{rounded(clock.used)} of {rounded(clock.target)}")
        missed = clock.status is ClockStatus.MISSED
        return Content.styled(", ".join(parts), ink.LATE if missed else "")
    return Content.styled(str(clock.status).replace("_", " "), ink.MUTED)


def shown(view: RequestView) -> tuple[ClockView, ...]:
    """Return the clocks worth a line: not those no target was agreed for, or not begun."""
    silent = {ClockStatus.NOT_APPLICABLE, ClockStatus.NOT_STARTED}
    return tuple(clock for clock in view.clocks if clock.status not in silent)


def rows(view: RequestView, rules: Rulebook, now: datetime) -> list[tuple[str, Content]]:
    """Return the clocks as (label, words)."""
    return [(NAMES[clock.metric], words(clock, rules, now)) for clock in shown(view)] or [
        ("none runs", Content(""))
    ]


def line(view: RequestView, rules: Rulebook, now: datetime) -> Content:
    """Return the live clocks in one line, for the top of a narrow screen."""
    rows = [
        Content.assemble(f"{NAMES[clock.metric]} ", words(clock, rules, now))
        for clock in shown(view)
        if clock.status in _LIVE
    ]
    return Content(" · ").join(rows) if rows else Content("no clock runs")


def _beside(due: datetime | None, said: str, hours: Hours, tz: tzinfo, now: datetime) -> str:
    """Return what the words leave out: the moment beside a length, the length beside a moment."""
    if due is None:
        return ""
    if due < now:
        return f", since {stamp(due, now, tz)}"
    if said.startswith("due"):
        return f" ({rounded(hours.open_between(now, due))} open)"
    return f", due {moment(due, now, tz)}"


def _face(clock: ClockView) -> ClockFace:
    paused = clock.status is ClockStatus.PAUSED
    return ClockFace(
        metric=clock.metric,
        status=clock.status,
        calendar=clock.calendar,
        due=None if paused else clock.due,
        warn_75=None if paused else clock.warn_75,
        warn_90=None if paused else clock.warn_90,
        remaining=clock.remaining if paused else None,
    )
