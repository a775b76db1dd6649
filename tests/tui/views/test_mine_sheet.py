"""The lines of one's own work: what they say is harmless, and a request may have several."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.mine_records import EndRun, EndRuns, MineView, Moved, Owed, Promise
from store.text import is_safe
from store.words import Channel
from tests.tui.screens.hostile import HOSTILE
from tests.tui.screens.samples import NOW
from tui.board.views.mine.sheet import Section, is_heading, key, number_of, sheet

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


def view(numbers=(1001,), text="a lamp", **more) -> MineView:
    """Return a view with each of ``numbers`` in every section."""
    usual = {
        "live": len(numbers),
        "yours": tuple(numbers),
        "owed": tuple(Owed(each, NOW) for each in numbers),
        "promised": tuple(Promise(each, NOW + HOUR, text) for each in numbers),
        "offered": tuple(numbers),
        "moved": tuple(
            Moved(each, came=True, who=text, text=text, at=NOW, why=(text,)) for each in numbers
        ),
        "since": NOW,
        "end_runs": EndRuns(
            NOW,
            1,
            5,
            1,
            tuple(EndRun(each, NOW, Channel.CHAT, 5, probable=True) for each in numbers),
        ),
    }
    return MineView(**(usual | more))


@given(st.lists(st.integers(1, 10**9), unique=True, max_size=4))
def test_every_line_has_a_key_of_its_own(numbers):
    """From which its request can be told; headings are of none."""
    order = sheet(view(numbers), NOW, LONDON).order
    lines = [each for each in order if not is_heading(each)]
    assert len(order) == len(set(order))
    assert [number_of(each) for each in lines] == numbers * len(Section)
    assert all(number_of(each) < 0 for each in order if is_heading(each))


def test_what_is_empty_has_no_heading():
    """But for that there is nothing to see."""
    nothing = dict.fromkeys(("owed", "promised", "offered", "moved"), ())
    shown = sheet(view(**nothing, end_runs=EndRuns(NOW)), NOW, LONDON)
    assert shown.order == (-1 - Section.YOURS, key(Section.YOURS, 1001))
    assert sheet(view((), **nothing, end_runs=EndRuns(NOW)), NOW, LONDON).order == ()


def test_of_very_many_it_says_how_many_are_shown():
    """And why somebody gave one, and that an end-run may be none."""
    shown = sheet(view(live=812), NOW, LONDON)
    assert shown.headings[-1 - Section.YOURS] == ("yours, by clock", "812 · the first 1")
    assert shown.notes[key(Section.END_RUNS, 1001)] == "probable · 5 min · chat · 10:42"
    assert shown.notes[key(Section.MOVED, 1001)] == "a lamp a lamp 10:42, a lamp"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_note_drives_a_terminal(text):
    """Whoever wrote it."""
    assert all(is_safe(note) for note in sheet(view(text=text), NOW, LONDON).notes.values())
