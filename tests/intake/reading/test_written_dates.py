"""Dates as mail programs write them above what is forwarded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading.written_dates import written_date

AFTER = datetime(2026, 12, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
WRITTEN = """
Monday, November 23, 2026 9:12 AM
Mon, Nov 23, 2026 at 9:12 AM
23 Nov 2026, at 09:12
11/23/2026 9:12:00 AM
23/11/2026 09:12
23.11.2026 09:12
2026-11-23 09:12
2026/11/23 (月) 9:12
Montag, 23. November 2026 09:12
lundi 23 novembre 2026 à 09:12
lundi 23 novembre 2026 09 h 12
lunes, 23 de noviembre de 2026 9:12
lunedì 23 novembre 2026 09:12
maandag 23 november 2026 09:12
segunda-feira, 23 de novembro de 2026 09:12
poniedziałek, 23 listopada 2026 09:12
den 23 november 2026 09:12
mandag den 23. november 2026 09.12
23. marraskuuta 2026 9.12
pondělí 23. listopadu 2026 9:12
понедельник, 23 ноября 2026 г. 9:12
23 Kasım 2026 Pazartesi 09:12
2026年11月23日 9:12
2026年11月23日 星期一 上午 9:12
2026년 11월 23일 월요일 오전 9:12
יום שני 23 נובמבר 2026 09:12
23 בנובמבר 2026, 9:12
Mon, 23 Nov 2026 10:12:00 +0100
""".strip().split("\n")


@pytest.mark.parametrize("text", WRITTEN)
def test_dates_in_many_languages(text):
    """Day, month and hour, in the zone of who forwards unless they name one."""
    assert written_date(text, "Europe/London", AFTER) == MORNING


@pytest.mark.parametrize(
    ("text", "hour"), [("9:12 PM", 21), ("12:12 AM", 0), ("12:12 PM", 12), ("下午 9:12", 21)]
)
def test_halves_of_the_day(text, hour):
    """Twelve is the odd one."""
    found = written_date(f"November 23, 2026 {text}", "UTC", AFTER)
    assert found == MORNING.replace(hour=hour)


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("3/4/2026 9:12", AFTER, (4, 3)),
        ("3/4/2026 9:12 AM", AFTER, (3, 4)),
        ("3/4/2026 9:12", datetime(2026, 3, 20, tzinfo=UTC), (3, 4)),
        ("3. června 2026 9:12", AFTER, (6, 3)),
        ("3. července 2026 9:12", AFTER, (7, 3)),
        ("3 juin 2026 9:12", AFTER, (6, 3)),
        ("3 juillet 2026 9:12", AFTER, (7, 3)),
    ],
)
def test_of_several_readings_the_first_that_was_before_counts(text, before, expected):
    """Who forwards a mail got it before."""
    found = written_date(text, "UTC", before)
    assert (found.month, found.day) == expected


@pytest.mark.parametrize(
    "text", ["", "Monday", "yesterday 9:12", "99/99/9999 9:12", "0/0/0", "31.02.2026"]
)
def test_what_names_no_date(text):
    """Nothing is guessed."""
    assert written_date(text, "UTC", AFTER) is None


@given(st.text(max_size=200), st.none() | st.just(AFTER))
def test_any_text_gives_a_date_or_none(text, before):
    """In UTC, and never an error."""
    found = written_date(text, "Europe/London", before)
    assert found is None or found.tzinfo is UTC
