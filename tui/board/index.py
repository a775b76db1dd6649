"""Every live request in the order of the board: compact, and changed one entry at a time.

A hundred thousand requests take about five megabytes: a few columns of integers sorted by
number, and for each group of the queue its requests sorted by when they are due. Finding,
moving and counting them is bisection, so what one change costs does not depend on how many
there are. Instants are kept as whole microseconds; as time passes, ``advance`` moves the
requests whose moment has come (a warning, the due time, the end of a snooze).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from store.records import BoardEntry, BoardRow
from store.rules.attention import group
from store.words import ClockStatus, Group

if TYPE_CHECKING:
    from store.rules.hours import Hours

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: Later than any instant: where there is none.
_NEVER = 2**62

#: number, due, warn, snoozed (microseconds), calendar (place among the names), paused, group
_Row = tuple[int, int, int, int, int, int, int]


def _micros(at: datetime | None) -> int:
    return _NEVER if at is None else (at - _EPOCH) // _MICROSECOND


def _instant(micros: int) -> datetime | None:
    return None if micros == _NEVER else _EPOCH + micros * _MICROSECOND


class _Pairs:
    """Pairs of integers, sorted, in two columns."""

    __slots__ = ("first", "second")

    def __init__(self) -> None:
        self.first = array("q")
        self.second = array("q")

    def fill(self, first: array[int], second: array[int], rows: list[int]) -> None:
        """Take the pairs of these rows of two columns; ``second`` rises with the rows."""
        rows.sort(key=first.__getitem__)
        self.first = array("q", map(first.__getitem__, rows))
        self.second = array("q", map(second.__getitem__, rows))

    def __len__(self) -> int:
        return len(self.first)

    def place(self, first: int, second: int) -> int:
        """Return where the pair is, or belongs."""
        low = bisect_left(self.first, first)
        return bisect_left(self.second, second, low, bisect_right(self.first, first, low))

    def add(self, first: int, second: int) -> None:
        """Put a pair where it belongs."""
        place = self.place(first, second)
        self.first.insert(place, first)
        self.second.insert(place, second)

    def remove(self, first: int, second: int) -> None:
        """Take out a pair that is there."""
        place = self.place(first, second)
        del self.first[place], self.second[place]

    def take_until(self, first: int) -> list[int]:
        """Take out the pairs up to ``first``; return their seconds."""
        place = bisect_right(self.first, first)
        taken = self.second[:place].tolist()
        del self.first[:place], self.second[:place]
        return taken


class Index:
    """The live requests in order. Built in any thread, then used in one only."""

    def __init__(self, hours: Mapping[str, Hours], now: datetime) -> None:
        """Begin without requests, at ``now``; ``hours`` are the calendars by name."""
        self._calendars = {name: place for place, name in enumerate(hours)}
        self._names = list(hours)
        self._open = [each.is_open(now) for each in hours.values()]
        changes = [each.next_change(now) for each in hours.values()]
        self.until = min((at for at in changes if at is not None), default=None)
        """When a calendar opens or closes: whole groups move then, and a new index is due."""
        self._now = now
        self._micros_now = _micros(now)
        # One column each; the rows are sorted by number.
        self._number = array("q")
        self._due = array("q")
        self._warn = array("q")
        self._snoozed = array("q")
        self._calendar = array("h")
        self._paused = array("b")
        self._group = array("b")
        self._groups = tuple(_Pairs() for _ in Group)
        """Of each group: (due, number)."""
        self._moments = _Pairs()
        """(moment, number): when a request's group is next to be looked at."""

    @classmethod
    def of(cls, entries: Iterable[BoardEntry], hours: Mapping[str, Hours], now: datetime) -> Index:
        """Return the index of ``entries``, in whatever order they come."""
        index = cls(hours, now)
        columns = index._columns
        for entry in entries:
            for column, value in zip(columns, index._row(entry), strict=True):
                column.append(value)
        # Sorted by number once; sorting is stable, so each group then has numbers in order too.
        order = sorted(range(len(index._number)), key=index._number.__getitem__)
        for column in columns:
            column[:] = array(column.typecode, map(column.__getitem__, order))
        rows = range(len(order))
        for where, pairs in enumerate(index._groups):
            pairs.fill(index._due, index._number, [i for i in rows if index._group[i] == where])
        moments = array("q", map(index._next_moment, rows))
        index._moments.fill(moments, index._number, [i for i in rows if moments[i] != _NEVER])
        return index

    @property
    def _columns(self) -> tuple[array[int], ...]:
        return (
            self._number,
            self._due,
            self._warn,
            self._snoozed,
            self._calendar,
            self._paused,
            self._group,
        )

    def __len__(self) -> int:
        return len(self._number)

    def __contains__(self, number: int) -> bool:
        return self._find(number) is not None

    def number_at(self, place: int) -> int:
        """Return the number of the request at a place from 0."""
        for pairs in self._groups:
            if place < len(pairs):
                return pairs.second[place]
            place -= len(pairs)
        raise IndexError(place)

    def place(self, number: int) -> int | None:
        """Return the place of a request; None if it is not live."""
        row = self._find(number)
        if row is None:
            return None
        where = self._group[row]
        before = sum(len(pairs) for pairs in self._groups[:where])
        return before + self._groups[where].place(self._due[row], number)

    def numbers(self, start: int, stop: int) -> list[int]:
        """Return the numbers at the places from ``start`` up to ``stop``."""
        found: list[int] = []
        before = 0
        for pairs in self._groups:
            low, high = max(start - before, 0), max(stop - before, 0)
            found += pairs.second[low:high]
            before += len(pairs)
        return found

    def only(self, numbers: Iterable[int]) -> list[int]:
        """Return those of ``numbers`` that are live, in the order of the board."""
        rows = ((number, self._find(number)) for number in numbers)
        keys = [
            (self._group[row], self._due[row], number) for number, row in rows if row is not None
        ]
        return [number for _, _, number in sorted(keys)]

    def put(self, entry: BoardEntry) -> None:
        """Add a request, or give it the place it has now."""
        self._put(self._row(entry))

    def put_row(self, row: BoardRow) -> None:
        """Add the request of a row, or give it the place it has now."""
        clock = row.clock
        self.put(
            BoardEntry(
                number=row.number,
                due=clock.due if clock else None,
                warn_75=clock.warn_75 if clock else None,
                calendar=clock.calendar if clock else "",
                paused=clock is not None and clock.status is ClockStatus.PAUSED,
                snoozed_until=row.snoozed_until,
            )
        )

    def drop(self, number: int) -> None:
        """Take out a request; one that is not there is no error."""
        row = self._find(number)
        if row is None:
            return
        self._groups[self._group[row]].remove(self._due[row], number)
        # Its moment stays behind and finds nothing to do when it comes.
        for column in self._columns:
            del column[row]

    def advance(self, now: datetime) -> list[int]:
        """Let time pass; return the numbers whose group has changed."""
        self._now, self._micros_now = now, _micros(now)
        moved = []
        for number in self._moments.take_until(self._micros_now):
            row = self._find(number)
            if row is None:
                continue
            before = self._group[row]
            self._put(self._row(self._entry(row)))
            if self._group[row] != before:
                moved.append(number)
        return moved

    def _find(self, number: int) -> int | None:
        row = bisect_left(self._number, number)
        return row if row < len(self._number) and self._number[row] == number else None

    def _row(self, entry: BoardEntry) -> _Row:
        calendar = self._calendars.get(entry.calendar, -1)
        where = group(
            due=entry.due,
            warn_75=entry.warn_75,
            paused=entry.paused,
            snoozed_until=entry.snoozed_until,
            open_now=calendar < 0 or self._open[calendar],
            now=self._now,
        )
        return (
            entry.number,
            _micros(entry.due),
            _micros(entry.warn_75),
            _micros(entry.snoozed_until),
            calendar,
            entry.paused,
            where,
        )

    def _entry(self, row: int) -> BoardEntry:
        calendar = self._calendar[row]
        return BoardEntry(
            number=self._number[row],
            due=_instant(self._due[row]),
            warn_75=_instant(self._warn[row]),
            calendar="" if calendar < 0 else self._names[calendar],
            paused=bool(self._paused[row]),
            snoozed_until=_instant(self._snoozed[row]),
        )

    def _next_moment(self, row: int) -> int:
        """Return when the group of the request in this row is next to be looked at."""
        now = self._micros_now
        due, warn, snoozed = self._due[row], self._warn[row], self._snoozed[row]
        return min(
            due if due >= now else _NEVER,
            warn if warn >= now else _NEVER,
            snoozed if snoozed >= now else _NEVER,
        )

    def _put(self, row: _Row) -> None:
        number, due, *_, where = row
        at = bisect_left(self._number, number)
        if at < len(self._number) and self._number[at] == number:
            self._groups[self._group[at]].remove(self._due[at], number)
            for column, value in zip(self._columns, row, strict=True):
                column[at] = value
        else:
            for column, value in zip(self._columns, row, strict=True):
                column.insert(at, value)
        self._groups[where].add(due, number)
        if (moment := self._next_moment(at)) != _NEVER:
            self._moments.add(moment, number)
