"""Text fits its cells exactly, in every script, and never drives the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from store.text import is_safe
from tui.board.cells import fit, settled, width, wrapped


@given(text=st.text(max_size=40), cells=st.integers(0, 30), right=st.booleans())
def test_a_text_takes_exactly_its_cells(text, cells, right):
    """Filled up or cut, whatever it is made of."""
    assert cell_len(fit(settled(text), cells, right=right)) == cells


@given(st.text())
def test_what_is_settled_is_safe_and_in_one_line(text):
    """Nothing is left that could drive a terminal."""
    line = settled(text)
    assert (is_safe(line), "\n" in line, settled(line)) == (True, False, line)


@pytest.mark.parametrize(
    ("text", "line", "cells"),
    [
        ("👩‍👩‍👧 lost", "👩👩👧 lost", 11),
        ("🇬🇧 visitors", "GB visitors", 11),
        ("I ❤️ printers", "I ❤ printers", 12),
        ("thanks 👍🏽", "thanks 👍", 9),
        ("1️⃣ first", "1 first", 7),
        ("プリンター", "プリンター", 10),
        ("ﾌﾟﾘﾝﾀ", "ﾌﾟﾘﾝﾀ", 5),
        ("café", "café", 4),
        ("cafe\u0301", "cafe\u0301", 4),
        ("각", "각", 2),
        ("ที่นี่", "ที่นี่", 2),
        ("क्‍ष", "क्ष", 2),
        ("a\tb\nc", "a b c", 5),
        ("\x1b]52;c;eA==\x07x", "]52;c;eA==x", 11),
    ],
)
def test_every_terminal_agrees_how_wide_it_is(text, line, cells):
    """What terminals disagree about is taken apart; both ways of counting give the same."""
    assert settled(text) == line
    assert (width(line), sum(max(wcwidth(each), 0) for each in line)) == (cells, cells)


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("Projector", 9, "Projector"),
        ("Projector", 6, "Proje…"),
        ("プリンター", 6, "プリ …"),
        ("プリンター", 5, "プリ…"),
        ("x", 0, ""),
        ("ab", 1, "…"),
    ],
)
def test_a_long_text_is_cut_with_an_ellipsis(text, cells, shown):
    """A wide character that does not fit any more leaves a space."""
    assert fit(text, cells) == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ben until Tue 08:00", ["Ben until Tue 08:00"]),
        ("▲ nobody until Wed 08:00", ["▲ nobody until Wed", "08:00"]),
        ("▲ nobody until\u00a0Wed\u00a008:00", ["▲ nobody", "until Wed 08:00"]),
        ("Maximiliane-Charlotte-Sophie", ["Maximiliane-Charlott…"]),
        ("", [""]),
    ],
)
def test_text_is_broken_at_spaces_and_not_at_hard_ones(text, expected):
    """What belongs together stays on one line; what is too long is cut."""
    assert wrapped(text, 21) == expected
