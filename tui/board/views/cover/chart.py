"""The chart: a line for the desk, one for each person, one for nobody; days from left to right.

Pure. Lines are made once, when what they show or the width changes; a cursor is laid over them.
Whatever a colour says, a sign or a word says too: the desk is a thin line, a watch a thick one,
a gap has ``▲`` and its times, and a declared best effort is dotted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from textual.content import Content, Span

from tui.board.cells import settled, width
from tui.board.screens import ink
from tui.board.views.cover.rows import NOBODY, Piece, Row, Sort
from tui.board.views.cover.scale import Scale

#: Both halves of a cell, the left one, the right one.
_SIGNS = {
    Sort.OPEN: ("─", "╴", "╶"),
    Sort.WATCH: ("━", "╸", "╺"),
    Sort.GAP: ("━", "╸", "╺"),
    Sort.BEST_EFFORT: ("·", "·", "·"),
}
_STYLES = {
    Sort.OPEN: ink.MUTED,
    Sort.WATCH: "",
    Sort.GAP: f"{ink.LATE} bold",
    Sort.BEST_EFFORT: ink.MUTED,
}
_FAINT = f"{ink.MUTED} dim"
_NOW, _MIDNIGHT = "│", "┊"
#: Lines for gaps in words.
SAID_LINES = 2
_SATURDAY = 5
_WHOLE_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Chart:
    """The lines of the chart without their labels, each as many cells as its scale is wide."""

    scale: Scale
    days: Content
    marks: Content
    """Holidays, half days, days on which clocks change."""
    rows: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """What is to be said of days."""

    holidays: Mapping[date, str]
    short: frozenset[date]


def chart(shown: Sequence[Row], scale: Scale, days: Days, now: datetime, mine: str = "") -> Chart:
    """Return the chart of these rows; ``mine`` is the login whose watches stand out."""
    line = scale.column_at(now)
    return Chart(
        scale=scale,
        days=_named(scale, now),
        marks=_marked(scale, days, line),
        rows=tuple(_row(row, scale, line, mine) for row in shown),
    )


def columns(piece: Piece, scale: Scale) -> range:
    """Return the columns of a stretch."""
    halves = _halves(piece, scale)
    if not halves:
        return range(0)
    return range(scale.column(halves[0]), scale.column(halves[-1]) + 1)


def _halves(piece: Piece, scale: Scale) -> range:
    return scale.spread(piece.start, piece.end, whole=piece.sort is Sort.GAP)


class _Canvas:
    """A line to put text on, in a style."""

    def __init__(self, cells: int) -> None:
        self._signs = [" "] * cells
        self._styles = [""] * cells

    def put(self, column: int, sign: str, style: str) -> None:
        self._signs[column], self._styles[column] = sign, style

    def write(self, column: int, text: str, style: str) -> None:
        """Write text whose characters take one cell each."""
        for place, sign in enumerate(text, column):
            self.put(place, sign, style)

    def free(self, column: int, cells: int) -> bool:
        """Say whether nothing is here, nor just before and after."""
        return not "".join(self._signs[max(column - 1, 0) : column + cells + 1]).strip()

    def mark_now(self, column: int | None) -> None:
        """Mark the present, where nothing else is."""
        if column is not None and self._signs[column] == " ":
            self.put(column, _NOW, ink.TELL)

    def content(self) -> Content:
        spans, begins = [], 0
        for place in range(1, len(self._styles) + 1):
            if place == len(self._styles) or self._styles[place] != self._styles[begins]:
                if self._styles[begins]:
                    spans.append(Span(begins, place, self._styles[begins]))
                begins = place
        return Content("".join(self._signs), spans)

    def mark_days(self, scale: Scale) -> None:
        """Mark where days meet, where nothing else is."""
        for number in range(1, scale.days):
            column = number * scale.pitch - 1
            if self._signs[column] == " ":
                self.put(column, _MIDNIGHT, _FAINT)


def _named(scale: Scale, now: datetime) -> Content:
    """Return the line of dates; today stands out, weekends stand back."""
    canvas, today = _Canvas(scale.width), now.astimezone(scale.tz).date()
    for number in range(scale.days):
        day = scale.day(number)
        first = number == 0 or day.day == 1
        name = f"{day:%a} {day.day}"
        if first and width(longer := f"{name} {day:%b}") < scale.pitch:
            name = longer
        style = ink.MUTED if day.weekday() >= _SATURDAY else ""
        canvas.write(number * scale.pitch, name, ink.KEY if day == today else style)
    return canvas.content()


def _marked(scale: Scale, days: Days, line: int | None) -> Content:
    canvas, marks = _Canvas(scale.width), list(_marks(scale, days))
    ends = [number for number, _ in marks[1:]] + [scale.days]
    for (number, text), following in zip(marks, ends, strict=False):
        room = (following - number) * scale.pitch - 1
        shown = text if len(text) <= room else text[: room - 1] + "…"
        canvas.write(number * scale.pitch, shown, ink.MUTED)
    canvas.mark_now(line)
    return canvas.content()


def _marks(scale: Scale, days: Days) -> Iterator[tuple[int, str]]:
    for number in range(scale.days):
        day = scale.day(number)
        if name := days.holidays.get(day):
            # A name in letters of two cells would push its line aside.
            yield number, "".join(sign for sign in settled(name) if width(sign) == 1)
        elif day in days.short:
            yield number, "½"
        elif (hours := scale.hours(number)) != _WHOLE_DAY:
            yield number, f"{hours:g} h"


def _row(row: Row, scale: Scale, line: int | None, mine: str) -> Content:
    canvas = _Canvas(scale.width)
    owners: list[Piece | None] = [None] * scale.halves
    # Where two share a half, a gap is the one to be seen.
    for piece in sorted(row.pieces, key=lambda piece: piece.sort is Sort.GAP):
        for half in _halves(piece, scale):
            owners[half] = piece
    for half in range(0, scale.halves, 2):
        left, right = owners[half], owners[half + 1]
        shown = right if left is None or (right and right.sort is Sort.GAP) else left
        if shown is None:
            continue
        column = scale.column(half)
        sign = _SIGNS[shown.sort][0 if left and right else 1 if left else 2]
        canvas.put(column, sign, _style(shown, mine))
        after = owners[half + 2] if half + 2 < scale.halves else None
        if right and right is after and (half + 2) % (scale.cells * 2) == 0:
            canvas.put(column + 1, _SIGNS[right.sort][0], _style(right, mine))
    canvas.mark_now(line)
    canvas.mark_days(scale)
    return canvas.content()


def _style(piece: Piece, mine: str) -> str:
    return ink.TELL if mine and piece.who == mine else _STYLES[piece.sort]


def said(shown: Sequence[Row], scale: Scale, window: range) -> tuple[Content, ...]:
    """Return two lines that name gaps and best effort under them, as far as there is room.

    Args:
        shown: The rows.
        scale: The days.
        window: The columns that are on the screen; no words are cut off at its ends.
    """
    lines = [_Canvas(scale.width) for _ in range(SAID_LINES)]
    pieces = [piece for row in shown if row.key == NOBODY for piece in row.pieces]
    for piece in sorted(pieces, key=lambda piece: (piece.sort is not Sort.GAP, piece.start)):
        taken = columns(piece, scale)
        if taken and taken.start < window.stop and window.start < taken.stop:
            _name(piece, max(taken.start, window.start), window, hours(piece, scale.tz), lines)
    return tuple(line.content() for line in lines)


def _name(piece: Piece, column: int, window: range, times: str, lines: Sequence[_Canvas]) -> None:
    """Write what a stretch is from ``column`` on, or as near before as it fits."""
    gap = piece.sort is Sort.GAP
    forms = (f"▲ {times}", "▲") if gap else (f"best effort {times}", "best effort")
    for text in forms:
        begins = max(min(column, window.stop - len(text)), window.start)
        for line in lines:
            if len(text) <= len(window) and line.free(begins, len(text)):
                line.write(begins, text, _STYLES[piece.sort])
                return


def hours(piece: Piece, tz: tzinfo) -> str:
    """Return "14–22", "14:30–8", "Sat 14 – Mon 8": the times of a stretch, briefly."""
    start, end = piece.start.astimezone(tz), piece.end.astimezone(tz)
    if end.replace(tzinfo=None) - start.replace(tzinfo=None) > timedelta(1):
        return f"{start:%a} {_hour(start)} – {end:%a} {_hour(end)}"
    return f"{_hour(start)}–{'24' if _hour(end) == '0' else _hour(end)}"


def _hour(at: datetime) -> str:
    return f"{at.hour}:{at:%M}" if at.minute else f"{at.hour}"
