"""Cover in words, what dialogs offer and read, and why the board refuses."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cover_records import CoverChangeView
from store.rules.burden import Burden, Candidate
from store.rules.cover import Cover, Stretch
from store.rules.hours import CalendarSpec, compile_hours
from store.rules.roster import Band, Change, ChangeKind, Roster, Rotation
from tests.store.people import ANA, BEN
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tui.board.screens import ink
from tui.board.telling import Names
from tui.board.views.cover import lists, offers, words
from tui.board.views.cover.refusing import why_not
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


# ---------------------------------------------------------------------------- refused, offered


@pytest.mark.parametrize(
    ("kind", "one", "me", "reason"),
    [
        ("cover", None, ANA, "There is no watch in this row"),
        ("add", OPEN, ANA, "The desk is open then"),
        ("add", BENS, ANA, "Ben has the watch then; «cover_cover» lets"),
        ("swap", HOLE, ANA, "Nobody has the watch then; «cover_add» adds"),
        ("absent", AGREED, BEN, "Nobody has the watch then"),
        ("absent", replace(BENS, who="dee"), BEN, "Only a lead enters that others are absent"),
        ("absent", replace(BENS, who="dee"), ANA, ""),
        ("absent", BENS, BEN, ""),
        ("cover", replace(BENS, who="dee"), BEN, ""),
        ("add", HOLE, BEN, ""),
        ("add", AGREED, BEN, ""),
    ],
)
def test_a_change_that_cannot_be_says_why(kind, one, me, reason):
    """Naming the key that helps, as it is set."""
    said = why_not(ChangeKind(kind), one, setting(me=me), "«{}»".format)
    assert said.startswith(reason)
    assert bool(said) == bool(reason)


def test_what_is_over_is_for_leads():
    """They correct what was."""
    later = "2026-11-30 10:00"
    key = "«{}»".format
    assert why_not(ChangeKind.COVER, BENS, setting(later), key) == ""
    assert "a lead can correct" in why_not(ChangeKind.COVER, BENS, setting(later, BEN), key)


CANDIDATES = (
    Candidate("dee", 38.0, 49.0, "11 h less than the fair share"),
    Candidate("chi", 49.2, 49.0, "carries the fair share"),
)


def told(choices) -> list[tuple[str, str, bool]]:
    """Return what choices say, and whether they can be picked."""
    return [(each.label, each.detail, not each.why_not) for each in choices]


def test_a_lead_may_ask_anybody_the_fairest_first():
    """Each with why; whoever has the watch is no choice."""
    found = offers.people(BENS, CANDIDATES, ["ana", "ben", "chi", "dee", "eli"], setting())
    assert told(found) == [
        ("Dee", "  38 h of 49 h   11 h less than the fair share", True),
        ("chi", "  49 h of 49 h   carries the fair share", True),
        ("Ana (me)", "takes no turns", True),
        ("eli", "takes no turns", True),
    ]


def test_a_technician_lets_anybody_come_instead_and_else_comes_alone():
    """What cannot be picked comes last."""
    own = offers.people(BENS, CANDIDATES, ["dee", "ben"], setting(me=BEN))
    free = offers.people(HOLE, CANDIDATES, ["dee", "ben"], setting(me=BEN))
    assert all(can for *_, can in told(own))
    assert [(label, can) for label, _, can in told(free)] == [
        ("Ben (me)", True),
        ("Dee", False),
        ("chi", False),
    ]


def test_stretches_to_swap_for_are_the_likest_first():
    """Of others, to come, and known whole; of a technician's own, if it is somebody else's."""
    evening = piece(Sort.WATCH, "2026-12-01 17:00", "2026-12-02 08:00", "dee")
    saturday = piece(Sort.WATCH, "2026-12-05 08:00", "2026-12-06 08:00", "dee")
    over = piece(Sort.WATCH, "2026-11-24 17:00", "2026-11-25 08:00", "dee")
    cut = piece(Sort.WATCH, "2026-12-09 17:00", "2026-12-10 00:00", "dee")
    shown = (Row("ben", (BENS,)), Row("dee", (over, evening, saturday, cut)))
    until = at("2026-12-10 00:00")
    found = offers.stretches(BENS, shown, until, setting())
    assert [each.value.taken for each in found] == [saturday, evening]
    assert found[0].detail == "Sat 5 Dec 08:00 – Sun 6 Dec 08:00   24 h, weekend"
    mine = offers.stretches(saturday, shown, until, setting(me=BEN))
    assert [each.value for each in mine] == [offers.Offer("ben", BENS)]


TIMES = (naive("2026-11-28 14:00"), naive("2026-11-28 22:00"))


@pytest.mark.parametrize(
    ("kind", "one", "offer", "changes"),
    [
        ("add", HOLE, offers.Offer("dee"), [("add", *TIMES, "dee", "")]),
        ("absent", BENS, offers.Offer("ben"), [("absent", *TIMES, "ben", "")]),
        ("cover", BENS, offers.Offer("dee"), [("cover", *TIMES, "dee", "ben")]),
        (
            "swap",
            BENS,
            offers.Offer("dee", piece(Sort.WATCH, "2026-12-05 08:00", "2026-12-06 08:00", "dee")),
            [
                ("swap", *TIMES, "dee", "ben"),
                ("swap", naive("2026-12-05 08:00"), naive("2026-12-06 08:00"), "ben", "dee"),
            ],
        ),
    ],
)
def test_what_was_picked_becomes_changes(kind, one, offer, changes):
    """A swap is two."""
    made = offers.changes(ChangeKind(kind), one, offer, TIMES, setting())
    assert list(made) == [Change(ChangeKind(each), *rest) for each, *rest in changes]


# ---------------------------------------------------------------------------- the lists

HOUR = timedelta(hours=1)
BURDENS = (
    Burden("ana", {}, 0.0, 0.0),
    Burden("ben", {Band.EVENING: 20 * HOUR, Band.NIGHT: 10 * HOUR, Band.HOLIDAY: 8 * HOUR}, 63, 49),
    Burden("dee", {Band.WEEKEND: 19 * HOUR}, 38.0, 49.0),
    Burden("chi", {Band.EVENING: 46 * HOUR}, 46.0, 49.0),
)


def test_burdens_are_told_by_band_against_the_fair_share():
    """Who carries more than it comes first, with a sign; the share is marked in the bar."""
    made = [each.plain.rstrip() for each in lists.burden_lines(BURDENS, NAMES, 67, "ben")]
    assert made == [
        "                         weighted   evening   night weekend holiday",
        "▌ Ben         ━━━━━━━━│━     63 h ▲    20 h    10 h       –     8 h",
        "  chi         ━━━━━━━ │      46 h      46 h       –       –       –",
        "  Dee         ━━━━━━  │      38 h         –       –    19 h       –",
        "  Ana                         0 h         –       –       –       –",
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (90, "BURDEN, 12 MONTHS   fair share 49 h   fairest to ask Dee, chi"),
        (50, "BURDEN, 12 MONTHS   fair share 49 h"),
        (20, "BURDEN, 12 MONTHS"),
    ],
)
def test_the_heading_says_whom_to_ask(cells, said):
    """As far as there is room."""
    assert lists.burden_title(BURDENS, NAMES, cells).plain == said


def test_without_turns_there_is_no_fair_share():
    """Only those who stood in."""
    assert lists.burden_title(BURDENS[:1], NAMES, 90).plain == "BURDEN, 12 MONTHS"


@given(cells=st.integers(10, 200))
def test_every_line_of_the_lists_fits(cells):
    """However narrow."""
    change = CoverChangeView(1, at("2026-11-26 09:00"), "Ben", "Ana covers a long time " * 9)
    made = lists.burden_lines(BURDENS, NAMES, cells)
    made += lists.change_lines([change], at("2026-11-26 10:42"), LONDON, cells)
    assert max(each.cell_length for each in made) <= cells


def test_changes_say_when_who_and_what():
    """What was taken back says so; long ones go on below."""
    first = CoverChangeView(2, at("2026-11-26 09:00"), "Ben", "Ana covers Sat 28 Nov", mine=True)
    second = CoverChangeView(1, at("2026-11-25 09:00"), "Dee O", "Dee is absent", undone=True)
    made = lists.change_lines([first, second], at("2026-11-26 10:42"), LONDON, 48)
    assert [each.plain for each in made] == [
        "09:00         Ben    Ana covers Sat 28 Nov",
        "25 Nov 09:00  Dee O  Dee is absent (taken back)",
    ]
    assert lists.change_lines([], at("2026-11-26 10:42"), LONDON, 48)[0].plain.startswith("Nothing")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_change_drives_the_terminal(text):
    """Whatever its writer is called."""
    change = CoverChangeView(1, at("2026-11-26 09:00"), text, text)
    made = lists.change_lines([change], at("2026-11-26 10:42"), LONDON, 48)
    assert [bad for bad in FORBIDDEN for each in made if bad in each.plain] == []
