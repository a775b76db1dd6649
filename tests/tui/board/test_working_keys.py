"""Keys on boards that only look, on what cannot be done, on open requests and on marked ones."""

from __future__ import annotations

import time

import pytest

from tests.store.people import VISITOR
from tests.tui.board.school import opened, said, toasts, until
from tests.tui.board.working import go, mark, row
from tui.board.queue import QueueScreen


@pytest.mark.parametrize("key", ["c", "C", "a", "t", "w", "z", "x", "n", "p", "!", "u"])
async def test_a_board_that_only_looks_refuses_to_change_anything(school, key):
    """It says why instead of doing nothing."""
    async with (app := school.board(VISITOR)).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("exclamation_mark" if key == "!" else key)
        await said(pilot, "This board is read-only")
        assert isinstance(app.screen, QueueScreen)


async def test_what_cannot_be_done_says_why(school):
    """Claiming what a colleague has, releasing what nobody has."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("c")
        await go(pilot, 1001)
        await pilot.press("C", "t")
        await pilot.pause()
        assert toasts(app) == [
            "Ben has #1003; take it over instead",
            "Nobody has #1001",
            "Nobody has #1001; claim it instead",
        ]


async def test_the_same_keys_work_on_an_open_request(school):
    """Enter opens it; c claims the one that is shown; q goes back."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "view", None))
        await pilot.press("c")
        await said(pilot, "#1001 claimed")
        await until(pilot, lambda: app.screen.view.row.assignee == "ana")
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))


@pytest.mark.parametrize(
    ("key", "answers", "told"),
    [
        ("C", [], "2 released"),
        ("t", [], "2 taken over"),
        ("w", ["r"], "2 waiting"),
        ("z", ["h"], "2 snoozed"),
        ("n", ["x", "ctrl+s"], "2 noted"),
        ("p", ["j", "enter"], "2 rated"),
        ("exclamation_mark", ["x", "enter", "y"], "2 declared emergencies"),
        ("x", ["d", "y"], "2 resolved"),
    ],
)
async def test_each_key_works_on_all_marked_requests(school, key, answers, told):
    """One dialog for all, one toast for all, and their marks are gone."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1003, 1004)
        await pilot.press(key)
        for answer in answers:
            before = app.screen
            await pilot.press(answer)
            if answer in {"enter", "d"}:
                await until(pilot, lambda: app.screen is not before)  # noqa: B023
        await said(pilot, told)
        await until(pilot, lambda: not app.queue.list.rows.marked)


async def test_a_key_pressed_right_before_leaving_is_still_done(school):
    """The store may be slow; the claim is not lost."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        app.link.ask(lambda _desk: time.sleep(0.3))
        await pilot.press("c", "q")
    assert row(school, 1001).assignee == "ana"
