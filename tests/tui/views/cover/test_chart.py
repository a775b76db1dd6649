"""The chart of cover as pure functions: rows, columns, cells, words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.rules.cover import Cover, Stretch
from tui.board.screens import ink
from tui.board.views.cover.chart import Days, chart, columns, hours, said
from tui.board.views.cover.rows import DESK, NOBODY, Piece, Row, Sort, gaps, rows
from tui.board.views.cover.scale import Scale, scale

LONDON = ZoneInfo("Europe/London")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Chatham",
        "America/St_Johns",
        "UTC",
    )
]
PLAIN = Days({}, frozenset())
HOUR = timedelta(hours=1)


def at(local: str) -> datetime:
    """Return the instant of "2026-11-28 14:00" on London's clock."""
    return datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)


def fortnight(room: int = 108, first: str = "2026-11-23", days: int = 14) -> Scale:
    """Return the days of the chart from ``first`` on, for so much room."""
    since = at(f"{first} 00:00")
    return scale(since, since + timedelta(days), LONDON, room)


def gap(start: str, end: str) -> Piece:
    """Return a gap."""
    return Piece(at(start), at(end), Sort.GAP)


def watch(start: str, end: str, who: str = "ben") -> Piece:
    """Return somebody's watch."""
    return Piece(at(start), at(end), Sort.WATCH, who, "main")


def line(
    row: Row, room: int = 108, first: str = "2026-11-23", now: str = "2026-11-20 12:00"
) -> str:
    """Return a row as it is drawn, without the marks between days."""
    drawn = chart([row], fortnight(room, first), PLAIN, at(now)).rows[0].plain
    return drawn.replace("┊", " ")


# ---------------------------------------------------------------------------- rows


def test_every_person_has_a_row_and_nobody_has_one():
    """Desk first, people in their order, then who only stood in, then nobody."""
    end = at("2026-11-24 08:00")
    timeline = [
        Stretch(at("2026-11-23 17:00"), at("2026-11-23 20:00"), Cover.COVERED, "ben", "main"),
        Stretch(at("2026-11-23 20:00"), at("2026-11-23 22:00"), Cover.COVERED, "eli", "cover"),
        Stretch(at("2026-11-23 22:00"), at("2026-11-24 00:00"), Cover.GAP),
        Stretch(at("2026-11-24 00:00"), end, Cover.BEST_EFFORT),
    ]
    opened = [(at("2026-11-23 08:00"), at("2026-11-23 17:00"))]
    made = rows(timeline, opened, ["ana", "ben"], {timeline[0].start: "ana"})
    assert [(row.key, [piece.sort for piece in row.pieces]) for row in made] == [
        (DESK, [Sort.OPEN]),
        ("ana", []),
        ("ben", [Sort.WATCH]),
        ("eli", [Sort.WATCH]),
        (NOBODY, [Sort.GAP, Sort.BEST_EFFORT]),
    ]
    assert (made[2].pieces[0].backup, len(list(gaps(made)))) == ("ana", 1)


# ---------------------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("room", "cells"), [(20, 6), (70, 6), (98, 6), (108, 6), (126, 8), (182, 12), (350, 24)]
)
def test_days_are_as_wide_as_there_is_room(room, cells):
    """But never so narrow that they cannot be read."""
    assert fortnight(room).cells == cells


@given(
    tz=st.sampled_from(ZONES),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    room=st.integers(10, 400),
    offset=st.integers(-60, 60 * 24 * 15),
    length=st.integers(1, 60 * 24 * 16),
    whole=st.booleans(),
)
@example(ZoneInfo("Europe/London"), date(2026, 3, 28), 400, 60 * 24 + 60, 30, True)
@example(ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 3), 400, 60 * 25, 15, False)
def test_whatever_touches_the_days_is_seen(tz, first, room, offset, length, whole):
    """In every zone, on days of any length, a stretch has a column, and its own."""
    since = datetime(first.year, first.month, first.day, tzinfo=tz).astimezone(UTC)
    days = scale(since, since + timedelta(14), tz, room)
    start = since + timedelta(minutes=offset)
    taken = days.spread(start, start + timedelta(minutes=length), whole=whole)
    touches = start < days.end and start + timedelta(minutes=length) > days.start
    assert bool(taken) == touches
    assert not taken or (taken.start >= 0 and taken.stop <= days.halves)
    seen = days.column_at(start)
    if seen is not None and whole:
        assert days.column(taken.start) == seen


@given(tz=st.sampled_from(ZONES), first=st.dates(date(2026, 1, 1), date(2027, 12, 1)))
def test_time_never_runs_backwards_on_the_chart(tz, first):
    """Also on the days when clocks are changed, wherever that is."""
    since = datetime(first.year, first.month, first.day, tzinfo=tz).astimezone(UTC)
    days = scale(since, since + timedelta(14), tz, 400)
    every = [days.column_at(days.start + hour * HOUR / 2) for hour in range(14 * 48)]
    shown = [column for column in every if column is not None]
    assert shown == sorted(shown)


def test_days_on_which_clocks_change_say_how_long_they_are():
    """25 hours in October, 23 in March."""
    autumn = chart([Row(DESK, ())], fortnight(first="2026-10-19"), PLAIN, at("2026-11-20 12:00"))
    spring = chart([Row(DESK, ())], fortnight(first="2026-03-23"), PLAIN, at("2026-11-20 12:00"))
    assert (autumn.marks.plain.strip(), spring.marks.plain.strip()) == ("25 h", "23 h")


def test_the_night_of_the_change_is_drawn_on_the_wall_clock():
    """A watch from 17:00 to 08:00 looks as on any other night."""
    usual = Row("ben", (watch("2026-10-21 17:00", "2026-10-22 08:00"),))
    changed = Row("ben", (watch("2026-10-24 17:00", "2026-10-25 08:00"),))
    one, other = (line(row, first="2026-10-19") for row in (usual, changed))
    assert one.strip() == other.strip() == "━━━━━"


# ---------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("piece", "drawn"),
    [
        (watch("2026-11-23 00:00", "2026-11-24 00:00"), "━━━━━━"),
        (watch("2026-11-23 08:00", "2026-11-23 16:00"), "━━"),
        (watch("2026-11-23 08:00", "2026-11-23 18:00"), "━━╸"),
        (watch("2026-11-23 10:00", "2026-11-23 16:00"), "╺━"),
        (watch("2026-11-23 08:50", "2026-11-23 16:50"), "━━"),
        (watch("2026-11-23 08:10", "2026-11-23 08:20"), "╸"),
        (watch("2026-11-23 09:50", "2026-11-23 10:20"), "╺"),
        (watch("2026-11-23 16:00", "2026-11-25 08:00"), "━━━━━━━━━━━━"),
        (gap("2026-11-23 14:00", "2026-11-23 22:00"), "╺━╸"),
        (gap("2026-11-23 13:59", "2026-11-23 22:01"), "━━━"),
        (Piece(at("2026-11-23 08:00"), at("2026-11-23 17:00"), Sort.OPEN), "──╴"),
        (Piece(at("2026-11-23 08:00"), at("2026-11-23 18:00"), Sort.BEST_EFFORT), "···"),
    ],
)
def test_a_stretch_is_drawn_to_half_a_cell(piece, drawn):
    """Each sort has its own signs; a cell is four hours here."""
    assert line(Row(NOBODY, (piece,))).strip() == drawn


def test_a_gap_hides_under_nothing():
    """Not even where best effort takes most of the cell."""
    pieces = (
        Piece(at("2026-11-23 08:00"), at("2026-11-23 15:50"), Sort.BEST_EFFORT),
        gap("2026-11-23 15:50", "2026-11-23 16:00"),
    )
    drawn = chart([Row(NOBODY, pieces)], fortnight(), PLAIN, at("2026-11-20 12:00")).rows[0]
    late = [span for span in drawn.spans if ink.LATE in str(span.style)]
    assert len(late) == 1


def test_now_is_marked_in_every_row_that_is_free_then():
    """And in the line of days."""
    made = chart(
        [Row("ben", ()), Row("chi", (watch("2026-11-24 08:00", "2026-11-24 16:00"),))],
        fortnight(),
        PLAIN,
        at("2026-11-24 10:00"),
    )
    column = fortnight().column_at(at("2026-11-24 10:00"))
    signs = [each.plain[column] for each in (made.marks, *made.rows)]
    assert (signs, made.days.plain[7:13]) == (["│", "│", "━"], "Tue 24")


def test_days_are_named_and_marked():
    """Half days, and holidays with as much of their name as there is room for."""
    days = Days(
        {date(2026, 12, 3): "Saint Somebody", date(2026, 12, 4): "The Day After It"},
        frozenset({date(2026, 11, 25)}),
    )
    made = chart([], fortnight(), days, at("2026-11-20 12:00"))
    assert (
        made.days.plain.split("  ")[0]
        == "Mon 23 Tue 24 Wed 25 Thu 26 Fri 27 Sat 28 Sun 29 Mon 30 Tue 1"
    )
    assert made.marks.plain.rstrip() == " " * 14 + "½" + " " * 55 + "Saint… The Day After It"


@pytest.mark.parametrize("name", ["祝日", "\x1b[2J\u202eday", "x" * 300, ""])
def test_no_name_of_a_holiday_moves_the_line(name):
    """Nor drives the terminal."""
    days = Days({date(2026, 11, 25): name}, frozenset())
    made = chart([], fortnight(), days, at("2026-11-20 12:00"))
    assert made.marks.cell_length == made.scale.width
    assert "\x1b" not in made.marks.plain


_MOMENTS = st.integers(0, 14 * 24 * 4).map(
    lambda quarter: at("2026-10-19 00:00") + quarter * HOUR / 4
)


@st.composite
def timelines(draw) -> list[Stretch]:
    """Make a timeline of two weeks in which clocks are changed, cut anywhere."""
    cuts = sorted(
        {at("2026-10-19 00:00"), at("2026-11-02 00:00"), *draw(st.lists(_MOMENTS, max_size=30))}
    )
    stretches = []
    for start, end in pairwise(cuts):
        state = draw(st.sampled_from(list(Cover)))
        who = draw(st.sampled_from(["ana", "ben"])) if state is Cover.COVERED else None
        stretches.append(Stretch(start, end, state, who, who and "main"))
    return stretches


@given(timeline=timelines(), room=st.integers(1, 400), now=_MOMENTS)
def test_every_line_has_its_cells_and_every_gap_is_seen(timeline, room, now):
    """Whatever happens when, at any width."""
    made = rows(timeline, [], ["ana", "ben", "chi"])
    days = fortnight(room, first="2026-10-19")
    drawn = chart(made, days, PLAIN, now, "ana")
    words = said(made, days, range(days.width))
    every = (drawn.days, drawn.marks, *drawn.rows, *words)
    assert {each.cell_length for each in every} == {days.width}
    nobody = drawn.rows[-1]
    red = {
        column
        for span in nobody.spans
        if ink.LATE in str(span.style)
        for column in range(span.start, span.end)
    }
    for each in gaps(made):
        assert set(columns(each, days)) & red
    for row, content in zip(made, drawn.rows, strict=True):
        for piece in row.pieces:
            assert content.plain[columns(piece, days).start] not in " │┊"


# ---------------------------------------------------------------------------- words under it


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-28 14:00", "2026-11-28 22:00", "14–22"),
        ("2026-12-02 12:00", "2026-12-02 16:30", "12–16:30"),
        ("2026-11-28 18:00", "2026-11-29 00:00", "18–24"),
        ("2026-11-28 22:00", "2026-11-29 08:00", "22–8"),
        ("2026-11-28 14:00", "2026-11-30 08:00", "Sat 14 – Mon 8"),
    ],
)
def test_times_of_a_gap_are_brief(start, end, words):
    """Whole hours are just that; days are named where they have to be."""
    assert hours(gap(start, end), LONDON) == words


def test_gaps_that_are_close_are_told_on_two_lines_and_then_by_their_sign():
    """Gaps go before best effort."""
    pieces = tuple(gap(f"2026-11-23 0{n}:00", f"2026-11-23 0{n}:30") for n in (1, 5, 9))
    first, second = said([Row(NOBODY, pieces)], fortnight(), range(98))
    assert (first.plain.rstrip(), second.plain.rstrip()) == ("▲ 1–1:30", " ▲ 5–5:30")


def test_words_are_never_cut_at_the_edge_of_the_screen():
    """They move aside; gaps beyond it are not told."""
    pieces = (
        gap("2026-12-02 20:00", "2026-12-02 22:00"),
        gap("2026-12-04 08:00", "2026-12-04 17:00"),
    )
    first, _ = said([Row(NOBODY, pieces)], fortnight(), range(70))
    assert first.plain[:70].endswith("▲ 20–22")
    assert first.plain[70:].strip() == ""
