"""Where the view of workload stands: the cursor goes with its request, and is always seen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from store.words import Attendance
from store.workload_records import Workload
from tests.tui.screens.samples import NOW, board_row
from tui.board.views.workload import place as places
from tui.board.views.workload.place import Place, Room

ROOM = Room(columns=2, rows=4)


def person(login, numbers, more=0):
    """Return somebody with these requests."""
    return Workload(
        login=login,
        name=login.title(),
        capacity=10,
        attendance=Attendance.IN,
        until=None,
        board=True,
        gone=False,
        load=2.0 * len(numbers),
        open=len(numbers),
        waiting=0,
        oldest=NOW,
        end_run_minutes=0,
        rows=tuple(replace(board_row(), number=number) for number in numbers),
        more=more,
    )


DESK = [person("ana", [1, 2]), person("ben", range(10, 20)), person("chi", [])]


def at(place):
    """Return what matters of a place."""
    return place.login, place.number, place.row, place.left


def test_it_begins_with_the_first_request_of_the_first_person():
    """Or on a person who has nothing, or nowhere."""
    assert at(places.settle(Place(), DESK, ROOM)) == ("ana", 1, 0, 0)
    assert at(places.settle(Place(), DESK[2:], ROOM)) == ("chi", None, 0, 0)
    assert places.settle(Place(), [], ROOM) == Place()


def test_the_cursor_goes_with_its_request():
    """To whoever has it now; when it is gone, to what stands there now."""
    place = places.to(Place(), DESK, ROOM, 0, 1)
    moved = [person("ana", [1]), person("ben", [*range(10, 20), 2])]
    assert at(places.settle(place, moved, ROOM)) == ("ben", 2, 10, 0)
    gone = [person("ana", [1]), *DESK[1:]]
    assert at(places.settle(place, gone, ROOM)) == ("ana", 1, 0, 0)
    assert at(places.settle(place, DESK[1:], ROOM)) == ("ben", 11, 1, 0)


def test_a_step_stops_at_the_ends_and_scrolls_its_column_alone():
    """What has more than fits keeps a line to say so."""
    place = places.to(Place(), DESK, ROOM, 1, 0)
    assert at(places.step(place, DESK, ROOM, -1)) == ("ben", 10, 0, 0)
    down = places.step(place, DESK, ROOM, 99)
    assert (at(down), dict(down.tops)) == (("ben", 19, 9, 0), {"ben": 7})


def test_across_stays_on_the_line_of_the_screen():
    """As far as there are requests; the columns follow."""
    place = places.step(places.to(Place(), DESK, ROOM, 1, 0), DESK, ROOM, 99)
    assert at(places.across(place, DESK, ROOM, -1)) == ("ana", 2, 1, 0)
    right = places.across(place, DESK, ROOM, 1)
    assert at(right) == ("chi", None, 0, 1)
    assert places.across(right, DESK, ROOM, 1) == right
    assert at(places.across(right, DESK, ROOM, -1)) == ("ben", 17, 7, 1)


@settings(max_examples=30)
@given(
    counts=st.lists(st.integers(0, 9), max_size=6),
    fewer=st.lists(st.integers(0, 9), max_size=6),
    columns=st.integers(1, 4),
    rows=st.integers(1, 6),
    keys=st.lists(st.tuples(st.booleans(), st.integers(-9, 9)), max_size=8),
)
def test_the_cursor_is_always_on_the_screen(counts, fewer, columns, rows, keys):
    """Whatever is pressed, and whatever comes and goes."""
    room = Room(columns, rows)
    place = Place()
    for lengths in (counts, fewer):
        people = [
            person(chr(97 + n), range(n * 10, n * 10 + each)) for n, each in enumerate(lengths)
        ]
        place = places.settle(place, people, room)
        for down, by in keys:
            place = (places.step if down else places.across)(place, people, room, by)
        if not people:
            assert place.number is None
            continue
        column = places.column_of(place, people)
        one = people[column]
        assert place.left <= column < place.left + columns
        assert place.number == (one.rows[place.row].number if one.rows else None)
        top = place.tops.get(one.login, 0)
        assert top <= place.row < top + places.lines_of(one, room) or not one.rows
