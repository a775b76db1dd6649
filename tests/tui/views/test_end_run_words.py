"""What the view of end-runs says of figures, whatever they are and whoever was named how."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from store.end_run_records import (
    Converted,
    Doors,
    EndRunsView,
    Part,
    Period,
    PersonRuns,
    RunCount,
    RunRow,
    Speed,
    Tally,
)
from store.text import one_line
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE, hostile_view
from tests.tui.screens.samples import NOW, board_row, rulebook
from tests.tui.screens.stage import Stage
from tui.board.telling import names
from tui.board.views.end_runs import chart, words
from tui.board.views.end_runs.lines import Known, Setting, figure_of, figures, key_of, number_of

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
WEEKS = tuple(Tally(f"2026-09-{day:02}", "", day, 0) for day in range(7, 19))


def a_view(count: int = 9, name: str = "Ito", row=None, **changes: object) -> EndRunsView:
    """Return figures of twelve weeks."""
    runs = RunCount(count, 1, 1, 45, 7, 3)
    tallies = (Tally("x", name, count, 1),)
    given: dict[str, object] = {
        "period": Period.TWELVE_WEEKS,
        "since": NOW - timedelta(weeks=11),
        "weeks_passed": 11.1,
        "requests": 142,
        "team": runs,
        "rate": 0.12,
        "emergency_share": None,
        "people": (PersonRuns("ben", runs, 31, 0.29),),
        "channels": (Tally("walk_up", "", count, 0),),
        "hours": tuple(range(24)),
        "weeks": WEEKS,
        "departments": tallies,
        "requesters": tallies,
        "to_confirm": (RunRow(row or board_row(end_run="ben", end_run_rule="R2"), None),),
    }
    return EndRunsView(**(given | changes))


def setting(cells: int) -> Setting:
    """Return who reads it, on a screen of so many cells."""
    app = Stage()
    return Setting(app.me, names(rulebook()), NOW, LONDON, cells)


DOORS = Doors(Speed(40, MINUTE, MINUTE, 2 * MINUTE), Speed(99, 9 * MINUTE, MINUTE, MINUTE), True)


@pytest.mark.parametrize("cells", [77, 99, 105, 106, 117])
@pytest.mark.parametrize("count", [0, 9, 9_999])
def test_no_line_is_longer_than_there_is_room(cells, count):
    """From the narrowest screen on, with few end-runs and with thousands."""
    known = Known(a_view(count), DOORS, Converted(140, 99, 0.7))
    told = [line.content.plain for line in figures(known, setting(cells))]
    assert [line for line in told if len(line.rstrip()) > cells] == []


def test_what_somebody_else_wrote_is_only_text():
    """Names and subjects drive no terminal and are no markup."""
    for text in HOSTILE:
        row = hostile_view(text).row
        told = figures(Known(a_view(name=text, row=row)), setting(117))
        said = "\n".join(line.content.plain for line in told)
        assert [bad for bad in FORBIDDEN if bad in said] == []
        assert one_line(text).split()[0] in said


@pytest.mark.parametrize(
    ("doors", "said"),
    [
        (Doors(Speed(5), Speed(99, MINUTE, MINUTE, MINUTE), False), "Too few"),
        (Doors(Speed(40, MINUTE, MINUTE, MINUTE), Speed(40, *[9 * MINUTE] * 3), True), "side door"),
        (Doors(Speed(40, *[9 * MINUTE] * 3), Speed(40, *[MINUTE] * 3), True), "front door"),
        (Doors(Speed(40, *[MINUTE] * 3), Speed(40, *[MINUTE] * 3), True), "Neither"),
    ],
)
def test_a_door_is_faster_only_where_that_is_sure(doors, said):
    """Enough of both, and intervals apart."""
    assert said in words.what_comes_of_it(doors, None)[2].plain


@pytest.mark.parametrize(
    ("converted", "said"),
    [
        (Converted(1, None, None), "1 time somebody asked again; told from 6 on"),
        (Converted(9, 4, None), "4 of 9 times somebody asked again"),
        (Converted(20, 14, 0.7), "14 of 20 times somebody asked again, 70 %"),
    ],
)
def test_who_came_by_the_front_door_next(converted, said):
    """A count from six on, a share from twenty on."""
    assert words.what_comes_of_it(None, converted)[0].plain.endswith(said)


def test_a_column_is_as_tall_as_its_count():
    """The tallest fills the chart; what is there at all is seen; nothing is nothing."""
    weeks = [Tally("2026-11-02", "", 80, 0), Tally("2026-11-09", "", 1, 0)]
    drawn = [line.plain for line in chart.by_week([*weeks, Tally("2026-11-16", "", 0, 0)], 27)]
    assert drawn[0].split() == ["███████"]
    assert drawn[3].split() == ["███████", "▁▁▁▁▁▁▁"]
    assert drawn[4].split() == ["80", "1", "0"]
    assert drawn[5].split() == ["2", "Nov", "9", "16"]


def test_keys_of_lines_say_what_they_are_about():
    """A figure or a request; a heading is neither."""
    assert figure_of(key_of(Part.DEPARTMENT, "a:b")) == (Part.DEPARTMENT, "a:b")
    assert (number_of("#1042"), figure_of("#1042"), number_of(""), figure_of("")) == (
        *(1042, None, None, None),
    )
