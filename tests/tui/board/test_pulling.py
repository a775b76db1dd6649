"""The next best by key: from the queue, from an open request; two boards get two requests."""

from __future__ import annotations

from store import commands
from tests.store.people import BEN, CHI
from tests.tui.board.school import opened, said, until
from tests.tui.board.working import go, row
from tui.board.screens.request import RequestScreen


async def test_the_next_best_is_mine_and_under_the_cursor(school):
    """The toast says why it is that one, and that it is much; undo gives it back."""
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1006)
        await pilot.press(".")
        why = "P1, overdue 12 min. Your load is 11.0 of 10 now"
        await said(pilot, f"#1001 is yours: {why}\nProjector dead, class waiting")
        await until(pilot, lambda: app.queue.list.cursor == 1001)
        await pilot.press("u")
        await said(pilot, "#1001: claim taken back")
    assert row(school, 1001).assignee == ""


async def test_on_an_open_request_the_next_best_is_shown(school):
    """One goes on where one is."""
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("enter", ".")
        await said(pilot, "#1001 is yours")
        await until(pilot, lambda: app.screen.view and app.screen.view.row.number == 1001)
        assert isinstance(app.screen, RequestScreen)


async def test_whoever_is_slower_gets_the_next(school):
    """Without being told that somebody was faster."""
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        app.link._want = lambda _step: None  # this board hears of nothing
        school.do(lambda desk: commands.pull(desk, CHI))
        await pilot.press(".")
        await said(pilot, "#1002 is yours: P2")
    assert [row(school, number).assignee for number in (1001, 1002)] == ["chi", "ben"]


async def test_an_empty_queue_says_so(school):
    """Somebody has everything."""
    for _ in range(4):
        school.do(lambda desk: commands.pull(desk, CHI))
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press(".")
        await said(pilot, "Nothing that you could take is waiting: somebody has all of it")
