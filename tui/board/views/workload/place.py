"""Where the view stands: on which request of whom, and what of everything is on the screen.

Pure: given where it stood and what there is now, it says where it stands. The cursor is on a
request and goes with it, whoever has it; only where there is none is it on a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from store.records import BoardRow
from store.workload_records import Workload


@dataclass(frozen=True, slots=True)
class Place:
    """What the view shows, and where its cursor is."""

    login: str = ""
    """Of the column the cursor is in."""
    number: int | None = None
    """The request it is on; None: the column has none."""
    row: int = 0
    """Its place in the column."""
    left: int = 0
    """The first column on the screen."""
    tops: Mapping[str, int] = field(default_factory=dict)
    """The first request of each column that is on the screen, by login; left out: the first."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much fits on the screen."""

    columns: int
    rows: int


def settle(before: Place, people: Sequence[Workload], room: Room) -> Place:
    """Return where the view stands among ``people`` as they are now."""
    if not people:
        return Place()
    column, row = _found(before, people)
    return _shown(before, people, column, row, room)


def step(before: Place, people: Sequence[Workload], room: Room, by: int) -> Place:
    """Return where the cursor is ``by`` requests further down (or up) its column."""
    if not people:
        return before
    column = column_of(before, people)
    return _shown(before, people, column, before.row + by, room)


def across(before: Place, people: Sequence[Workload], room: Room, by: int) -> Place:
    """Return where the cursor is ``by`` columns to the right (or left), on the same line."""
    if not people:
        return before
    column = min(max(column_of(before, people) + by, 0), len(people) - 1)
    there = people[column].login
    if there == before.login:
        return before
    line = before.row - before.tops.get(before.login, 0)
    return _shown(before, people, column, before.tops.get(there, 0) + line, room)


def to(before: Place, people: Sequence[Workload], room: Room, column: int, row: int) -> Place:
    """Return that place with the cursor on request ``row`` of a column, or the nearest."""
    if not people:
        return before
    return _shown(before, people, min(max(column, 0), len(people) - 1), row, room)


def column_of(place: Place, people: Sequence[Workload]) -> int:
    """Return the column the cursor is in."""
    return next((at for at, one in enumerate(people) if one.login == place.login), 0)


def row_at(place: Place, people: Sequence[Workload]) -> BoardRow | None:
    """Return the request under the cursor."""
    if not people or place.number is None:
        return None
    rows = people[column_of(place, people)].rows
    return rows[place.row] if place.row < len(rows) else None


def _found(before: Place, people: Sequence[Workload]) -> tuple[int, int]:
    """Return column and row of the cursor's request, or of what is nearest to where it was."""
    for column, one in enumerate(people):
        for row, each in enumerate(one.rows):
            if before.number is not None and each.number == before.number:
                return column, row
    return column_of(before, people), before.row


def _shown(before: Place, people: Sequence[Workload], column: int, row: int, room: Room) -> Place:
    """Return the place with this cursor, scrolled so that it is on the screen."""
    one = people[column]
    row = max(min(row, len(one.rows) - 1), 0)
    number = one.rows[row].number if one.rows else None
    tops = {}
    for each in people:
        lines = lines_of(each, room)
        top = min(before.tops.get(each.login, 0), max(len(each.rows) - lines, 0))
        if each is one:
            top = min(max(top, row - lines + 1), row)
        if top > 0:
            tops[each.login] = top
    left = min(before.left, max(len(people) - room.columns, 0))
    left = min(max(left, column - room.columns + 1), column)
    return replace(before, login=one.login, number=number, row=row, left=left, tops=tops)


def lines_of(one: Workload, room: Room) -> int:
    """Return how many requests of a column fit; what has more keeps a line to say so."""
    return max(room.rows - 1 if len(one.rows) > room.rows or one.more else room.rows, 1)
