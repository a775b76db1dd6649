"""A moment as people type it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.hours import CalendarSpec, always, compile_hours
from tests.tui.screens.samples import NOW, school_hours
from tui.board.when import NotATimeError, moment, opening, presets, spoken

#: NOW is a Monday, 10:42 in London.
TYPED = {
    "2h": "2026-11-23 12:42",
    "in 2 hours": "2026-11-23 12:42",
    "1h30": "2026-11-23 12:12",
    "1h30m": "2026-11-23 12:12",
    "1.5h": "2026-11-23 12:12",
    "90 min": "2026-11-23 12:12",
    "30m": "2026-11-23 11:12",
    "3 days": "2026-11-26 10:42",
    "1w": "2026-11-30 10:42",
    "15:30": "2026-11-23 15:30",
    "at 15:30": "2026-11-23 15:30",
    "1530": "2026-11-23 15:30",
    "3pm": "2026-11-23 15:00",
    "3.15 pm": "2026-11-23 15:15",
    "12 am": "2026-11-24 00:00",
    "noon": "2026-11-23 12:00",
    "9:00": "2026-11-24 09:00",
    "today 16:00": "2026-11-23 16:00",
    "tomorrow": "2026-11-24 08:00",
    "tom 14:00": "2026-11-24 14:00",
    "Fri": "2026-11-27 08:00",
    "fri 14:00": "2026-11-27 14:00",
    "friday at 2pm": "2026-11-27 14:00",
    "Fri, 14:00": "2026-11-27 14:00",
    "fri 14": "2026-11-27 14:00",
    "sat": "2026-11-30 08:00",
    "mon": "2026-11-30 08:00",
    "mon 15:00": "2026-11-23 15:00",
    "mon 9:00": "2026-11-30 09:00",
    "2026-12-24 11:00": "2026-12-24 11:00",
    "27 nov": "2026-11-27 08:00",
    "27. November 15:00": "2026-11-27 15:00",
    "3 feb": "2027-02-03 08:00",
    "25 dec": "2026-12-28 08:00",
}

REFUSED = {
    "": "Type when",
    "   ": "Type when",
    "soon": "is no time I know",
    "2": "is no time I know",
    "25:00": "is no time I know",
    "13pm": "is no time I know",
    "31 nov": "is no time I know",
    "2026-02-30": "is no time I know",
    "2099-01-01": "is no time I know",
    "0m": "is over",
    "today 9:00": "is over",
    "today": "is over",
    "2026-11-20 14:00": "is over",
}


@pytest.mark.parametrize(("typed", "expected"), TYPED.items())
def test_a_moment_is_read(typed, expected):
    """What people type is understood in the desk's time zone and by its opening hours."""
    assert moment(typed, NOW, school_hours()) == datetime.fromisoformat(expected).replace(
        tzinfo=UTC
    )


@pytest.mark.parametrize(("typed", "expected"), REFUSED.items())
def test_what_is_no_moment_to_come_is_refused(typed, expected):
    """What cannot be read, and what is over, is refused with a line that says what to type."""
    with pytest.raises(NotATimeError, match=expected):
        moment(typed, NOW, school_hours())


@given(st.text(max_size=20) | st.from_regex(r"[0-9a-z:. -]{0,14}", fullmatch=True))
def test_whatever_is_typed_gives_a_later_moment_or_a_sentence(typed):
    """Typing never fails: it gives a moment later than now, or a sentence."""
    try:
        at = moment(typed, NOW, HOURS)
    except NotATimeError as error:
        at, problem = None, str(error)
    assert at > NOW if at else problem.endswith(".")


HOURS = school_hours()


def test_days_keep_the_time_of_day_over_a_clock_change():
    """Two days before summer time begins, "2d" is the same time on the wall."""
    friday = datetime(2027, 3, 26, 10, 0, tzinfo=UTC)
    assert moment("3d", friday, HOURS) == datetime(2027, 3, 29, 9, 0, tzinfo=UTC)


def test_a_skipped_time_keeps_the_offset_from_before_the_gap():
    """01:30 on the day the clocks go forward in London is 02:30 summer time."""
    saturday = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
    assert moment("sun 1:30", saturday, HOURS) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_repeated_time_is_its_first_occurrence():
    """01:30 on the day the clocks go back in London is still summer time."""
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    assert moment("sun 1:30", saturday, HOURS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_desk_that_never_closes_begins_its_day_at_eight():
    """Around the clock, "tomorrow" is 08:00 and not midnight."""
    assert moment("tomorrow", NOW, always("Europe/London")) == NOW.replace(day=24, hour=8, minute=0)


def test_a_desk_that_never_opens_again_begins_its_day_at_eight():
    """Without any opening hours a day still begins."""
    never = compile_hours(
        CalendarSpec(tz="UTC", weekly={}, special={}, holidays=frozenset(), closures=())
    )
    assert opening(date(2026, 11, 24), never) == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_the_presets_are_an_hour_the_afternoon_tomorrow_and_monday():
    """On a Monday morning all four moments can be had."""
    assert [(preset.key, preset.at) for preset in presets(NOW, HOURS)] == [
        ("h", NOW + timedelta(hours=1)),
        ("a", NOW.replace(hour=14, minute=0)),
        ("t", NOW.replace(day=24, hour=8, minute=0)),
        ("m", NOW.replace(day=30, hour=8, minute=0)),
    ]


@pytest.mark.parametrize(
    ("now", "why_not"),
    [
        (NOW.replace(hour=14, minute=0), "it is past 14:00"),
        (NOW.replace(day=25, hour=9), "the desk is closed at 14:00"),
    ],
)
def test_an_afternoon_that_cannot_be_had_says_why(now, why_not):
    """Late in the day, and on a half day, the afternoon is greyed out with its reason."""
    afternoon = presets(now, HOURS)[1]
    assert (afternoon.at, afternoon.why_not) == (None, why_not)


def test_a_moment_is_said_with_its_day_and_whether_the_desk_is_closed():
    """Today needs no date; another year is said; closed hours are said."""
    assert [
        spoken(at, NOW, HOURS)
        for at in (
            NOW.replace(hour=15, minute=30),
            NOW.replace(hour=19, minute=0),
            NOW.replace(day=27, hour=14, minute=0),
            datetime(2027, 2, 3, 8, tzinfo=UTC),
        )
    ] == [
        "today 15:30",
        "today 19:00 (desk closed)",
        "Fri 27 Nov 14:00",
        "Wed 3 Feb 2027 08:00",
    ]
