"""From rotations to turns: who would have the watch when, before anything is changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from store.rules.roster import Rotation, Window
from store.rules.spans import Span
from store.rules.walltime import (
    DAY,
    DAY_MINUTES,
    DAYS,
    day_us,
    from_us,
    minutes_of_day,
)

_WEEK_MINUTES = 7 * DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch, in microseconds, that a rotation gives to one person."""

    start: int
    end: int
    rotation: Rotation
    number: int
    """How many turns of the rotation came before it, windows or not."""

    @property
    def who(self) -> str:
        """The login of the person."""
        return self.rotation.people[self.number % len(self.rotation.people)]


def layers(rotation: Rotation, tz: tzinfo, start: int, end: int) -> list[list[Turn]]:
    """Return the turns of a rotation that touch [start, end), in microseconds.

    A layer for each of its windows, in their order, or one if it has none; the turns of a layer
    are in order and apart. Where several layers have a turn, the first counts.
    """
    shifts = list(_shifts(rotation, tz, start, end))
    if not rotation.windows:
        return [shifts]
    return [list(_windowed(window, shifts, tz, start, end)) for window in rotation.windows]


def _shifts(rotation: Rotation, tz: tzinfo, start: int, end: int) -> Iterator[Turn]:
    """Yield the shifts from hand-off to hand-off, from a week before ``start`` on.

    A window open at ``start`` may have opened under the shift before.
    """
    handoff, days = minutes_of_day(rotation.handoff), rotation.every_days
    early = from_us(start).date() - 9 * DAY
    number = max(0, (early - rotation.first_date).days // days)
    begins = day_us(_day(rotation, number), handoff, tz)
    while begins < end:
        ends = day_us(_day(rotation, number + 1), handoff, tz)
        if ends > begins:
            yield Turn(begins, ends, rotation, number)
        number, begins = number + 1, ends


def _day(rotation: Rotation, number: int) -> date:
    return rotation.first_date + timedelta(rotation.every_days * number)


def _windowed(
    window: Window, shifts: list[Turn], tz: tzinfo, start: int, end: int
) -> Iterator[Turn]:
    """Yield the openings of a window; each belongs whole to whose shift it opens in."""
    for opening, closing in openings(window, tz, start, end):
        at = bisect_right(shifts, opening, key=lambda shift: shift.start) - 1
        if at >= 0:
            yield Turn(opening, closing, shifts[at].rotation, shifts[at].number)


def openings(window: Window, tz: tzinfo, start: int, end: int) -> Iterator[Span]:
    """Yield from when to when a window is open, whole, for each time it touches [start, end)."""
    opens_on, opens_at, closes_on, closes_at = window
    weekday = DAYS.index(opens_on)
    opens = minutes_of_day(opens_at)
    closes = (DAYS.index(closes_on) - weekday) * DAY_MINUTES + minutes_of_day(closes_at)
    while closes <= opens:
        closes += _WEEK_MINUTES
    day = from_us(start).date() - 9 * DAY
    day += ((weekday - day.weekday()) % 7) * DAY
    while (opening := day_us(day, opens, tz)) < end:
        closing = day_us(day, closes, tz)
        if start < closing and opening < closing:
            yield opening, closing
        day += 7 * DAY
