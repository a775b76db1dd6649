"""Where instants are on the chart: days on the wall clock, each in as many cells.

A cell has two halves, so that half of what a cell stands for can be told. On the days on which
clocks are changed a cell stands for more or less time than on others, or for none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import accumulate

from store.rules.walltime import DAY, DAY_MINUTES, day_us, from_us, to_us

#: Cells that a day may have, the most first: each is a whole number of minutes.
_CELLS = (24, 12, 8, 6)
_HALVES = 2
#: Between two days.
_APART = 1


@dataclass(frozen=True)
class Scale:
    """Some days, one after the other, in ``cells`` cells each and one between two."""

    first: date
    days: int
    cells: int
    tz: tzinfo

    @property
    def width(self) -> int:
        """Cells of the whole chart."""
        return self.days * self.pitch

    @property
    def pitch(self) -> int:
        """Cells from the start of a day to that of the next."""
        return self.cells + _APART

    @property
    def halves(self) -> int:
        """How many halves of cells there are."""
        return self.days * self.cells * _HALVES

    @property
    def start(self) -> datetime:
        """The midnight with which it begins."""
        return from_us(self._bounds[0])

    @property
    def end(self) -> datetime:
        """The midnight with which it ends."""
        return from_us(self._bounds[-1])

    def day(self, number: int) -> date:
        """Return the date of a day."""
        return self.first + number * DAY

    def hours(self, number: int) -> float:
        """Return how long a day is."""
        per_day = self.cells * _HALVES
        length = self._bounds[(number + 1) * per_day] - self._bounds[number * per_day]
        return length / 3_600_000_000

    def column(self, half: int) -> int:
        """Return the column of a half."""
        day, rest = divmod(half // _HALVES, self.cells)
        return day * self.pitch + rest

    def column_at(self, when: datetime) -> int | None:
        """Return the column that ``when`` is in; None if it is on none of the days."""
        us = to_us(when)
        if not self._bounds[0] <= us < self._bounds[-1]:
            return None
        return self.column(bisect_right(self._bounds, us) - 1)

    def time_at(self, column: int) -> datetime:
        """Return the middle of what a column stands for; between two days, that midnight."""
        day, rest = divmod(min(max(column, 0), self.width - 1), self.pitch)
        middle = min(rest * _HALVES + 1, self.cells * _HALVES)
        return from_us(self._bounds[day * self.cells * _HALVES + middle])

    def spread(self, start: datetime, end: datetime, *, whole: bool = False) -> range:
        """Return the halves that a stretch takes: at least one, unless it is on none of the days.

        Args:
            start: Of the stretch.
            end: Of the stretch.
            whole: Take every half that it touches, instead of those it has at least half of.
        """
        since = max(to_us(start), self._bounds[0])
        until = min(to_us(end), self._bounds[-1])
        if since >= until:
            return range(0)
        first = bisect_right(self._bounds, since) - 1
        last = bisect_left(self._bounds, until) - 1
        if whole or first == last:
            return range(first, last + 1)
        of_first, of_last = self._bounds[first + 1] - since, until - self._bounds[last]
        begins = first if of_first >= since - self._bounds[first] else first + 1
        ends = last if of_last >= self._bounds[last + 1] - until else last - 1
        if begins > ends:  # of both that it touches it has the smaller part
            begins = ends = first if of_first >= of_last else last
        return range(begins, ends + 1)

    @cached_property
    def _bounds(self) -> list[int]:
        """The instants at which halves begin, and the end of the last."""
        minutes = DAY_MINUTES // (self.cells * _HALVES)
        found = [
            day_us(self.day(number), minute, self.tz)
            for number in range(self.days)
            for minute in range(0, DAY_MINUTES, minutes)
        ]
        found.append(day_us(self.day(self.days), 0, self.tz))
        # A time that is skipped is read by the clock before, and so may come after a later one.
        return list(accumulate(reversed(found), min))[::-1]


def scale(since: datetime, until: datetime, tz: tzinfo, room: int) -> Scale:
    """Return the days from ``since`` to ``until``, as wide as ``room`` cells allow.

    If they cannot all be shown at once, a day still has enough cells to be read.
    """
    first = since.astimezone(tz).date()
    last = (until - timedelta(microseconds=1)).astimezone(tz).date()
    days = max((last - first).days + 1, 1)
    fitting = (cells for cells in _CELLS if days * (cells + _APART) <= room)
    return Scale(first, days, next(fitting, _CELLS[-1]), tz)
