"""End-runs by week and by hour, drawn with blocks; each column has its number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from textual.content import Content

from store.end_run_records import Tally
from tui.board.screens import ink

_BLOCKS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = 8
#: Lines of the chart by week, and its cells for each.
_ROWS = 4
_LEAST, _MOST = 6, 9
#: Hours that are always shown.
_FIRST, _LAST = 8, 16
_HOUR, _NARROW_HOUR = 4, 3


def bar(count: int, most: int, cells: int) -> str:
    """Return a bar of a count where the longest one has so many cells."""
    return "█" * max(round(count / most * cells), 1) if count and most else ""


def by_week(weeks: Sequence[Tally], cells: int) -> list[Content]:
    """Return a column for each week, its number under it, and when it began."""
    wide = min(max(cells // len(weeks), _LEAST), _MOST)
    most = max((week.count for week in weeks), default=0)
    tall = [_height(week.count, most, _ROWS) for week in weeks]
    lines = [
        Content.styled("".join(_block(each, row, wide - 2) + "  " for each in tall), ink.TELL)
        for row in reversed(range(_ROWS))
    ]
    counts = "".join(str(week.count).ljust(wide) for week in weeks)
    lines.append(Content.styled(counts.rstrip(), "bold"))
    days = [date.fromisoformat(week.key) for week in weeks]
    told = [f"{days[0].day} {days[0]:%b}"]
    told += [f"{b.day}" if a.month == b.month else f"{b.day} {b:%b}" for a, b in pairwise(days)]
    labels = "".join(label.ljust(wide) for label in told)
    lines.append(Content.styled(labels.rstrip(), ink.MUTED))
    return lines


def by_hour(hours: Sequence[int], cells: int) -> list[Content]:
    """Return a block for each hour of the day, its number if there is room, and the hour."""
    used = [hour for hour, count in enumerate(hours) if count]
    shown = range(min([_FIRST, *used]), max([_LAST, *used]) + 1)
    wide = _HOUR if len(shown) * _HOUR <= cells else _NARROW_HOUR
    most = max(hours)
    blocks = [_block(_height(hours[hour], most, 1), 0, 2) for hour in shown]
    counts = [str(hours[hour] or "") for hour in shown]
    rows = [(blocks, ink.TELL), ([f"{hour:02}" for hour in shown], ink.MUTED)]
    if max(map(len, counts)) < wide:
        rows.insert(1, (counts, "bold"))
    return [
        Content.styled("".join(each.ljust(wide) for each in row).rstrip(), style)
        for row, style in rows
    ]


def _height(count: int, most: int, rows: int) -> int:
    """Return how many eighths of a line a column is tall; what is there at all is seen."""
    if not count:
        return 0
    return max(round(count / most * rows * _EIGHTHS), 1)


def _block(tall: int, row: int, cells: int) -> str:
    return _BLOCKS[min(max(tall - row * _EIGHTHS, 0), _EIGHTHS)] * cells
