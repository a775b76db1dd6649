"""Cover in words, what dialogs offer and read, and why the board refuses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.cover import Cover, Stretch
from store.rules.hours import CalendarSpec, compile_hours
from store.rules.roster import Roster, Rotation
from tests.store.people import ANA
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tui.board.screens import ink
from tui.board.telling import Names
from tui.board.views.cover import words
from tui.board.views.cover.rows import DESK, NOBODY, Piece, Row, Sort, rows
from tui.board.views.cover.setting import Setting
from tui.board.views.cover.times import read, written
from tui.board.when import NotATimeError

LONDON = ZoneInfo("Europe/London")
NAMES = Names({"ana": "Ana", "ben": "Ben", "dee": "Dee"}, {})
ROSTER = Roster(
    "Europe/London",
    compile_hours(CalendarSpec("Europe/London", {}, {}, frozenset(), ())),
    [Rotation("main", date(2026, 11, 2), "17:00", ("ben", "dee"))],
)


def at(local: str) -> datetime:
    """Return the instant of "2026-11-28 14:00" on London's clock."""
    return datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)


def naive(local: str) -> datetime:
    """Return a moment on the roster's wall clock."""
    return datetime.fromisoformat(local)


def setting(now: str = "2026-11-26 10:42", me=ANA, roster: Roster = ROSTER) -> Setting:
    """Return the roster as it is looked at."""
    return Setting(roster, me, NAMES, at(now))


def piece(sort: Sort, start: str, end: str, who: str = "", **more: str) -> Piece:
    """Return a stretch."""
    return Piece(at(start), at(end), sort, who, **more)


WEEKEND = ("2026-11-28 08:00", "2026-11-29 08:00")
BENS = piece(Sort.WATCH, *WEEKEND, "ben", source="main", backup="dee")
HOLE = piece(Sort.GAP, "2026-11-28 14:00", "2026-11-28 22:00")
AGREED = piece(Sort.BEST_EFFORT, "2026-11-28 22:00", "2026-11-29 00:00")
SUNDAY = "Sat 28 Nov 08:00 – Sun 29 Nov 08:00"
MONDAY = "Sat 28 Nov 08:00 – Mon 30 Nov 08:00"
EVENING = "Sat 28 Nov 22:00–24:00"
OPEN = piece(Sort.OPEN, "2026-11-26 08:00", "2026-11-26 17:00")


# ---------------------------------------------------------------------------- under the cursor


@pytest.mark.parametrize(
    ("row", "one", "ask", "said"),
    [
        (
            "ben",
            BENS,
            (),
            f"Ben · {SUNDAY} · 24 h · weekend · backup Dee · by rotation main",
        ),
        (
            "ben",
            replace(BENS, source="cover", backup="", end=at("2026-11-30 08:00")),
            (),
            f"Ben · {MONDAY} · 48 h · weekend, night and evening · no backup · stands in",
        ),
        (
            NOBODY,
            HOLE,
            ("dee", "ana"),
            "▲ nobody · Sat 28 Nov 14:00–22:00 · 8 h · weekend · fairest to ask: Dee, Ana",
        ),
        (NOBODY, HOLE, (), "▲ nobody · Sat 28 Nov 14:00–22:00 · 8 h · weekend"),
        (
            NOBODY,
            AGREED,
            (),
            "Best effort · Sat 28 Nov 22:00–24:00 · 2 h · weekend · agreed: nobody has to be there",
        ),
        (DESK, OPEN, (), "The desk is open · Thu 26 Nov 08:00–17:00 · 9 h"),
        (DESK, None, (), "Desk · closed on all these days"),
        ("dee", None, (), "Dee · no watch in these days"),
        (NOBODY, None, (), "Nobody · no gap in these days"),
    ],
)
def test_what_is_under_the_cursor_is_said_in_words(row, one, ask, said):
    """Who, when, how long, what kind of hours, who helps, and why they are there."""
    assert words.told(Row(row, ()), one, setting(), ask).plain == said


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_drives_the_terminal(text):
    """Neither that of a rotation nor a login nobody knows."""
    one = replace(BENS, who=text, source=text, backup=text)
    said = words.told(Row(text, ()), one, setting()).plain
    assert [bad for bad in FORBIDDEN if bad in said] == []


# ---------------------------------------------------------------------------- above the chart

NIGHTS = (
    Stretch(at("2026-11-26 00:00"), at("2026-11-26 08:00"), Cover.COVERED, "ben", "main"),
    Stretch(at("2026-11-26 08:00"), at("2026-11-26 17:00"), Cover.STAFFED),
    Stretch(at("2026-11-26 17:00"), at("2026-11-26 22:00"), Cover.COVERED, "dee", "main"),
    Stretch(at("2026-11-26 22:00"), at("2026-11-27 02:00"), Cover.GAP),
    Stretch(at("2026-11-27 02:00"), at("2026-11-27 08:00"), Cover.BEST_EFFORT),
    Stretch(at("2026-11-27 08:00"), at("2026-11-28 08:00"), Cover.STAFFED),
)
MADE = rows(
    NIGHTS,
    [(at("2026-11-26 08:00"), at("2026-11-26 17:00"))],
    ["ben", "dee"],
    {NIGHTS[0].start: "dee"},
)
TONIGHT = "Dee 17:00–22:00 · ▲ nobody 22:00–02:00 · best effort 02:00–08:00"
AHEAD = "▲ 1: Thu 26 Nov 22:00 – Fri 27 Nov 02:00"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            "2026-11-26 03:00",
            ("Ben until 08:00 · backup Dee · then Dee from 17:00", "Ben 00:00–08:00", AHEAD),
        ),
        (
            "2026-11-26 10:42",
            ("the desk is open until 17:00 · then Dee from 17:00", TONIGHT, AHEAD),
        ),
        ("2026-11-26 18:00", ("Dee until 22:00", TONIGHT, AHEAD)),
        (
            "2026-11-26 23:00",
            ("▲ nobody until Fri 02:00", TONIGHT.partition(" · ")[2], AHEAD),
        ),
        (
            "2026-11-27 03:00",
            (
                "nobody until 08:00, as agreed: best effort",
                "best effort 02:00–08:00",
                "none in the days ahead",
            ),
        ),
        (
            "2026-11-27 12:00",
            (
                "nobody has to be on watch until Sat 08:00",
                "nobody has to be on watch",
                "none in the days ahead",
            ),
        ),
    ],
)
def test_now_tonight_and_the_gaps_are_said(now, said):
    """Before morning, tonight is the night that goes on."""
    told = words.head(MADE, NIGHTS, setting(now))
    assert [label for label, _ in told] == ["now", "tonight", "gaps"]
    assert tuple(each.plain for _, each in told) == said


def test_only_gaps_are_in_the_colour_of_danger():
    """And they have their sign."""
    told = words.head(MADE, NIGHTS, setting("2026-11-26 23:00"))
    red = [
        each.plain[span.start : span.end]
        for _, each in told
        for span in each.spans
        if ink.LATE in str(span.style)
    ]
    assert len(red) == 3
    assert all(text.startswith("▲") for text in red)


# ---------------------------------------------------------------------------- typed times

BASE = naive("2026-11-28 14:00")
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Sat 28 Nov 14:00", "2026-11-28 14:00"),
        ("saturday, 28 nov 9:30", "2026-11-28 09:30"),
        ("28. nov 14.00", "2026-11-28 14:00"),
        ("2 jan 08:00", "2027-01-02 08:00"),
        ("1 mar 2027 08:00", "2027-03-01 08:00"),
        ("2026-12-24 17:00", "2026-12-24 17:00"),
        ("16:30", "2026-11-28 16:30"),
        ("24:00", "2026-11-29 00:00"),
        ("sun 08:00", "2026-11-29 08:00"),
        ("sat 08:00", "2026-11-28 08:00"),
        ("fri 08:00", "2026-12-04 08:00"),
        ("today 18:00", "2026-11-26 18:00"),
        ("tomorrow 18:00", "2026-11-27 18:00"),
        ("+8h", "2026-11-28 22:00"),
        ("+ 1h 30", "2026-11-28 15:30"),
        ("+90 min", "2026-11-28 15:30"),
    ],
)
def test_a_moment_is_read_as_people_write_it(typed, means):
    """What is left out is as it was."""
    assert read(typed, BASE, TODAY) == datetime.fromisoformat(means)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "14", "25:00", "24:30", "31 nov 08:00", "xyz 08:00", "8 foo 08:00", "+", "12:60"],
)
def test_what_is_no_moment_is_refused_with_what_to_type(typed):
    """In one line."""
    with pytest.raises(NotATimeError, match="Type 14:00"):
        read(typed, BASE, TODAY)


@given(st.datetimes(naive("2026-06-10 00:00"), naive("2027-05-10 00:00")))
def test_what_is_written_is_read_back(moment):
    """Within the half year before and after."""
    minute = moment.replace(second=0, microsecond=0)
    assert read(written(minute), BASE, TODAY) == minute


@given(st.text("0123456789:.+- hmtodaysunv", max_size=20))
def test_whatever_is_typed_is_read_or_refused(typed):
    """Nothing else happens."""
    with suppress(NotATimeError):
        assert isinstance(read(typed, BASE, TODAY), datetime)
