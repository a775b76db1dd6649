"""The view of workload in words: the head of a column, its requests, and everybody in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from textual.content import Content

from store.records import BoardRow
from store.rules.load import over
from store.words import Attendance, Group, State
from store.workload_records import Workload
from tui.board.attendance_words import holds, where, where_in_short
from tui.board.cells import fit, settled, width
from tui.board.columns import HAND
from tui.board.mail_words import age
from tui.board.outage_words import sign
from tui.board.screens import ink
from tui.board.telling import Names, Telling

#: Lines at the head of a column; a low screen has no room for the empty one at the end.
HEAD = 5
_LOW = 26
#: A column is never narrower.
LEAST = 38
#: The cursor, and where it is not.
AT, AWAY = Content.styled("▌", ink.KEY), Content(" ")
_BAR = 10
_PRIORITY, _CLOCK = 4, 10
_FULL, _FREE, _OVER = "▓", "░", "▲"
_SIGN = {Group.OVERDUE: ink.LATE, Group.AT_RISK: ink.RISK, Group.RUNNING: ""}
_WAITING = {State.WAITING_REQUESTER, State.WAITING_SUPPLIER}


def head_lines(height: int) -> int:
    """Return how many lines of a column of ``height`` its head takes."""
    return HEAD if height >= _LOW else HEAD - 1


@dataclass(frozen=True, slots=True)
class Setting:
    """What words depend on besides what they are about."""

    names: Names
    telling: Telling
    now: datetime
    tz: tzinfo
    readers: dict[int, str]
    """Initials of colleagues who have a request open, by its number."""


def head(one: Workload, setting: Setting, cells: int, *, here: bool) -> list[Content]:
    """Return the lines above somebody's requests; ``here``: the cursor is in this column."""
    name = setting.names.person(one.login)
    there = _where(one, setting, short=width(name) + 24 > cells)
    named = Content.assemble(
        (name, "bold" if here or one.present else ink.MUTED), "  ", (there, ink.MUTED)
    )
    quiet = "" if one.present else ink.MUTED
    counted = f"{one.open} open" + (f", {one.waiting} waiting" if one.waiting else "")
    if one.oldest is not None:
        counted += f", oldest {age(max(setting.now - one.oldest, timedelta()))}"
    ran = f"end-runs {one.end_run_minutes} min today" if one.end_run_minutes else ""
    lines = [named, _loaded(one, quiet), Content.styled(counted, quiet)]
    lines += [Content.styled(ran, ink.MUTED), Content("")]
    # Where there is no request to stand on, the cursor stands on the person.
    at = [AT if here and not one.rows else AWAY, *([AWAY] * len(lines))]
    return [mark + _fitted(line, cells - 1) for mark, line in zip(at, lines, strict=False)]


def _where(one: Workload, setting: Setting, *, short: bool) -> str:
    """Say whether they are there: "in", "in, no board open", "away until 13:00"."""
    if one.gone:
        return "not on the desk any more"
    if holds(one, setting.now) is Attendance.IN:
        return "in" if one.board else "in, no board open"
    return (where_in_short if short else where)(one, setting.now, setting.tz)


def _loaded(one: Workload, quiet: str) -> Content:
    """Return "load 6.5 of 10  ▓▓▓▓▓▓▓░░░", with a sign and a word where that is too much."""
    said = f"load {one.load:.1f}"
    if one.gone:
        return Content.styled(said, quiet)
    said += f" of {one.capacity:g}"
    full = min(round(_BAR * one.load / one.capacity), _BAR)
    bar = (_FULL * full + _FREE * (_BAR - full), quiet or ink.MUTED)
    if over(one.load, one.capacity):
        return Content.assemble((said, ink.RISK), "  ", bar, (f" {_OVER} over", ink.RISK))
    return Content.assemble((said, quiet), "  ", bar)


def line(
    row: BoardRow, setting: Setting, cells: int, digits: int, *, marked: bool, quiet: bool = False
) -> Content:
    """Return a request in one line of ``cells``: its clock, its number, its subject.

    ``quiet``: whoever has it is not there.
    """
    clock = setting.telling.clock(row, wide=False)
    colour = _SIGN.get(clock.group, ink.MUTED)
    priority = f"{row.priority}!" if row.emergency else str(row.priority)
    plain = ink.MUTED if quiet or row.state in _WAITING else ""
    content = Content.assemble(
        (clock.glyph or " ", colour),
        ("•" if marked else " ", ink.KEY),
        (fit(str(row.number), digits, right=True), plain),
        " ",
        (fit(priority, _PRIORITY), "bold" if row.emergency else plain),
        (fit(clock.words, _CLOCK), colour),
        " ",
    )
    room = max(cells - content.cell_length, 0)
    behind = ""
    for told in _behind(row, setting):
        # The subject keeps half of what there is.
        behind += f" {told}" if told and width(f"{behind} {told}") <= room // 2 else ""
    subject = settled(row.subject) or "(no subject)"
    content += Content.assemble((fit(subject, room - width(behind)), plain), (behind, ink.MUTED))
    return _fitted(content, cells)


def _behind(row: BoardRow, setting: Setting) -> tuple[str, ...]:
    """Return what is said behind a subject, what matters most first."""
    outage = sign(row.outage) if row.outage else ""
    waits = "waiting" if row.state in _WAITING else ""
    return setting.readers.get(row.number, ""), HAND if row.offered else "", waits, outage


def below(count: int, cells: int) -> Content:
    """Say how many requests of a column are not on the screen."""
    return Content.styled(fit(f"   … {count} more", cells), ink.MUTED)


def nothing(cells: int) -> Content:
    """Say that somebody has nothing."""
    return Content.styled(fit("   nothing to do", cells), ink.MUTED)


def everybody(people: Sequence[Workload], shown: range, setting: Setting, cells: int) -> Content:
    """Return everybody with their load in a line; those whose columns are shown stand out.

    Where not all fit, those go that are furthest from what is shown.
    """
    parts = [_briefly(one, setting, shown=at in shown) for at, one in enumerate(people)]
    first, last = max(shown.start, 0), min(shown.stop, len(parts))
    while first > 0 or last < len(parts):
        left, right = max(first - 1, 0), min(last + 1, len(parts))
        if _length(parts[left:right], left, right, len(parts)) > cells:
            break
        first, last = left, right
    before = [Content.styled("…", ink.MUTED)] if first else []
    after = [Content.styled("…", ink.MUTED)] if last < len(parts) else []
    return _fitted(Content(" ") + Content("  ").join([*before, *parts[first:last], *after]), cells)


def _length(parts: Sequence[Content], first: int, last: int, everything: int) -> int:
    more = 3 * ((first > 0) + (last < everything))
    return sum(part.cell_length + 2 for part in parts) + more


def _briefly(one: Workload, setting: Setting, *, shown: bool) -> Content:
    style = ink.MUTED if not one.present else "bold" if shown else ""
    said = Content.styled(f"{setting.names.person(one.login)} {one.load:.1f}", style)
    too_much = over(one.load, one.capacity) and not one.gone
    return said + Content.styled(f" {_OVER}", ink.RISK) if too_much else said


def _fitted(content: Content, cells: int) -> Content:
    return content.truncate(cells, ellipsis=True)
