"""Opening hours: from a calendar as people write it to instants, open time and due times.

A calendar is compiled a year (of UTC) at a time, when somebody asks about that year: its open
intervals in order, none touching, with the open time before each. Every answer is then two
binary searches. Years are never changed once made, so threads may share an ``Hours``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from store.rules import spans
from store.rules.spans import Span
from store.rules.walltime import (
    DAY,
    DAY_MINUTES,
    DAYS,
    day_us,
    from_us,
    local_us,
    minutes_of_day,
    span_us,
    to_us,
    zone,
)

#: Years in which every local time of every zone is still a date Python can hold.
_FIRST_YEAR, _LAST_YEAR = MINYEAR + 1, MAXYEAR - 1
#: Years in which a due time or a change is looked for.
_AHEAD = 100


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A calendar as people write it; all times are on the wall clock of ``tz``.

    A span is ("HH:MM", "HH:MM"), half-open, and belongs to the date it starts on; one whose
    end is not after its start runs past midnight, and "24:00" may end one. Spans that overlap
    are a union.
    """

    tz: str
    weekly: Mapping[str, Sequence[tuple[str, str]]]
    """"mon".."sun" to the spans of that day; a day left out is closed."""
    special: Mapping[date, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Dates whose spans replace the week's, and which no holiday closes; () is closed."""
    holidays: Collection[date] = ()
    """Dates closed from 00:00 to 24:00, also to what is left of the night before."""
    closures: Sequence[tuple[datetime, datetime]] = ()
    """(from, to), naive: closed in between, whatever else the calendar says."""


@dataclass(frozen=True, slots=True)
class _Year:
    """The open intervals within one year of UTC, in microseconds."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    """Open time in the year before each interval."""
    total: int

    def used(self, at: int) -> int:
        """Return the year's open time before ``at``."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return 0
        return self.before[index] + min(at, self.ends[index]) - self.starts[index]

    def reached(self, used: int) -> int:
        """Return the earliest instant with ``used`` open time since the year began.

        ``used`` is more than 0 and at most ``total``.
        """
        index = bisect_left(self.before, used) - 1
        return self.starts[index] + used - self.before[index]


class Hours:
    """When a calendar is open. Made by ``compile_hours`` and ``always``."""

    __slots__ = ("_closures", "_holidays", "_last_exception", "_special", "_weekly", "_years", "tz")

    def __init__(
        self,
        *,
        tz: ZoneInfo,
        weekly: tuple[tuple[Span, ...], ...],
        special: Mapping[date, tuple[Span, ...]],
        holidays: frozenset[date],
        closures: tuple[Span, ...],
        last_exception: int,
    ) -> None:
        """Keep a calendar: spans of days in minutes since midnight, closures in microseconds.

        ``last_exception`` is the last year that differs from the week.
        """
        self.tz = tz
        self._weekly = weekly
        self._special = special
        self._holidays = holidays
        self._closures = closures
        self._years: dict[int, _Year] = {}
        self._last_exception = last_exception

    def is_open(self, at: datetime) -> bool:
        """Say whether the instant ``at`` is open."""
        us = to_us(at)
        year = self._year(at.astimezone(UTC).year)
        index = bisect_right(year.starts, us) - 1
        return index >= 0 and us < year.ends[index]

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time in [start, end); none if ``end`` is not after ``start``."""
        since, until = to_us(start), to_us(end)
        if until <= since:
            return timedelta()
        first, last = start.astimezone(UTC).year, end.astimezone(UTC).year
        used = self._year(last).used(until) - self._year(first).used(since)
        for year in range(first, last):
            used += self._year(year).total
        return timedelta(0, 0, used)

    def due(self, start: datetime, open_time: timedelta) -> datetime | None:
        """Return the earliest instant with ``open_time`` used since ``start``.

        No time at all is used at ``start`` itself, open or not. None means never: not in the
        next hundred years.
        """
        wanted = span_us(open_time)
        if wanted <= 0:
            return start.astimezone(UTC)
        first = start.astimezone(UTC).year
        wanted += self._year(first).used(to_us(start))
        for number in range(first, self._last_year(first, _AHEAD) + 1):
            year = self._year(number)
            if wanted <= year.total:
                return from_us(year.reached(wanted))
            wanted -= year.total
        return None

    def next_change(self, at: datetime) -> datetime | None:
        """Return the first instant after ``at`` at which it opens or closes.

        None means never: not in the next hundred years.
        """
        us = to_us(at)
        number = at.astimezone(UTC).year
        was_open = self.is_open(at)
        # After the last exception a week is like any other: two years show every change.
        ahead = max(self._last_exception - number, 0) + 2
        for each in range(number, self._last_year(number, ahead) + 1):
            year = self._year(each)
            edges = year.ends if was_open else year.starts
            index = bisect_right(edges, us)
            # An interval may go on beyond the end of the year.
            if index < len(edges) and self.is_open(edge := from_us(edges[index])) != was_open:
                return edge
        return None

    def intervals(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Return what is open in [start, end), in order, in UTC, none touching another."""
        return [(from_us(a), from_us(b)) for a, b in self.spans(to_us(start), to_us(end))]

    def spans(self, start: int, end: int) -> list[Span]:
        """Return ``intervals`` with both instants as microseconds."""
        if end <= start:
            return []
        years = range(from_us(start).year, from_us(end).year + 1)
        found: list[Span] = []
        for year in map(self._year, years):
            found += zip(year.starts, year.ends, strict=True)
        return spans.within(spans.union(found), start, end)

    def is_short(self, day: date) -> bool:
        """Say whether it opens on ``day`` for less time than on that day of other weeks."""
        midnight = day_us(day, 0, self.tz), day_us(day, DAY_MINUTES, self.tz)
        usual = [
            (day_us(each, a, self.tz), day_us(each, b, self.tz))
            for each in (day - DAY, day)
            for a, b in self._weekly[each.weekday()]
        ]
        opened, usually = (
            sum(b - a for a, b in found)
            for found in (self.spans(*midnight), spans.within(spans.union(usual), *midnight))
        )
        return 0 < opened < usually

    def _last_year(self, first: int, ahead: int) -> int:
        """Return the last year worth looking at, at most ``ahead`` after ``first``."""
        if not any(self._weekly):
            # A span, and the zone's distance from UTC, may carry into the year after.
            ahead = min(ahead, self._last_exception + 1 - first)
        return min(first + min(ahead, _AHEAD), _LAST_YEAR)

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            # Two threads may both make it; they make the same.
            year = self._years[number] = self._make_year(number)
        return year

    def _make_year(self, number: int) -> _Year:
        if not _FIRST_YEAR <= number <= _LAST_YEAR:
            return _Year([], [], [], 0)
        start = to_us(datetime(number, 1, 1, tzinfo=UTC))
        end = to_us(datetime(number + 1, 1, 1, tzinfo=UTC))
        # No zone is further than a day from UTC, and a span ends at most a day after its date.
        day, last = date(number, 1, 1) - 2 * DAY, date(number + 1, 1, 1) + DAY
        found: list[Span] = []
        closed = list(self._closures)
        while day <= last:
            opened = self._special.get(day)
            if opened is None:
                opened = self._weekly[day.weekday()]
                if day in self._holidays:
                    closed.append((day_us(day, 0, self.tz), day_us(day, DAY_MINUTES, self.tz)))
            found += [(day_us(day, a, self.tz), day_us(day, b, self.tz)) for a, b in opened]
            day += DAY
        left = spans.subtract(spans.union(found), spans.union(closed))
        return _year_of(spans.within(left, start, end))


def compile_hours(spec: CalendarSpec) -> Hours:
    """Return the opening hours of a calendar.

    Raises:
        ValueError: the zone, a day or a span is none, or a closure ends before it begins; the
            message says which, for the person who wrote it.
    """
    tz = zone(spec.tz)
    if unknown := [day for day in spec.weekly if day not in DAYS]:
        raise ValueError(f'weekly: "{unknown[0]}" is not a day; the days are {", ".join(DAYS)}')
    weekly = tuple(_day_spans(f"weekly {day}", spec.weekly.get(day, ())) for day in DAYS)
    special = {day: _day_spans(f"special {day}", each) for day, each in spec.special.items()}
    closures = tuple(_closure(start, end, tz) for start, end in spec.closures)
    exceptions = [*spec.special, *spec.holidays, *(end for _, end in spec.closures)]
    last = max((each.year for each in exceptions), default=0)
    return Hours(
        tz=tz,
        weekly=weekly,
        special=special,
        holidays=frozenset(spec.holidays),
        closures=closures,
        last_exception=last,
    )


def always(tz: str) -> Hours:
    """Return hours that are open day and night; ``tz`` is how their times are told."""
    return compile_hours(CalendarSpec(tz, dict.fromkeys(DAYS, (("00:00", "24:00"),))))


def _day_spans(where: str, written: Sequence[tuple[str, str]]) -> tuple[Span, ...]:
    """Return spans in minutes since midnight; those past midnight end after 1440."""
    found = []
    for first, second in written:
        try:
            start, end = minutes_of_day(first), minutes_of_day(second)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
        if start == DAY_MINUTES:
            raise ValueError(f'{where}: "{first}" cannot begin a span; write "00:00" the day after')
        if start == end:
            raise ValueError(
                f'{where}: "{first}-{second}" begins and ends at the same time; the whole day is '
                '"00:00-24:00"'
            )
        found.append((start, end if end > start else end + DAY_MINUTES))
    return tuple(found)


def _closure(start: datetime, end: datetime, tz: ZoneInfo) -> Span:
    if start.tzinfo is not None or end.tzinfo is not None:
        raise ValueError("closures: times are local; leave the offset out")
    if end <= start:
        raise ValueError(f"closures: {end:%Y-%m-%d %H:%M} is not after {start:%Y-%m-%d %H:%M}")
    return local_us(start, tz), local_us(end, tz)


def _year_of(opened: list[Span]) -> _Year:
    before, total = [], 0
    for start, end in opened:
        before.append(total)
        total += end - start
    return _Year([start for start, _ in opened], [end for _, end in opened], before, total)
