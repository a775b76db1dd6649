"""Dates of mails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.reading.dates import read_date

AT = datetime(2026, 11, 23, 9, 12, 13, tzinfo=UTC)

GOOD = [
    "Mon, 23 Nov 2026 10:12:13 +0100",
    "Mon, 23 Nov 2026 10:12:13 +0100 (CET)",
    "23 Nov 2026 09:12:13 GMT",
    "23 Nov 2026 09:12:13 UT",
    "Mon, 23 Nov 2026 09:12:13 -0000",
    "Mon,23 Nov 2026 09:12:13 +0000",
    "Mon, 23 November 2026 09:12:13 +0000",
    "Mo, 23 Nov 2026 09:12:13 +0000",
    "Mon, 23 Nov 26 09:12:13 +0000",
    "Mon, 23 Nov 2026 04:12:13 EST",
    "Mon, 23 Nov 2026 10:12:13 CET",
    "Mon, 23 Nov 2026 10:12:13 +01:00",
    "2026-11-23T10:12:13+01:00",
    "2026-11-23T09:12:13Z",
    "  Mon, 23 Nov 2026 10.12.13 +0100",
    "2026-11-23 10:12:13 +0100",
    "Mon, 23 Nov 2026 10:12:13 GMT+0100",
    "Mon, 23 Nov 2026 10:12:13 UTC+1",
    "Mon, 23 Nov 2026 10:12:13 +100",
    "Mon, 23 Nov 2026 10:12:13 +01",
    'Mon, 23 Nov 2026 09:12:13 "GMT"',
    "Mon, 23 Nov 2026 09:12:13 AM +0000",
    "Mon, 23 Nov 2026 9:12:13 a.m. +0000",
    "lun., 23 nov. 2026 10:12:13 +0100",
    "Mon,23Nov2026 10:12:13 +0100",
    "Mon Nov 23 10:12:13 2026 +0100",
]
NONE = [
    "",
    "yesterday",
    "Mon, 23 Nov 2026 10:12:13",
    "2026-11-23T10:12:13",
    "Mon, 23 Nov 20266 10:12:13 +0000",
    "Thu, 01 Jan 1970 00:00:00 +0000",
    "Mon, 99 Nov 2026 10:12:13 +0000",
    "Mon, 23 Nov 2026 10:12:13 +9999999",
    "Mon, 23 Nov 2026 99:12:13 +0000",
    "\x00\x01",
    "9" * 10_000,
    "Mon, 31 Dec 9999 23:59:59 -1200",
    "Mon, 31 Feb 2026 10:12:13 +0000",
    "Mon, 23 Xyz 2026 10:12:13 +0000",
    "Mon, 01 Jan 0001 00:00:00 +0100",
    "2026-99-23T10:12:13Z",
]


@pytest.mark.parametrize("value", GOOD)
def test_dates_in_every_form(value):
    """Each form gives the same instant, in UTC."""
    assert read_date(value) == AT


def test_months_in_other_languages():
    """Mailers that translate months are understood."""
    assert read_date("Mi, 14 Okt 2026 10:00:00 +0200") == datetime(2026, 10, 14, 8, tzinfo=UTC)
    assert read_date("Di, 10 Mär 2026 10:00:00 +0100") == datetime(2026, 3, 10, 9, tzinfo=UTC)


def test_a_leap_second_is_the_second_before():
    """Second 60 exists in RFC 5322 and not in Python."""
    assert read_date("Mon, 23 Nov 2026 09:12:60 +0000") == datetime(
        2026, 11, 23, 9, 12, 59, tzinfo=UTC
    )


@pytest.mark.parametrize("value", NONE)
def test_no_date_rather_than_a_wrong_one(value):
    """Without a zone, in an absurd year or unreadable: no date."""
    assert read_date(value) is None
