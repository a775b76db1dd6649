"""The dialog of a proposal: how its loads are laid out."""

from __future__ import annotations

import pytest
from textual.content import Content

from tui.board.screens.proposal import laid_out

NAMES = ("Ana", "Ben", "Chi", "Dee")


@pytest.mark.parametrize(
    ("cells", "lines_"),
    [
        (45, ["Ana 9.0 ▲   Ben 7.0 ▲   Chi 5.0 ▲   Dee 3.0 ▲"]),
        (44, ["Ana 9.0 ▲   Ben 7.0 ▲   Chi 5.0 ▲", "Dee 3.0 ▲"]),
        (21, ["Ana 9.0 ▲   Ben 7.0 ▲", "Chi 5.0 ▲   Dee 3.0 ▲"]),
        (20, ["Ana 9.0 ▲", "Ben 7.0 ▲   and 2 more"]),
    ],
)
def test_loads_are_told_in_two_lines(cells, lines_):
    """No sign stands apart from its person; what has no room is counted."""
    parts = [Content(f"{name} {load}.0 ▲") for name, load in zip(NAMES, (9, 7, 5, 3), strict=True)]
    assert laid_out(parts, cells, 2).plain.splitlines() == lines_
