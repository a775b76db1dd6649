"""Columns in words: what stands above them, their lines, everybody in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from store.clock import SetClock
from store.words import Attendance, State
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.screens.samples import NOW, board_row, rulebook
from tests.tui.views.test_workload_place import person
from tui.board.telling import Telling
from tui.board.views.workload.words import HEAD, Setting, everybody, head, line

TELLING = Telling(rulebook(), SetClock(NOW))
SETTING = Setting(TELLING.names, TELLING, NOW, ZoneInfo("Europe/London"), {1042: "BO writes"})
ANA = person("ana", [1, 2])


def lines(one, cells=60):
    """Return the head of a column, without its ends of blanks."""
    return [each.plain.strip() for each in head(one, SETTING, cells, here=False)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "in"),
        ({"board": False}, "in, no board open"),
        ({"attendance": Attendance.OFF}, "off"),
        (
            {"attendance": Attendance.AWAY, "until": NOW + timedelta(hours=2)},
            "away until 12:42",
        ),
        ({"gone": True}, "not on the desk any more"),
    ],
)
def test_a_column_says_whether_somebody_is_there(change, said):
    """And until when not."""
    assert lines(replace(ANA, **change))[0].endswith(f"  {said}")


def test_a_column_says_how_much_somebody_has():
    """The load against what they can carry, the plain count, the oldest, end-runs."""
    one = replace(
        ANA, load=6.5, waiting=1, oldest=NOW - timedelta(days=3), end_run_minutes=45, open=2
    )
    assert lines(one)[1:] == [
        "load 6.5 of 10  ▓▓▓▓▓▓░░░░",
        "2 open, 1 waiting, oldest 3 days",
        "end-runs 45 min today",
        "",
    ]
    assert len(lines(one)) == HEAD


def test_too_much_has_a_sign_and_a_word():
    """A warning, not by colour alone; as much as the capacity is not too much."""
    assert lines(replace(ANA, load=10.0))[1] == "load 10.0 of 10  ▓▓▓▓▓▓▓▓▓▓"
    assert lines(replace(ANA, load=14.0))[1] == "load 14.0 of 10  ▓▓▓▓▓▓▓▓▓▓ ▲ over"


def test_a_request_in_a_line():
    """Its clock, mark, number, priority, what is left, the subject and who has it open."""
    row = replace(board_row(), subject="Projector dead", end_run="")
    said = line(row, SETTING, 60, 4, marked=True).plain
    assert said.split() == ["×•1042", "P1", "late", "0:12", "Projector", "dead", "BO", "writes"]
    waiting = replace(row, state=State.WAITING_SUPPLIER, offered=True)
    said = line(waiting, SETTING, 64, 4, marked=False).plain
    assert " ".join(said.split()).endswith("Projector dead BO writes ⚑ waiting")
    said = line(waiting, SETTING, 38, 4, marked=False).plain
    assert said.split()[-2:] == ["dead", "⚑"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("cells", [8, 37, 100])
def test_a_line_fits_and_is_only_text(text, cells):
    """Whatever the subject is."""
    row = replace(board_row(), subject=text)
    said = line(row, SETTING, cells, 4, marked=False)
    assert said.cell_length == cells
    assert not any(sign in said.plain for sign in FORBIDDEN)


def test_everybody_stands_in_one_line():
    """Those whose columns are shown are never left out."""
    people = [replace(person(f"p{n}", []), load=float(n)) for n in range(30)]
    whole = everybody(people, range(2, 4), SETTING, 1000).plain
    assert whole.startswith(" p0 0.0  p1 1.0")
    assert whole.endswith("p29 29.0 ▲")
    for first in (0, 14, 27):
        said = everybody(people, range(first, first + 3), SETTING, 78)
        assert said.cell_length <= 78
        assert all(f"p{n} {n}.0" in said.plain for n in range(first, first + 3))
