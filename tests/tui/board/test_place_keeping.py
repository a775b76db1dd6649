"""Cursor and scroll position stay on their requests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.board.order import Fixed
from tui.board.place_keeping import Standing, settle


def standing(numbers, top, height, cursor):
    """Return how a list of these numbers stands."""
    window = tuple(numbers[top : top + height])
    return Standing(window, top, cursor, numbers.index(cursor))


def line(stands):
    """Return the line of the screen that the cursor is on."""
    return stands.place - stands.top


def test_what_arrives_above_moves_nothing_on_the_screen():
    """The list goes on by one place above the screen, which stays as it was."""
    before = standing(list(range(100)), 10, 10, 14)
    after = settle(before, Fixed([500, *range(100)]), 10)
    assert (after.window, after.top, after.cursor) == (before.window, 11, 14)


def test_what_arrives_between_top_and_cursor_pushes_what_is_above_up():
    """The cursor's line stays; the top line goes."""
    before = standing(list(range(100)), 10, 10, 14)
    after = settle(before, Fixed([*range(12), 500, *range(12, 100)]), 10)
    assert after.window == (11, 500, *range(12, 20))
    assert (line(after), after.cursor) == (4, 14)


def test_at_the_very_top_what_is_most_urgent_shows():
    """A board on the wall shows the new emergency; the cursor stays on its request."""
    before = standing(list(range(100)), 0, 10, 3)
    after = settle(before, Fixed([500, *range(100)]), 10)
    assert (after.top, after.window[0], after.cursor, line(after)) == (0, 500, 3, 4)


def test_when_the_request_under_the_cursor_is_gone_the_next_one_takes_its_line():
    """What is above stays where it is."""
    before = standing(list(range(100)), 10, 10, 14)
    after = settle(before, Fixed([n for n in range(100) if n != 14]), 10)
    assert (after.cursor, after.top, line(after)) == (15, 10, 4)


def test_when_the_last_one_is_gone_the_one_above_takes_over():
    """There is none below."""
    before = standing(list(range(5)), 0, 10, 4)
    assert settle(before, Fixed(range(4)), 10).cursor == 3


def test_when_all_are_gone_there_is_no_cursor():
    """And with the next request there is one again."""
    empty = settle(standing([1, 2], 0, 10, 2), Fixed([]), 10)
    assert empty == Standing()
    assert settle(empty, Fixed([7]), 10).cursor == 7


def test_a_request_that_moves_far_away_takes_the_cursor_along():
    """Its line on the old screen is nobody's; it must be on the new screen."""
    before = standing(list(range(100)), 10, 10, 14)
    moved = [n for n in range(100) if n != 14]
    after = settle(before, Fixed([*moved, 14]), 10)
    assert (after.cursor, 14 in after.window) == (14, True)


def test_a_request_that_moves_on_the_screen_leaves_the_others_where_they_are():
    """It has become overdue and goes up three lines."""
    before = standing(list(range(100)), 10, 10, 14)
    order = [*range(11), 14, 11, 12, 13, *range(15, 100)]
    after = settle(before, Fixed(order), 10)
    assert (after.top, line(after)) == (10, 1)


def test_a_list_that_was_scrolled_away_from_its_cursor_stays_where_it_is():
    """The wheel has gone far down; new mail above does not bring it back."""
    before = Standing(tuple(range(60, 70)), 60, 3, 3)
    after = settle(before, Fixed([500, *range(100)]), 10)
    assert (after.window, after.cursor, after.place) == (tuple(range(60, 70)), 3, 4)


def test_a_search_brings_the_cursor_to_what_was_found():
    """Its request is not among them; the first is."""
    before = standing(list(range(100)), 50, 10, 55)
    after = settle(before, Fixed([3, 7]), 10)
    assert (after.cursor, after.top, after.window) == (7, 0, (3, 7))


@given(
    numbers=st.lists(st.integers(0, 60), min_size=1, unique=True),
    then=st.lists(st.integers(0, 60), unique=True),
    height=st.integers(1, 12),
    data=st.data(),
)
def test_the_cursor_stays_on_its_request_and_the_screen_within_the_list(
    numbers, then, height, data
):
    """Whatever the change of order, wherever the list stood."""
    top = data.draw(st.integers(0, max(len(numbers) - height, 0)))
    cursor = data.draw(st.sampled_from(numbers))
    before = standing(numbers, top, height, cursor)
    after = settle(before, Fixed(then), height)
    assert after.cursor == (cursor if cursor in then else after.cursor)
    assert (after.cursor is None) == (not then)
    assert 0 <= after.top <= max(len(then) - height, 0)
    assert after.window == tuple(then[after.top : after.top + height])
    if then:
        assert then[after.place] == after.cursor
        if cursor in before.window:
            assert after.cursor in after.window
