"""The list: cursor, marks and scroll position belong to requests; the mouse works."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest
from textual import on
from textual.app import App

from store.clock import SetClock
from tests.rulebook import a_rulebook
from tests.tui.screens.samples import NOW, request_view
from tui.board.order import Fixed
from tui.board.telling import Telling
from tui.board.themes import DARK
from tui.board.widgets.request_list import RequestList

ROW = request_view().row


def rows(numbers, **change):
    """Return rows of these numbers."""
    return [replace(ROW, number=n, subject=f"Request {n}", **change) for n in numbers]


class Stand(App[None]):
    """Holds a list; loads rows when they are asked for."""

    CSS_PATH = "../../../tui/board/deskwatch.tcss"

    def __init__(self, numbers, *, loads=True):
        super().__init__()
        self.register_theme(DARK)
        self.theme = "dark"
        self.numbers, self.loads = list(numbers), loads
        self.asked: list[int] = []
        self.opened: list[int] = []
        self.clock = SetClock(NOW)

        self.list = RequestList()

    def compose(self):
        """Hold the list."""
        yield self.list

    def on_mount(self):
        """Begin once the list has its size."""
        self.call_after_refresh(self.begin)

    def begin(self):
        """Show the numbers."""
        self.list.tell(Telling(a_rulebook(), self.clock))
        self.list.focus()
        self.list.show(Fixed(self.numbers))

    @on(RequestList.Needs)
    def _needs(self):
        self.asked = self.list.missing()
        if self.loads:
            self.list.put(rows(self.asked))

    @on(RequestList.Opened)
    def _opened(self, event):
        self.opened.append(event.number)


def shown(app):
    """Return what the lines of the list say."""
    return [app.list.render_line(y).text.rstrip() for y in range(app.list.size.height)]


async def test_the_cursor_goes_where_it_is_sent_and_not_past_an_end():
    """Steps, pages, ends."""
    async with (app := Stand(range(1000, 1100))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        seen = [app.list.cursor]
        for step in (1, 1, -1, -5):
            app.list.move(step)
            seen.append(app.list.cursor)
        app.list.move_page(1)
        seen.append(app.list.cursor)
        app.list.go_to(99)
        app.list.move(1)
        seen.append(app.list.cursor)
        assert seen == [1000, 1001, 1002, 1001, 1000, 1019, 1099]
        assert shown(app)[-1].startswith("▌")


@pytest.mark.parametrize("scrolled", [0, 40])
async def test_new_orders_leave_cursor_marks_and_screen_on_their_requests(scrolled):
    """Requests arrive above, between and below; some go."""
    async with (app := Stand(range(1000, 1100))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.list.go_to(scrolled + 19)
        app.list.go_to(scrolled + 10)
        app.list.toggle_mark()
        await pilot.pause()
        cursor, line = app.list.cursor, [one[:1] for one in shown(app)].index("▌")
        numbers = [*range(2000, 2005), *range(1000, 1100), *range(2005, 2010)]
        app.list.show(Fixed([n for n in numbers if n % 7 or n == cursor]))
        await pilot.pause()
        after = [one[:1] for one in shown(app)].index("▌")
        assert (app.list.cursor, app.list.rows.marked) == (cursor, {cursor})
        assert after == (line if scrolled else after)


async def test_only_the_rows_near_the_screen_are_asked_for():
    """Of a hundred thousand, three screens full at most."""
    async with (app := Stand(range(1000, 101_000), loads=False)).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert app.asked == list(range(1000, 1040))
        app.list.go_to(50_000)
        await pilot.pause()
        assert (len(app.asked), 51_000 in app.asked) == (60, True)
        assert f"{51_000} …" in shown(app)[-1]


async def test_a_row_that_is_loaded_late_appears_in_its_place():
    """Until then its number stands there."""
    async with (app := Stand(range(1000, 1010), loads=False)).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert shown(app)[1].strip() == "1001 …"
        app.list.put(rows([1001]))
        await pilot.pause()
        assert "Request 1001" in shown(app)[1]


async def test_a_click_moves_the_cursor_a_double_click_opens():
    """On the line that was clicked."""
    async with (app := Stand(range(1000, 1100))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.click(RequestList, offset=(30, 4))
        assert (app.list.cursor, app.opened) == (1004, [])
        await pilot.click(RequestList, offset=(30, 7), times=2)
        assert (app.list.cursor, app.opened) == (1007, [1007])


async def test_a_click_at_the_left_marks():
    """And another one takes the mark away."""
    async with (app := Stand(range(1000, 1100))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.click(RequestList, offset=(1, 4))
        marked = set(app.list.rows.marked)
        await pilot.click(RequestList, offset=(2, 4))
        assert (marked, app.list.rows.marked) == ({1004}, set())


async def test_a_click_below_the_last_request_does_nothing():
    """There is nothing there."""
    async with (app := Stand([1000])).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.click(RequestList, offset=(30, 9), times=2)
        assert (app.list.cursor, app.opened) == (1000, [])


async def test_the_wheel_scrolls_and_leaves_the_cursor_on_its_request():
    """The next key goes back to it."""
    async with (app := Stand(range(1000, 1100))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        for _ in range(20):
            app.list._on_mouse_scroll_down(WHEEL)
        await pilot.pause()
        assert (app.list.cursor, app.list.window[0] > 1000) == (1000, True)
        app.list.move(1)
        await pilot.pause()
        assert (app.list.cursor, app.list.window[0]) == (1001, 1001)


async def test_going_from_what_is_put_away_goes_to_the_next_that_stays():
    """Below first; at the end of the list, above."""
    async with (app := Stand(range(1000, 1010))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.list.go_to(3)
        app.list.leave([1003, 1004])
        first = app.list.cursor
        app.list.go_to(9)
        app.list.leave([1009, 1008])
        assert (first, app.list.cursor) == (1005, 1007)


async def test_a_tick_draws_only_lines_whose_clock_reads_differently():
    """Nothing on the screen changes within the minute."""
    async with (app := Stand(range(1000, 1040))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        shown(app)
        drawn = []
        app.list.refresh = lambda *regions, **_: drawn.extend(regions)
        app.clock.advance(timedelta(seconds=1))
        app.list.tick()
        before = list(drawn)
        app.clock.advance(timedelta(minutes=1))
        app.list.tick()
        assert (before, {region.height for region in drawn}, len(drawn)) == ([], {1}, 20)


async def test_marks_outlive_any_scrolling():
    """Marked rows are never forgotten, so their versions stay known."""
    async with (app := Stand(range(1000, 3000))).run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.list.toggle_mark(1005)
        for place in range(0, 2000, 60):
            app.list.go_to(place)
            await pilot.pause()
        assert (1005 in app.list.rows, 1006 in app.list.rows) == (True, False)
        assert app.list.targets() == [1005]


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_every_line_is_as_wide_as_the_list(width):
    """At any width, with any text, at the cursor or not."""
    async with (app := Stand(range(1000, 1010), loads=False)).run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        app.list.put(rows(range(1000, 1005), assignee="プリンターが動きません"))
        await pilot.pause()
        lengths = {app.list.render_line(y).cell_length for y in range(12)}
        assert lengths == {app.list.size.width}


class _Wheel:
    ctrl = shift = False
    x = y = 5
    delta_x, delta_y = 0, 1
    handled: ClassVar[list[str]] = []

    def stop(self) -> None:
        self.handled.append("stop")

    def prevent_default(self) -> None:
        self.handled.append("default")


WHEEL = _Wheel()
