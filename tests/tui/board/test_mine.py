"""The view of one's own work: its sections, its one cursor, its keys, and that it is live."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands
from store.new_requests import EndRunEntry
from store.words import Channel, Ending
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, BEN, CHI, HOPPER, the
from tests.tui.board.school import lines, opened, said, until
from tests.tui.board.working import row
from tests.tui.snapshots import picture
from tui.board.screens.request import RequestScreen
from tui.board.views.mine.screen import MineScreen
from tui.board.views.mine.sheet import Section, key

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
MINUTE = timedelta(minutes=1)
OWED, PROMISED, YOURS, OFFERED, MOVED, END_RUNS = Section


def a_day(desk):
    """Let Ben owe an answer (1009), promise two things, lose one request and get another."""
    mails = [letter(uid, NOW - MINUTE, f"Cannot log in {uid}") for uid in (1, 2)]
    commands.take_in(desk, "help", 7, mails)
    commands.mailbox_seen(desk, "help", 1, 11)
    commands.claim(desk, BEN, the(1008))
    commands.reply(desk, BEN, the(1008), "Try this")
    again = letter(3, NOW, "Re: x", refers_to=("1@mail.northgate.example",))
    commands.take_in(desk, "help", 7, [again])
    commands.promise(desk, BEN, the(1003), NOW + 300 * MINUTE, "a new router")
    commands.promise(desk, BEN, the(1008), NOW + MINUTE)
    commands.assign(desk, ANA, the(1001), "ben")
    commands.claim(desk, BEN, the(1009))
    commands.take_over(desk, CHI, the(1009))
    commands.offer(desk, CHI, the(1005))
    entry = EndRunEntry("e", HOPPER, "toner", "ben", NOW, Channel.PHONE, 12, Ending.DONE)
    commands.log_end_run(desk, BEN, entry)


async def shown(pilot) -> MineScreen:
    """Open the view, and wait until it knows everything."""
    await opened(pilot)
    await pilot.press("2")
    await until(pilot, lambda: isinstance(pilot.app.screen, MineScreen) and pilot.app.screen.known)
    screen = pilot.app.screen
    assert isinstance(screen, MineScreen)
    return screen


async def at(pilot, line):
    """Wait until the cursor is on a line."""
    await until(pilot, lambda: pilot.app.screen.list.cursor == line)


@SIZES
async def test_it_looks_as_it_did(school, pictures, size):
    """A late promise, an answer owed, what came and went."""
    school.do(a_day)
    school.clock.advance(3 * MINUTE)
    async with (app := school.board(BEN)).run_test(size=size) as pilot:
        screen = await shown(pilot)
        await pilot.press("j", "space", "j")
        app.tick()
        await until(pilot, lambda: screen.list.rows.marked)
        assert picture(app) == pictures


async def test_every_section_says_how_many_and_each_line_why(school):
    """In the order of what presses most."""
    school.do(a_day)
    school.clock.advance(3 * MINUTE)
    async with (app := school.board(BEN)).run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot)
        order = screen.list.order
        told = [" ".join(line.split()) for line in lines(app)[4 : 4 + len(order)]]
    assert [line for line in told if line == line.upper() or "END-RUNS" in line] == [
        "YOU OWE AN ANSWER 1",
        "YOURS, BY CLOCK 4",
        "COLLEAGUES NEED A HAND 1",
        "CAME AND WENT SINCE MON 16 NOV 2",
        "END-RUNS TO YOU THIS WEEK ≥ 2 · 12 min in 1 of them · a lower bound",
    ]
    assert "PROMISED 2 · 1 late" in told
    everything = "\n".join(told)
    for words in (
        "wrote 10:42",
        "promised 10:43, late",
        "promised 15:42 “a new router”",
        "answer owed",
        "Ana gave it to you 10:42",
        "Chi took it over 10:42",
        "12 min · phone · 10:42",
    ):
        assert words in everything


async def test_who_has_nothing_is_told_how_to_get_something(school):
    """The key is there, and does it."""
    async with (app := school.board(ANA)).run_test(notifications=True) as pilot:
        screen = await shown(pilot)
        assert any(". takes the next best" in line for line in lines(app))
        await pilot.press(*"gGjk][", "space", "enter", "pagedown", "c")
        await said(pilot, "There is no request here")
        await pilot.press(".")
        await said(pilot, "#1001 is yours: P1, overdue 12 min\nProjector dead")
        await at(pilot, key(YOURS, 1001))
        assert screen.rows()[0].number == 1001


async def test_one_cursor_goes_over_all_lines_and_past_headings(school):
    """Down, up, to the ends, from section to section."""
    school.do(a_day)
    async with school.board(BEN).run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot)
        await at(pilot, key(OWED, 1008))
        went = []
        for pressed in "jkjj]][gGjg":
            await pilot.press(pressed)
            went.append(screen.list.cursor)
    assert went == [
        key(PROMISED, 1008),
        key(OWED, 1008),
        key(PROMISED, 1008),
        key(PROMISED, 1003),
        key(YOURS, 1001),
        key(OFFERED, 1005),
        key(YOURS, 1001),
        key(OWED, 1008),
        key(END_RUNS, 1004),
        key(END_RUNS, 1004),
        key(OWED, 1008),
    ]


async def test_the_cursor_stays_on_its_request(school):
    """In its section if it is there; else wherever the request stands now."""
    school.do(a_day)
    async with school.board(BEN).run_test() as pilot:
        screen = await shown(pilot)
        await pilot.press("j", "j")
        await at(pilot, key(PROMISED, 1003))
        school.do(lambda desk: commands.reply(desk, BEN, the(1008), "Done"))
        await until(pilot, lambda: key(OWED, 1008) not in screen.list.order.numbers(0, 99))
        assert screen.list.cursor == key(PROMISED, 1003)
        school.do(lambda desk: commands.take_back_promise(desk, BEN, the(1003)))
        await at(pilot, key(YOURS, 1003))
        school.do(lambda desk: commands.take_over(desk, CHI, the(1003)))
        await at(pilot, key(MOVED, 1003))
        assert screen.list.request == 1003


async def test_a_mark_is_on_every_line_of_its_request_and_keys_work_on_all_marked(school):
    """One note to each, one undo takes the claims back."""
    school.do(a_day)
    async with (app := school.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        screen = await shown(pilot)
        await pilot.press("space")
        assert sum("• 1008" in line for line in lines(app)) == 3
        await pilot.press("j", "j", "space")
        assert screen.list.targets() == [1008, 1003]
        await pilot.press("n", *"Hm", "ctrl+s")
        await said(pilot, "2 noted")
        await until(pilot, lambda: not screen.list.rows.marked)
        await pilot.press("space", "escape")
        assert (screen.list.rows.marked, app.screen) == (set(), screen)
        await pilot.press("escape")
        assert app.screen is app.queue


async def test_what_is_put_away_lets_the_cursor_go_on(school):
    """To the next line that is of another request."""
    school.do(a_day)
    async with school.board(BEN).run_test(notifications=True) as pilot:
        screen = await shown(pilot)
        await pilot.press("z", "h")
        await said(pilot, "#1008 snoozed until Mon 23 Nov 11:42")
        await until(pilot, lambda: screen.list.request == 1003)


async def test_enter_opens_and_the_next_one_is_that_of_this_list(school):
    """And leads back to the line."""
    school.do(a_day)
    async with (app := school.board(BEN)).run_test() as pilot:
        screen = await shown(pilot)
        await pilot.press("enter", "J")
        assert isinstance(app.screen, RequestScreen)
        await until(pilot, lambda: app.screen.number == 1003)
        await pilot.press("escape")
        assert (app.screen, screen.list.request) == (screen, 1008)


async def test_what_comes_to_me_is_there_by_itself(school):
    """Without a key, and a promise is late when its time is over."""
    async with (app := school.board(BEN)).run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot)
        school.do(lambda desk: commands.assign(desk, ANA, the(1002), "ben"))
        await until(pilot, lambda: key(MOVED, 1002) in screen.list.order.numbers(0, 99))
        school.do(lambda desk: commands.promise(desk, ANA, the(1002), NOW + MINUTE))
        await until(pilot, lambda: any("promised 10:43 " in line for line in lines(app)))
        school.clock.advance(2 * MINUTE)
        app.tick()
        await until(pilot, lambda: any("PROMISED  1 · 1 late" in line for line in lines(app)))
        assert sum("promised 10:43, late" in line for line in lines(app)) == 3
    assert row(school, 1002).promised_at == NOW + MINUTE


async def test_many_lines_scroll_with_their_cursor(school):
    """The heading above the first line comes with it."""
    school.ask_all([f"Laptop {place}" for place in range(60)], minutes=20, assignee="ben")
    async with (app := school.board(BEN)).run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot)
        await pilot.press("G")
        assert screen.list.cursor == screen.list.order.number_at(len(screen.list.order) - 1)
        await pilot.press("g")
        assert any("YOURS, BY CLOCK  62" in line for line in lines(app))
        await pilot.press("pagedown", "pagedown")
        assert screen.list.cursor in screen.list.window
