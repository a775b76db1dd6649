"""The queue screen: moving, searching, opening, leaving; by keys and by mouse; at every size."""

from __future__ import annotations

from threading import Event

import pytest

from store import commands
from store.words import Ending
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import School, lines, opened, said, toasts, until
from tui.board.app import BoardApp
from tui.board.queue import QueueScreen
from tui.board.screens.help import HelpScreen
from tui.board.screens.request import RequestScreen
from tui.board.widgets.footer import Footer
from tui.board.widgets.request_list import RequestList
from tui.board.widgets.side import Side, StatusLine
from tui.board.widgets.views_line import Filter


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("", 0),
        ("j", 1),
        ("down down", 2),
        ("j j k", 1),
        ("j up up", 0),
        ("G", 6),
        ("end", 6),
        ("G g", 0),
        ("end home", 0),
        ("pagedown", 6),
        ("pagedown pageup", 0),
    ],
)
async def test_keys_move_the_cursor(school, keys, place):
    """One by one, by screens, to the ends."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press(*keys.split())
        await pilot.pause()
        assert app.queue.list.cursor == app.queue.list.order.number_at(place)


async def test_keys_move_the_cursor_in_a_list_that_scrolls(school):
    """The list's own keys for scrolling would leave the cursor behind."""
    school.ask_all([f"Request {n}" for n in range(40)])
    async with (app := school.board()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        places = []
        for key in ("pagedown", "down", "pageup", "up", "end", "home"):
            await pilot.press(key)
            places.append(app.queue.list.order.place(app.queue.list.cursor))
        assert places == [19, 20, 1, 0, 46, 0]


async def test_the_queue_is_in_the_order_of_attention(school):
    """Overdue, at risk, running; then what is due first."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        assert app.queue.list.order.numbers(0, 9) == [1001, 1002, 1003, 1006, 1005, 1004, 1007]


# ---------------------------------------------------------------------------- search


async def test_a_search_finds_while_it_is_typed_and_esc_drops_it(school):
    """Words of the subject; the rest of the queue comes back."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"prin")
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == [1002, 1006])
        assert "2 found" in lines(app)[1]
        await pilot.press("t", "e", "r")
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == [1006])
        await pilot.press("escape")
        await until(pilot, lambda: len(app.queue.list.order) == 7)
        assert (app.focused, app.queue.query_one(Filter).display) == (app.queue.list, False)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1003", [1003]),
        ("#1003", [1003]),
        ("hopper", [1001]),
        ("@ben", [1003, 1004]),
        ("@nobody", [1001, 1002, 1006, 1007]),
        ("プリンター", [1007]),
        ("VPN HOUR", [1003]),
    ],
)
async def test_a_search_is_by_word_person_or_number(school, typed, found):
    """In the order of the queue."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press("slash")
        app.queue.query_one(Filter).value = typed
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == found)


async def test_enter_goes_back_to_the_list_which_stays_filtered(school):
    """Keys work on what was found; ctrl+g drops the search."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"print")
        await until(pilot, lambda: app.queue.found == 2)
        await pilot.press("enter", "c")
        await said(pilot, "#1002 claimed")
        assert app.queue.found == 2
        await pilot.press("ctrl+g")
        await until(pilot, lambda: len(app.queue.list.order) == 7)


async def test_what_has_ended_is_found_behind_what_is_live(school):
    """Dimmed, with its state where the clock is."""
    school.do(lambda desk: commands.resolve(desk, ANA, the(1002), Ending.FIXED))
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"print")
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == [1006, 1002])
        await until(
            pilot, lambda: any("1002" in line and "resolved" in line for line in lines(app))
        )


async def test_a_search_that_finds_nothing_says_how_to_go_on(school):
    """An empty list would look like a fault."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press("slash", *"zebra")
        await until(pilot, lambda: app.queue.found == 0)
        assert any("esc drops the search" in line for line in lines(app))


async def test_new_mail_that_a_search_would_find_appears_in_it(school):
    """The search goes on by itself."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press("slash", *"zebra")
        await until(pilot, lambda: app.queue.found == 0)
        number = school.ask("A zebra in the server room")
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == [number])


async def test_letters_typed_into_the_search_do_nothing_else(school):
    """None of the keys of the queue works while something is typed."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"cxq?:uy")
        await pilot.pause()
        assert (app.queue.typed, toasts(app), app.screen) == ("cxq?:uy", [], app.queue)


async def test_esc_drops_marks_where_there_is_no_search(school):
    """All of them."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press("space", "j", "space")
        marked = set(app.queue.list.rows.marked)
        await pilot.press("escape")
        assert (marked, app.queue.list.rows.marked) == ({1001, 1002}, set())


# ---------------------------------------------------------------------------- screens


async def test_enter_opens_the_request_and_esc_comes_back_to_it(school):
    """J goes on to the next one without coming back."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        await pilot.press("J")
        number = app.screen.number
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert (number, app.queue.list.cursor) == (1003, 1002)


@pytest.mark.parametrize("key", ["question_mark", "colon", "ctrl+p"])
async def test_help_and_commands_open(school, key):
    """From the queue."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press(key)
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        assert isinstance(app.screen, HelpScreen) == (key == "question_mark")


async def test_a_command_is_done_from_the_palette(school):
    """Found by its name."""
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("colon", *"claim")
        await pilot.pause(0.5)
        await pilot.press("enter", "enter")
        await said(pilot, "#1001 claimed")


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_q_leaves(school, key):
    """With no complaint."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await pilot.press(key)
        await until(pilot, lambda: not app.is_running)
    assert (app.return_value, app.return_code) == (None, 0)


async def test_ctrl_c_says_how_to_leave(school):
    """It may have been meant for copying."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        app.action_how_to_leave()
        await said(pilot, "q leaves the board")


async def test_keys_before_the_store_is_open_do_no_harm(school):
    """They say that it is not open yet, or do nothing."""
    gate = Event()

    def late():
        gate.wait(10)
        return school.open(), ANA

    app = BoardApp(late, school.clock)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("j", "G", "space", "c", "u", "slash", "x", "escape")
        await pilot.pause()
        seen = toasts(app)
        gate.set()
        await opened(pilot)
    assert seen == ["There is no request here", "The store is not open yet"]


async def test_a_search_typed_before_the_store_is_open_is_made_then(school):
    """Nobody has to type it again."""
    gate = Event()

    def late():
        gate.wait(10)
        return school.open(), ANA

    app = BoardApp(late, school.clock)
    async with app.run_test() as pilot:
        await pilot.press("slash", *"vpn")
        gate.set()
        await until(pilot, lambda: app.queue.found == 1)


# ---------------------------------------------------------------------------- mouse


async def test_a_double_click_opens(school):
    """The request that was clicked."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.click(RequestList, offset=(40, 2), times=2)
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        assert app.screen.number == 1003


async def test_a_click_on_a_hint_does_what_it_says(school):
    """The first one claims."""
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        at = app.queue.query_one(Footer).render().plain.index("claim")
        await pilot.click(Footer, offset=(at, 0))
        await said(pilot, "#1001 claimed")


# ---------------------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("size", "side", "status"),
    [
        ((80, 24), False, True),
        ((100, 30), False, True),
        ((120, 36), True, False),
        ((200, 60), True, False),
    ],
)
async def test_the_side_folds_into_a_line_where_there_is_no_room(school, size, side, status):
    """Nothing is cut off at the right or below."""
    async with (app := school.board()).run_test(size=size) as pilot:
        await opened(pilot)
        widgets = app.queue.query_one(Side), app.queue.query_one(StatusLine)
        assert tuple(each.display for each in widgets) == (side, status)
        drawn = lines(app)
        assert "? help" in drawn[-1]
        assert {len(line) <= size[0] for line in drawn} == {True}


async def test_names_of_end_runs_are_for_the_person_and_for_leads(school):
    """Others see the sum."""
    sums = []
    for me in (ANA, BEN, ANA.__class__("chi", "Chi Nakamura")):
        async with (app := school.board(me)).run_test(size=(120, 36)) as pilot:
            await opened(pilot)
            text = "\n".join(line[88:] for line in lines(app))
            block = text.partition("END-RUNS")[2].partition("TODAY")[0]
            sums.append(("Ben" in block, block.split("\n")[0].split()[-1]))
    assert sums == [(True, "1"), (True, "1"), (False, "1")]


async def test_an_empty_queue_says_that_nothing_waits(sqlite_files, tmp_path, rules, clock):
    """And that new mail will show by itself."""
    school = School(sqlite_files.new(tmp_path), rules, clock)
    async with (app := school.board()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert any("Nothing waits for the desk." in line for line in lines(app))
        school.ask("The first one")
        await until(pilot, lambda: any("The first one" in line for line in lines(app)))
