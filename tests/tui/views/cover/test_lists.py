"""The lists below the chart of cover."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cover_records import CoverChangeView
from store.rules.burden import Burden
from store.rules.roster import Band
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.views.cover.test_words import LONDON, NAMES, at
from tui.board.views.cover import lists

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
