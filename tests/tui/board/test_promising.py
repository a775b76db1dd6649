"""Promises by key: noted in a few keys, shown wherever the request is, changed, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands
from tests.conftest import NOW
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import lines, opened, said, until
from tests.tui.board.working import go, mark, row

#: Friday 14:00 in London.
FRIDAY = NOW + timedelta(days=4, hours=3, minutes=18)


async def shown(pilot, words):
    """Wait until it is on the screen."""
    await until(pilot, lambda: any(words in line for line in lines(pilot.app)))


async def test_p_asks_by_when_and_what(school):
    """The row says it, and so does the request, with the words."""
    async with school.board(BEN).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("P", *"fri 14:00", "enter", *"a router", "enter")
        await said(pilot, "#1003: promised by Fri 27 Nov 14:00\nVPN drops every hour")
        await shown(pilot, "promised Fri 14:00")
        await pilot.press("enter")
        await shown(pilot, "promised   by Fri 14:00: a router")
    assert row(school, 1003).promised_at == FRIDAY


async def test_what_is_no_time_is_said_and_nothing_is_lost(school):
    """The sentence stays; so does the field that has to be mended."""
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("P", "x", "tab", "y", "enter")
        await shown(pilot, "“x” is no time I know")
        await pilot.press("backspace", *"2h", "ctrl+s")
        await said(pilot, "#1003: promised by Mon 23 Nov 12:42")
        await pilot.press("enter")
        await shown(pilot, "promised by 12:42: y")
    assert row(school, 1003).promised_at == NOW + timedelta(hours=2)


async def test_p_again_changes_it_or_takes_it_back(school):
    """It says what is promised; esc leaves it as it is."""
    school.do(lambda desk: commands.promise(desk, BEN, the(1003), FRIDAY))
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("P")
        await shown(pilot, "Promised already")
        await pilot.press("c", *"2h", "ctrl+s")
        await said(pilot, "#1003: promised by Mon 23 Nov 12:42")
        await pilot.press("P", "escape", "P", "t")
        await said(pilot, "#1003: nothing is promised any more")
        await pilot.press("u")
        await said(pilot, "#1003: promise taken back")
    assert row(school, 1003).promised_at == NOW + timedelta(hours=2)


async def test_p_works_on_all_marked_rows(school):
    """One undo takes all back."""
    async with school.board(ANA).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1003, 1004)
        await pilot.press("P", *"2h", "ctrl+s")
        await said(pilot, "2 promised")
        await pilot.press("u")
        await said(pilot, "2 taken back")
    assert [row(school, number).promised_at for number in (1003, 1004)] == [None, None]


@pytest.mark.parametrize(("minutes", "words"), [(1, "by 12:42"), (121, "by 12:42, late")])
async def test_a_narrow_request_tells_the_promise_first(school, minutes, words):
    """In the line of facts; once its time is over it says that it is late."""
    school.do(lambda desk: commands.promise(desk, BEN, the(1003), NOW + timedelta(hours=2)))
    school.clock.advance(timedelta(minutes=minutes))
    async with school.board(BEN).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("enter")
        await shown(pilot, f"promised {words} · no service named")


async def test_what_others_promise_and_keep_of_mine_is_told(school):
    """In a sentence that names the request; times in it stay whole."""
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.promise(desk, ANA, the(1003), FRIDAY, "a router: it is"))
        await said(pilot, "Ana promised #1003 by Fri 27 Nov 14:00: a router: it is\nVPN drops")
        school.do(lambda desk: commands.reply(desk, ANA, the(1003), "Here"))
        await said(pilot, "Ana replied on #1003: what was promised by Fri 27 Nov 14:00 is kept")
