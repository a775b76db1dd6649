"""Groups of the queue, and clocks and opening hours in the board's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.records import ClockFace
from store.rules.attention import clock_words, desk_status, group, moment, rounded
from store.rules.hours import CalendarSpec, always, compile_hours
from store.words import ClockStatus, Group, Metric

LONDON = ZoneInfo("Europe/London")
#: Monday 23 November 2026, 10:42 in London.
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OFFICE = compile_hours(
    CalendarSpec(
        "Europe/London",
        dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:00", "16:30"),)),
    )
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"due": NOW - MINUTE}, Group.OVERDUE),
        ({"due": NOW - MINUTE, "snoozed_until": NOW + HOUR}, Group.OVERDUE),
        ({"due": NOW, "warn_75": NOW}, Group.AT_RISK),
        ({"due": NOW + HOUR, "warn_75": NOW - MINUTE}, Group.AT_RISK),
        ({"due": NOW + HOUR, "warn_75": NOW - MINUTE, "open_now": False}, Group.AT_RISK),
        ({"due": NOW + HOUR, "warn_75": NOW, "snoozed_until": NOW + MINUTE}, Group.SNOOZED),
        ({"due": NOW + HOUR, "warn_75": NOW + MINUTE}, Group.RUNNING),
        ({"due": NOW + HOUR, "warn_75": NOW + MINUTE, "open_now": False}, Group.OUTSIDE_HOURS),
        ({"due": NOW + HOUR, "warn_75": NOW + MINUTE, "snoozed_until": NOW}, Group.RUNNING),
        ({"paused": True}, Group.PAUSED),
        ({"paused": True, "snoozed_until": NOW + MINUTE}, Group.SNOOZED),
        ({}, Group.RUNNING),
    ],
)
def test_group(facts, expected):
    """Overdue beats everything; a snooze beats the rest; what is paused waits below."""
    usual = {"due": None, "warn_75": None, "paused": False, "snoozed_until": None}
    assert group(**usual | {"open_now": True, "now": NOW} | facts) is expected


def running(due: datetime | None, warned: bool = False) -> ClockFace:
    """Return a clock that runs, at risk or not."""
    warn = None if due is None else NOW - MINUTE if warned else due - MINUTE
    return ClockFace(Metric.FIRST_RESPONSE, ClockStatus.RUNNING, "office", due, warn, warn)


def paused(remaining: timedelta) -> ClockFace:
    """Return a clock that stands still."""
    return ClockFace(Metric.RESOLUTION, ClockStatus.PAUSED, "office", remaining=remaining)


@pytest.mark.parametrize(
    ("clock", "wide", "narrow"),
    [
        (running(NOW - 12 * MINUTE), ("×", "overdue 0:12"), "late 0:12"),
        (running(NOW - 18 * HOUR), ("×", "overdue 2:42"), "late 2:42"),
        (running(NOW - 365 * DAY), ("×", "overdue 2212 h"), "late 2212 h"),
        (running(NOW + 25 * MINUTE, warned=True), ("!", "0:25 left"), "0:25"),
        (running(NOW + 100 * MINUTE), (" ", "1:40 left"), "1:40"),
        (running(NOW + timedelta(seconds=1), warned=True), ("!", "0:01 left"), "0:01"),
        (running(NOW + timedelta(seconds=60), warned=True), ("!", "0:01 left"), "0:01"),
        (running(NOW + 3 * HOUR, warned=True), ("!", "3:00 left"), "3:00"),
        (running(NOW + 268 * MINUTE), (" ", "due 15:10"), "15:10"),
        (running(NOW + 2 * DAY - 72 * MINUTE), (" ", "due Wed 09:30"), "Wed 09:30"),
        (running(NOW + 9 * DAY), (" ", "due 2 Dec"), "2 Dec"),
        (running(NOW + 60 * DAY), (" ", "due 22 Jan 2027"), "22 Jan 2027"),
        (running(None), (" ", "no due time"), "no due"),
        (paused(4 * HOUR), ("=", "paused 4 h"), "4 h"),
        (paused(65 * MINUTE), ("=", "paused 1 h 05"), "1 h 05"),
        (paused(-10 * MINUTE), ("=", "paused -10 min"), "-10 min"),
    ],
)
def test_clock_words(clock, wide, narrow):
    """Lengths in open time, moments on the wall; the glyph never says it alone."""
    glyph, words, _ = clock_words(clock, OFFICE, LONDON, NOW, "wide")
    assert (glyph, words) == wide
    assert clock_words(clock, OFFICE, LONDON, NOW, "narrow")[1] == narrow


def test_what_is_due_after_closing_says_when():
    """While the desk is closed, time left says little: the moment is shown."""
    evening = NOW + 8 * HOUR
    clock = running(NOW + 22 * HOUR)
    assert clock_words(clock, OFFICE, LONDON, evening, "wide") == (
        "–",
        "due Tue 08:42",
        Group.OUTSIDE_HOURS,
    )


def test_a_paused_clock_is_paused_whatever_was_due_before():
    """While it stands still nothing is overdue."""
    clock = ClockFace(
        Metric.RESOLUTION, ClockStatus.PAUSED, "office", NOW - HOUR, remaining=-MINUTE
    )
    assert clock_words(clock, OFFICE, LONDON, NOW, "wide")[2] is Group.PAUSED


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NOW, "open until 16:30"),
        (NOW - 4 * HOUR, "closed until 08:00"),
        (NOW + 8 * HOUR, "closed until Tue 08:00"),
        (NOW + 4 * DAY + 8 * HOUR, "closed until Mon 08:00"),
    ],
)
def test_desk_status(now, said):
    """The header says until when it is open or closed."""
    assert desk_status(OFFICE, LONDON, now) == said


def test_desk_status_without_an_end():
    """A desk that never closes, and one that never opens again."""
    assert desk_status(always("UTC"), LONDON, NOW) == "always open"
    assert desk_status(compile_hours(CalendarSpec("UTC", {})), LONDON, NOW) == "closed"


def test_moment_is_told_in_the_readers_zone():
    """The day is the reader's day."""
    tokyo = ZoneInfo("Asia/Tokyo")
    assert moment(NOW + 5 * HOUR, NOW, tokyo) == "Tue 00:42"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (70, "1 h 10"), (625, "10 h"), (-61, "-1 h 01")],
)
def test_rounded(minutes, said):
    """Minutes matter less the longer it is."""
    assert rounded(minutes * MINUTE) == said
