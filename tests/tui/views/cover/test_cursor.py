"""The cursor on the chart of cover."""

from __future__ import annotations

from tests.tui.views.cover.test_chart import at, gap, watch
from tui.board.views.cover import cursor as moves
from tui.board.views.cover.cursor import Cursor
from tui.board.views.cover.rows import DESK, NOBODY, Row

BEN = Row(
    "ben",
    (watch("2026-11-23 17:00", "2026-11-24 08:00"), watch("2026-11-25 17:00", "2026-11-26 08:00")),
)
CHI = Row("chi", ())
HOLES = Row(
    NOBODY,
    (gap("2026-11-25 12:00", "2026-11-25 17:00"), gap("2026-11-28 14:00", "2026-11-28 22:00")),
)
SHOWN = (Row(DESK, ()), BEN, CHI, HOLES)


def test_the_cursor_begins_with_who_has_the_watch_now():
    """Or on the desk."""
    assert moves.beginning(SHOWN, at("2026-11-23 20:00")).key == "ben"
    assert moves.beginning(SHOWN, at("2026-11-24 20:00")).key == DESK
    assert moves.beginning((), at("2026-11-24 20:00")).key == DESK


def test_it_goes_from_stretch_to_stretch_and_stops_at_the_ends():
    """The nearest one is where it begins."""
    here = Cursor("ben", at("2026-11-24 10:00"))
    starts = []
    for step in (0, 1, 1, -1, -1):
        here = moves.beside(SHOWN, here, step)
        starts.append(moves.piece(SHOWN, here))
    first, second = BEN.pieces
    assert starts == [first, second, second, first, first]
    empty = Cursor("chi", at("2026-11-24 10:00"))
    assert (moves.beside(SHOWN, empty, 1), moves.piece(SHOWN, empty)) == (empty, None)


def test_from_the_present_rows_show_what_comes_not_what_is_over():
    """Unless nothing comes any more; along the row it still goes back to that."""
    now = at("2026-11-24 10:00")
    here = moves.below(SHOWN, moves.beginning(SHOWN, now), 1)
    assert moves.piece(SHOWN, here) == BEN.pieces[1]
    assert moves.piece(SHOWN, moves.beside(SHOWN, here, -1)) == BEN.pieces[0]
    late = moves.below(SHOWN, moves.beginning(SHOWN, at("2026-11-27 10:00")), 1)
    assert moves.piece(SHOWN, late) == BEN.pieces[1]


def test_down_and_up_again_leads_back():
    """The moment stays, whatever the rows between have then."""
    here = Cursor("ben", at("2026-11-25 17:00"))
    below = moves.below(SHOWN, here, 2)
    assert moves.piece(SHOWN, below) == HOLES.pieces[0]
    assert moves.below(SHOWN, moves.below(SHOWN, below, -1), -1) == here
    assert moves.below(SHOWN, here, 99).key == NOBODY
    assert moves.below(SHOWN, here, -99).key == DESK


def test_the_next_gap_is_found_from_anywhere_and_after_the_last_the_first():
    """Without any there is none."""
    here = Cursor("ben", at("2026-11-30 17:00"))
    found = []
    for _ in range(3):
        here = moves.next_gap(SHOWN, here)
        found.append(moves.piece(SHOWN, here))
    assert found == [HOLES.pieces[0], HOLES.pieces[1], HOLES.pieces[0]]
    assert moves.next_gap(SHOWN[:3], here) is None
