"""The columns of the queue: what each shows, how wide it is, and in which colour.

To change a column, change its function here; to add, drop or move one, change ``WIDE`` (the
list has 84 cells or more) or ``NARROW``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.words import LIVE_STATES, Group, Metric, State
from tui.board.cells import fit, settled, width
from tui.board.outage_words import sign

if TYPE_CHECKING:
    from store.records import Address, BoardRow
    from tui.board.telling import ClockText, Names

#: From this width on the list has room for who asked.
WIDE_FROM = 84


class Ink(StrEnum):
    """What a colour means; ``deskwatch.tcss`` says which colour it is."""

    PLAIN = "plain"
    MUTED = "muted"
    STRONG = "strong"
    LATE = "late"
    RISK = "risk"
    MARK = "mark"


Part = tuple[str, Ink]


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as it stands in the list at this moment."""

    row: BoardRow
    clock: ClockText
    marked: bool
    readers: str
    """Initials of colleagues who have it open."""
    call: tuple[str, ...] = ()
    """How the call to an emergency stands, the longest form first."""
    promise: tuple[str, bool] = ("", False)
    """By when something is promised, and whether that is late."""
    note: str = ""
    """What else there is to say of it in this list."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its cells, and what it shows."""

    title: str
    cells: int
    """0: whatever the other columns leave."""
    parts: Callable[[Shown, Names, int], tuple[Part, ...]]
    """What it shows in so many cells: parts with their colours, which may take fewer."""
    right: bool = False
    most: int = 0
    """What it may grow to where the list is wide."""


def _state(shown: Shown, _names: Names, _cells: int) -> tuple[Part, ...]:
    return ((shown.clock.glyph or " ", _urgency(shown)), ("•" if shown.marked else " ", Ink.MARK))


def _number(shown: Shown, _names: Names, _cells: int) -> tuple[Part, ...]:
    return ((str(shown.row.number), Ink.PLAIN),)


def _priority(shown: Shown, _names: Names, _cells: int) -> tuple[Part, ...]:
    if shown.row.emergency:
        return ((f"{shown.row.priority}!", Ink.STRONG),)
    return ((shown.row.priority, Ink.PLAIN),)


def _clock(shown: Shown, _names: Names, _cells: int) -> tuple[Part, ...]:
    return ((shown.clock.words, _urgency(shown)),)


#: The sign of what needs a hand; from so many cells on the subject has room for its words.
HAND = "⚑"
_ROOM_FOR_WORDS = 40
_METRIC_CELLS = 4
_WAITING = {State.WAITING_REQUESTER, State.WAITING_SUPPLIER}
_METRICS = {
    Metric.FIRST_RESPONSE: "1st",
    Metric.NEXT_RESPONSE: "next",
    Metric.UPDATE: "upd",
    Metric.RESOLUTION: "fix",
}


def _clock_and_metric(shown: Shown, names: Names, cells: int) -> tuple[Part, ...]:
    (words, ink), (metric, muted) = _clock(shown, names, cells)[0], _metric(shown, names, cells)[0]
    return ((fit(words, cells - _METRIC_CELLS), ink), (f"{metric:>{_METRIC_CELLS}}", muted))


def _metric(shown: Shown, _names: Names, _cells: int) -> tuple[Part, ...]:
    clock = shown.row.clock
    return ((_METRICS[clock.metric] if clock else "", Ink.MUTED),)


def _subject(shown: Shown, names: Names, cells: int) -> tuple[Part, ...]:
    text = settled(shown.row.subject) or "(no subject)"
    behind = f"  {shown.note}" if shown.note else ""
    behind += f"  {sign(shown.row.outage)}" if shown.row.outage else ""
    behind += "  urgent?" if shown.row.claimed_urgent else ""
    behind += "  waiting" if shown.row.state in _WAITING else ""
    behind += f"  {shown.readers}" if shown.readers else ""
    if shown.row.end_run:
        behind = f"  ⤴ {names.person(shown.row.end_run)}" + behind
    if shown.call and shown.row.state in LIVE_STATES:
        # Whether somebody is on it matters more than the end of the subject.
        room = cells - _SHORTEST_SUBJECT - 2
        call = next((form for form in shown.call if width(form) <= room), shown.call[-1])
        behind = f"  {call}{behind}"
    hand = ""
    if shown.row.offered:
        hand = f"  {HAND} needs a hand" if cells >= _ROOM_FOR_WORDS else f"  {HAND} hand"
    words, late = shown.promise
    promise = f"  {words}" if words else ""
    told = ((hand, Ink.MARK), (promise, Ink.LATE if late else Ink.MUTED))
    taken = width(hand) + width(promise)
    room = max(cells - taken - width(behind), min(_SHORTEST_SUBJECT, cells - taken))
    if width(text) > room:
        text = fit(text, room)
    return ((text, Ink.PLAIN), *(each for each in told if each[0]), (behind, Ink.MUTED))


def _who(shown: Shown, names: Names, _cells: int) -> tuple[Part, ...]:
    who = family_name(shown.row.requester)
    department = names.department(shown.row.department)
    return ((f"{who} · {department}" if department else who, Ink.MUTED),)


def _to(shown: Shown, names: Names, _cells: int) -> tuple[Part, ...]:
    if not shown.row.assignee:
        return (("—", Ink.MUTED),)
    return ((names.person(shown.row.assignee), Ink.PLAIN),)


def family_name(person: Address) -> str:
    """Return the last word of a name, or the address before its ``@``.

    Scripts without spaces keep the whole name: its last word may be the given one.
    """
    name = settled(person.name)
    if not name:
        return settled(person.address).partition("@")[0]
    return name.split()[-1] if name.isascii() or width(name) == len(name) else name


#: Its column is as wide as the longest number.
NUMBER = "#"
WIDE = (
    Column("", 2, _state),
    Column(NUMBER, 4, _number, right=True),
    Column("pri", 3, _priority),
    Column("clock", 15, _clock),
    Column("", _METRIC_CELLS, _metric, right=True),
    Column("subject", 0, _subject),
    Column("who · dept", 16, _who, most=30),
    Column("to", 5, _to, most=10),
)
NARROW = (
    Column("", 2, _state),
    Column(NUMBER, 4, _number, right=True),
    Column("pri", 3, _priority),
    Column("clock", 14, _clock_and_metric),
    Column("subject", 0, _subject),
    Column("to", 6, _to),
)
_SHORTEST_SUBJECT = 8
#: What a subject has before other columns grow, and the part of the rest that each then gets.
_GOOD_SUBJECT, _SHARE = 36, 3


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns with their widths for a list of a given width."""

    columns: tuple[Column, ...]
    cells: tuple[int, ...]

    def titles(self) -> str:
        """Return the line above the list."""
        pairs = zip(self.columns, self.cells, strict=True)
        return " " + " ".join(fit(each.title, cells, right=each.right) for each, cells in pairs)

    def line(self, shown: Shown, names: Names) -> list[Part]:
        """Return the parts of a request's line, without the cursor's cell at its beginning."""
        line: list[Part] = []
        for column, cells in zip(self.columns, self.cells, strict=True):
            if line:
                line.append((" ", line[-1][1]))
            line += _filled(column.parts(shown, names, cells), cells, right=column.right)
        return line


def layout(cells: int, highest: int) -> Layout:
    """Return the columns for a list of requests up to number ``highest``.

    Args:
        cells: The width of the list, with the cell of the cursor.
        highest: The longest number there may be.
    """
    columns = WIDE if cells >= WIDE_FROM else NARROW
    digits = len(str(highest))
    widths = [max(each.cells, digits) if each.title == NUMBER else each.cells for each in columns]
    rest = cells - sum(widths) - len(columns)
    spare = max(rest - _GOOD_SUBJECT, 0) // _SHARE
    grown = [
        max(now, min(now + spare, each.most)) for each, now in zip(columns, widths, strict=True)
    ]
    rest -= sum(grown) - sum(widths)
    return Layout(columns, tuple(now or max(rest, _SHORTEST_SUBJECT) for now in grown))


def _filled(parts: tuple[Part, ...], cells: int, *, right: bool) -> list[Part]:
    """Return ``parts`` in exactly ``cells`` cells: the last one is cut or filled up."""
    filled: list[Part] = []
    for text, ink in parts[:-1]:
        text = text if width(text) <= cells else fit(text, cells)  # noqa: PLW2901
        filled.append((text, ink))
        cells -= width(text)
    text, ink = parts[-1]
    return [*filled, (fit(text, cells, right=right), ink)]


def _urgency(shown: Shown) -> Ink:
    """Return the colour of a clock: only late and at risk have one."""
    match shown.clock.group:
        case Group.OVERDUE:
            return Ink.LATE
        case Group.AT_RISK:
            return Ink.RISK
        case Group.RUNNING:
            return Ink.PLAIN
        case _:
            return Ink.MUTED
