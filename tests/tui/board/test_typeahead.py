"""What is typed faster than the board follows, as a slow line delivers it, loses nothing."""

from __future__ import annotations

import pytest
from textual.events import Key

from store.words import Level, State
from tests.tui.board.school import opened, said, until
from tests.tui.board.test_working import go, mark, row, seen

_NAMED = {" ": "space", "\r": "enter", "\x1b": "escape", "\x13": "ctrl+s"}


def type_at_once(pilot, text):
    """Send keys in one piece, as the terminal's thread does."""
    for character in text:
        printable = character if character.isprintable() else None
        pilot.app.post_message(Key(_NAMED.get(character, character), printable))


async def test_a_note_typed_at_once_is_a_note_and_no_commands(school):
    """Not one letter of it reaches the queue, whatever it means there."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        type_at_once(pilot, "nquit? a cable: xyz!\x13")
        await said(pilot, "#1001")
        assert seen(school, 1001).messages[-1].text.strip() == "quit? a cable: xyz!"
        assert app.screen is app.queue


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("xf", lambda row: row.state is State.RESOLVED),
        ("aben\r", lambda row: row.assignee == "ben"),
        ("p\x1bc", lambda row: row.assignee == "ana"),
        ("jkc", lambda row: row.assignee == "ana"),
        ("\rc\x1b", lambda row: row.assignee == "ana"),
    ],
)
async def test_a_dialog_gets_the_keys_typed_after_the_one_that_opens_it(school, keys, expected):
    """As if they had been typed slowly."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        type_at_once(pilot, keys)
        await until(pilot, lambda: expected(row(school, 1001)))
        await until(pilot, lambda: app.screen is app.queue)


async def test_the_grid_is_moved_in_once_it_is_there(school):
    """It waits for the store, and the keys for it."""
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        type_at_once(pilot, "pjjhh\r")
        await until(pilot, lambda: seen(school, 1001).urgency == Level.LOW)
        assert seen(school, 1001).impact == Level.LOW


async def test_the_question_after_the_dialog_gets_its_answer(school):
    """What is typed after the first answer is the second, not a key of the queue."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1001, 1002)
        type_at_once(pilot, "xgy")
        await said(pilot, "2 resolved")
        assert app.screen is app.queue


async def test_nothing_is_done_after_the_key_that_leaves(school):
    """A word typed at the wrong place does not go on once its "q" has left the board."""
    async with school.board().run_test() as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        type_at_once(pilot, "qc")
        await until(pilot, lambda: not pilot.app.is_running)
    assert row(school, 1001).assignee == ""
