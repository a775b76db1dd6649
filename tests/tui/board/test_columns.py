"""The lines of the queue: columns under their titles, at every width."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.clock import SetClock
from store.records import Address
from store.words import ClockStatus, Group, Metric, State
from tests.rulebook import a_rulebook
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.screens.samples import NOW, request_view
from tui.board.cells import width
from tui.board.columns import Ink, Shown, family_name, layout
from tui.board.telling import Telling

RULES = a_rulebook()
TELLING = Telling(RULES, SetClock(NOW))
ROW = replace(request_view().row, department="maths", assignee="ben")


def line(row, cells=100, *, marked=False, readers=""):
    """Return the line of a row as text."""
    shown = Shown(row, TELLING.clock(row, wide=cells >= 84), marked, readers)
    parts = layout(cells, 9999).line(shown, TELLING.names)
    return "".join(text for text, _ in parts)


@given(cells=st.integers(50, 300), highest=st.integers(1001, 9_999_999))
def test_a_line_and_its_titles_fill_the_list_exactly(cells, highest):
    """The cursor's cell and all columns, at any width."""
    shown = Shown(replace(ROW, number=highest), TELLING.clock(ROW, wide=True), False, "")
    columns = layout(cells, highest)
    assert width(columns.titles()) == cells
    assert 1 + sum(width(text) for text, _ in columns.line(shown, TELLING.names)) == cells


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[0])
def test_hostile_text_is_only_text(text):
    """Wherever somebody outside can write."""
    row = replace(
        ROW,
        subject=text,
        requester=Address(text, text),
        department=text,
        assignee=text,
        end_run=text,
    )
    drawn = line(row)
    assert ([bad for bad in FORBIDDEN if bad in drawn], width(drawn)) == ([], 99)


def test_a_wide_line_has_it_all():
    """State, number, priority, clock and which it is, subject, end-run, who, to."""
    row = replace(ROW, end_run="chi")
    words = line(row, 120, readers="BO")
    for part in (
        "1042",
        "P1",
        "1st",
        "Projector dead",
        "⤴ Chi",
        "BO",
        "Hopper · Mathematics",
        "Ben",
    ):
        assert part in words


def test_a_narrow_line_leaves_out_who_asked():
    """The subject needs the room."""
    assert "Hopper" not in line(ROW, 80)


def test_nobody_is_a_dash_and_a_mark_a_dot():
    """Neither is told by colour alone."""
    assert line(replace(ROW, assignee="")).rstrip().endswith("—")
    assert line(ROW, marked=True)[1] == "•"


def test_an_emergency_shows_at_its_priority():
    """With a sign of its own."""
    assert "P1!" in line(replace(ROW, emergency=True))


def test_a_request_without_a_subject_says_so():
    """An empty cell would look like a fault."""
    assert "(no subject)" in line(replace(ROW, subject="\x1b"))


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Address("Grace Hopper", "hopper@x"), "Hopper"),
        (Address("Hopper", "hopper@x"), "Hopper"),
        (Address("", "hopper@x.example"), "hopper"),
        (Address("山田 太郎", "yamada@x"), "山田 太郎"),
        (Address("", ""), ""),
    ],
)
def test_people_are_called_by_their_family_name(person, name):
    """Names in wide characters stay whole; without a name it is the address."""
    assert family_name(person) == name


@pytest.mark.parametrize(
    ("change", "glyph", "words", "where"),
    [
        ({"due": NOW - timedelta(minutes=12)}, "×", "overdue 0:12", Group.OVERDUE),
        ({"due": NOW + timedelta(minutes=25), "warn_75": NOW}, "!", "0:25 left", Group.AT_RISK),
        ({"due": NOW + timedelta(hours=6), "warn_75": None}, " ", "due 16:42", Group.RUNNING),
        (
            {"status": ClockStatus.PAUSED, "due": None, "remaining": timedelta(hours=4)},
            "=",
            "paused 4 h",
            Group.PAUSED,
        ),
    ],
)
def test_a_clock_has_its_sign_and_its_word(change, glyph, words, where):
    """Late and at risk are never told by colour alone."""
    clock = replace(ROW.clock, metric=Metric.RESOLUTION, calendar="always", **change)
    told = TELLING.clock(replace(ROW, clock=clock, snoozed_until=None), wide=True)
    assert (told.glyph, told.words, told.group) == (glyph, words, where)


def test_a_snoozed_request_says_until_when():
    """Unless it is overdue."""
    row = replace(ROW, clock=None, snoozed_until=NOW + timedelta(hours=1))
    told = TELLING.clock(row, wide=True)
    assert (told.glyph, told.words, told.group) == ("z", "till 11:42", Group.SNOOZED)


def test_what_has_ended_says_so_instead_of_a_clock():
    """A search shows it."""
    assert TELLING.clock(replace(ROW, state=State.RESOLVED), wide=True).words == "resolved"


def test_only_late_and_at_risk_have_a_colour():
    """A calm list: everything else is plain, bold or dim."""
    late = replace(ROW, clock=replace(ROW.clock, due=NOW - timedelta(hours=1)))
    shown = Shown(late, TELLING.clock(late, wide=True), False, "")
    inks = {ink for text, ink in layout(120, 9999).line(shown, TELLING.names) if text.strip()}
    assert inks & {Ink.LATE, Ink.RISK} == {Ink.LATE}
