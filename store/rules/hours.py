"""Calendars: when time counts, compiled to intervals, prefix sums and bisection.

The rules are those of DESIGN section 5: an interval is half-open and belongs to the date it
starts on; overlaps are a union; a special day replaces that date's intervals and beats a
holiday; a holiday removes its civil date, also the tail of the night before; closures are
subtracted. Wall time becomes an instant by RFC 5545 section 3.3.5: a repeated time is its first
occurrence, a skipped one keeps the offset from before the gap.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from store.rules.spans import Span, merged, minus

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
#: How far a due time is looked for: a calendar that has not opened by then never does.
_YEARS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A calendar as people write it. Times are "HH:MM", wall time in ``tz``."""

    tz: str
    weekly: Mapping[str, tuple[tuple[str, str], ...]]
    """Weekday ("mon".."sun") to (from, to); to <= from runs past midnight, "24:00" allowed."""
    special: Mapping[date, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    closures: tuple[tuple[datetime, datetime], ...] = ()
    """Naive wall times."""


@dataclass(frozen=True, slots=True)
class _Year:
    """The open intervals of one UTC year, in microseconds since 1970; ``before`` sums them up."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    """Open time of the year before each interval starts."""
    through: list[int]
    """Open time of the year by each interval's end."""
    first: int
    last: int

    @property
    def total(self) -> int:
        return self.through[-1] if self.through else 0

    def opened(self, at: int) -> int:
        """Return the open time of the year before ``at``."""
        place = bisect_right(self.starts, at) - 1
        if place < 0:
            return 0
        return self.before[place] + min(at, self.ends[place]) - self.starts[place]


class Hours:
    """A compiled calendar. Years are worked out when first asked for; safe in many threads."""

    def __init__(self, spec: CalendarSpec) -> None:
        """Compile ``spec``; ``compile_hours`` checks it first."""
        self.tz = ZoneInfo(spec.tz)
        self._weekly = [spec.weekly.get(day, ()) for day in WEEKDAYS]
        self._special = dict(spec.special)
        self._holidays = frozenset(spec.holidays) - self._special.keys()
        self._closures = [(self._instant(a), self._instant(b)) for a, b in spec.closures]
        self._years: dict[int, _Year] = {}
        self._lock = threading.Lock()

    def is_open(self, at: datetime) -> bool:
        """Say whether time counts at ``at``."""
        micros, year = _micros(at), self._year(_year_of(at))
        place = bisect_right(year.starts, micros) - 1
        return place >= 0 and micros < year.ends[place]

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time in [start, end); nothing if end is not after start."""
        if end <= start:
            return timedelta(0)
        first, last = _year_of(start), _year_of(end)
        opened = self._year(last).opened(_micros(end)) - self._year(first).opened(_micros(start))
        opened += sum(self._year(year).total for year in range(first, last))
        return timedelta(microseconds=opened)

    def due(self, start: datetime, open_time: timedelta) -> datetime | None:
        """Return the earliest instant by which ``open_time`` has passed since ``start``.

        At closing time that is closing time, not the next opening. None if the calendar is not
        open that long within thirty years.
        """
        left = open_time // _MICROSECOND
        if left <= 0:
            return start
        first = _year_of(start)
        left += self._year(first).opened(_micros(start))
        for number in range(first, first + _YEARS_AHEAD):
            year = self._year(number)
            if left <= year.total:
                place = bisect_left(year.through, left)
                return _instant(year.starts[place] + left - year.before[place])
            left -= year.total
        return None

    def next_change(self, at: datetime) -> datetime | None:
        """Return when the calendar next opens or closes after ``at``; None if it never does."""
        was_open = self.is_open(at)
        micros, first = _micros(at), _year_of(at)
        for number in range(first, first + _YEARS_AHEAD):
            year = self._year(number)
            edges = year.ends if was_open else year.starts
            place = bisect_right(edges, micros)
            if place < len(edges) and not (was_open and self._goes_on(number, edges[place])):
                return _instant(edges[place])
        return None

    def intervals(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Return the open intervals within [start, end), in order."""
        low, high = _micros(start), _micros(end)
        found = [
            (max(low, a), min(high, b))
            for number in range(_year_of(start), _year_of(end) + 1)
            for a, b in zip(self._year(number).starts, self._year(number).ends, strict=True)
            if a < high and b > low
        ]
        return [(_instant(a), _instant(b)) for a, b in merged(found)]

    def _goes_on(self, number: int, end: int) -> bool:
        """Say whether the interval that ends with a year goes on in the next one."""
        return end == self._year(number).last and self._year(number + 1).starts[:1] == [end]

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            with self._lock:
                year = self._years.setdefault(number, self._work_out(number))
        return year

    def _work_out(self, number: int) -> _Year:
        first = _micros(datetime(number, 1, 1, tzinfo=UTC))
        last = _micros(datetime(number + 1, 1, 1, tzinfo=UTC))
        # An interval may start up to two days before the UTC year and still reach into it.
        dates = _dates(date(number, 1, 1) - 3 * _DAY, date(number + 1, 1, 1) + 3 * _DAY)
        opened = merged(span for day in dates for span in self._of(day))
        opened = minus(opened, merged([*self._closures, *self._holiday_spans(number)]))
        spans = [(max(a, first), min(b, last)) for a, b in opened if a < last and b > first]
        through, total = [], 0
        for a, b in spans:
            total += b - a
            through.append(total)
        starts = [a for a, _ in spans]
        before = [0, *through[:-1]] if through else []
        return _Year(starts, [b for _, b in spans], before, through, first, last)

    def _of(self, day: date) -> Iterator[Span]:
        pairs = self._special.get(day)
        for begin, finish in self._weekly[day.weekday()] if pairs is None else pairs:
            ends_on = day if finish > begin else day + _DAY
            a, b = self._instant(_wall(day, begin)), self._instant(_wall(ends_on, finish))
            if a < b:
                yield a, b

    def _holiday_spans(self, number: int) -> list[Span]:
        near = (day for day in self._holidays if abs(day.year - number) <= 1)
        return [
            (self._instant(_wall(day, "00:00")), self._instant(_wall(day, "24:00"))) for day in near
        ]

    def _instant(self, wall: datetime) -> int:
        """Return the instant of a naive wall time; fold=0 is just what RFC 5545 asks for."""
        return _micros(wall.replace(tzinfo=self.tz, fold=0))


def compile_hours(spec: CalendarSpec) -> Hours:
    """Return the compiled calendar.

    Raises:
        ValueError: with plain words, for a time that is none or a span that is empty.
    """
    for begin, finish in _all_pairs(spec):
        for text in (begin, finish):
            if not _TIME.fullmatch(text):
                raise ValueError(f'"{text}" is not a time of day; write e.g. "08:00"')
        if begin in (finish, "24:00"):
            raise ValueError(f'"{begin}-{finish}" is not a time span; write e.g. "08:00-12:00"')
    return Hours(spec)


@cache
def always(tz: str = "UTC") -> Hours:
    """Return the calendar that never closes."""
    return Hours(CalendarSpec(tz, dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),))))


def _all_pairs(spec: CalendarSpec) -> Iterator[tuple[str, str]]:
    for pairs in (*spec.weekly.values(), *spec.special.values()):
        yield from pairs


def _dates(first: date, end: date) -> Iterable[date]:
    return (first + place * _DAY for place in range((end - first).days))


def _wall(day: date, text: str) -> datetime:
    if text == "24:00":
        return datetime.combine(day + _DAY, time())
    return datetime.combine(day, time(int(text[:2]), int(text[3:])))


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _instant(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def _year_of(at: datetime) -> int:
    return at.year if at.tzinfo is UTC else at.astimezone(UTC).year
