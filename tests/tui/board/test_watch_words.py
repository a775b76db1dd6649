"""Who is on watch, in the words of the panel, of the line at the foot, and of the head."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from store.rules.cover import Cover, OnWatch, Stretch
from tests.conftest import NOW
from tests.rulebook import a_rulebook
from tui.board.telling import names
from tui.board.watch_words import Late, Tone, Turn, Watching, fitting, turns, watch_now

TZ = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
NAMES = names(a_rulebook())


def stretch(start, end, state=Cover.COVERED, who=None):
    """Return a stretch; hours from now."""
    return Stretch(NOW + start * HOUR, NOW + end * HOUR, state, who)


DESK = stretch(0, 6, Cover.STAFFED)
NIGHT = stretch(6, 20, who="ben")
GAP = stretch(120, 128, Cover.GAP)


def told(watch, *present, is_open=True, **more):
    """Return the lines of the watch, as (when, what, tone)."""
    known = Watching(watch, present, is_open, **more)
    return [
        (each.when, each.what.replace("\u00a0", " "), each.tone)
        for each in turns(known, NAMES, NOW, TZ)
    ]


def brief(watch, *present, is_open=True, **more):
    """Return the lines of the watch in few words."""
    known = Watching(watch, present, is_open, **more)
    return [each.short for each in turns(known, NAMES, NOW, TZ)]


def test_in_desk_hours_it_says_who_is_in_then_who_is_on_watch_then_the_gaps():
    """Moments as people say them."""
    watch = OnWatch(DESK, NIGHT, (GAP,), backup="dee")
    assert told(watch, "chi", "ana") == [
        ("now", "Ana Chi (2 in)", Tone.PLAIN),
        ("16:42", "Ben, backup Dee", Tone.PLAIN),
        ("Sat", "▲ nobody 10:42–18:42", Tone.GAP),
    ]
    assert brief(watch, "chi", "ana") == ["Ana Chi (2 in)", "16:42 Ben", "▲ Sat 10:42–18:42"]


def test_after_hours_it_says_who_is_on_watch_and_who_helps_out():
    """Until when, and who is next on another day."""
    watch = OnWatch(stretch(-1, 3, who="ben"), stretch(30, 40, who="dee"), (), backup="dee")
    assert told(watch, is_open=False) == [
        ("now", "Ben until 13:42", Tone.PLAIN),
        ("", "backup Dee", Tone.PLAIN),
        ("Tue", "Dee from 16:42", Tone.PLAIN),
    ]
    assert brief(watch, is_open=False) == ["now Ben until 13:42", "backup Dee", "Tue 16:42 Dee"]


def test_with_a_watch_all_day_it_says_both():
    """Who is in, and who has the watch."""
    watch = OnWatch(stretch(-1, 3, who="ben"), None, ())
    assert told(watch, "ana")[:2] == [
        ("now", "Ana (1 in)", Tone.PLAIN),
        ("watch", "Ben until 13:42", Tone.PLAIN),
    ]


def test_a_gap_that_is_on_is_said_first():
    """With its sign, not by colour alone."""
    gap = stretch(-1, 3, Cover.GAP)
    [first, *_] = told(OnWatch(gap, NIGHT, (gap, GAP)), is_open=False)
    assert first == ("now", "▲ nobody until 13:42", Tone.GAP)


@pytest.mark.parametrize(
    ("state", "said"),
    [(Cover.BEST_EFFORT, "best effort until 13:42"), (Cover.STAFFED, "no watch until 13:42")],
)
def test_that_nobody_is_there_can_be_a_choice(state, said):
    """Then it is no danger."""
    [first, *_] = told(OnWatch(stretch(-1, 3, state), NIGHT, ()), is_open=False)
    assert first == ("now", said, Tone.PLAIN)


def test_of_many_gaps_three_are_told_and_the_others_counted():
    """A line more."""
    gaps = tuple(stretch(n, n + 1, Cover.GAP) for n in range(10, 20, 2))
    lines = told(OnWatch(DESK, None, gaps))
    assert (len(lines), lines[-1][1]) == (5, "▲ 2 more in 14 days")


def test_a_gap_of_next_week_is_told_by_its_date():
    """A whole hour needs no minutes where there is little room."""
    gap = stretch(217.3, 222.3, Cover.GAP)
    assert told(OnWatch(DESK, None, (gap,)))[-1] == ("2 Dec", "▲ nobody 12:00–17:00", Tone.GAP)
    assert brief(OnWatch(DESK, None, (gap,)))[-1] == "▲ 2 Dec 12–17"


def test_notes_and_what_will_be_late_are_told():
    """The note first: it is for whoever looks."""
    late = Late(2, NOW + 20 * HOUR)
    lines = told(OnWatch(DESK, NIGHT, ()), notes_by=("Ben", "Dee", "Ben"), late=late)
    assert (lines[0], lines[-1]) == (
        ("note", "from Ben and Dee", Tone.NOTE),
        ("late", "! 2 before Tue 06:42", Tone.RISK),
    )
    assert brief(None, notes_by=("Ben",)) == ["note from Ben", "nobody is in"]


def test_without_a_roster_it_says_who_is_in():
    """There is nothing else to say."""
    assert told(None) == [("now", "nobody is in", Tone.PLAIN)]
    eight = [f"p{n}" for n in range(8)]
    assert told(None, *eight)[0][1] == "p0 p1 p2 p3 p4 p5 +2 (8 in)"


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        (99, ["now Ben", "backup Dee", "Mon Chi", "▲ Sat", "▲ Sun"]),
        (35, ["now Ben", "Mon Chi", "▲ Sat", "▲ Sun"]),
        (20, ["now Ben", "▲ Sat"]),
        (0, ["now Ben"]),
    ],
)
def test_where_there_is_little_room_the_least_gives_way(cells, left):
    """Gaps stay longest."""
    ranks = {"now Ben": 0, "backup Dee": 4, "Mon Chi": 2, "▲ Sat": 0, "▲ Sun": 3}
    lines = [Turn("", said, rank=rank) for said, rank in ranks.items()]
    assert [each.short for each in fitting(lines, cells, 3)] == left


@pytest.mark.parametrize(
    ("state", "who", "said"),
    [
        (Cover.COVERED, "ben", "Ben has the watch"),
        (Cover.GAP, None, "▲ nobody on watch"),
        (Cover.BEST_EFFORT, None, "best effort"),
        (Cover.STAFFED, None, ""),
    ],
)
def test_the_head_says_who_has_the_watch(state, who, said):
    """In a few words."""
    assert watch_now(OnWatch(stretch(-1, 3, state, who), None, ()), NAMES) == said
