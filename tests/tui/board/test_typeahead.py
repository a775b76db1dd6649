"""What is typed faster than the board follows, as a slow line delivers it, loses nothing."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event

import pytest
from textual.events import Key

from store import queries
from store.errors import NotFound
from store.words import Level, State
from tests.tui.board.school import opened, said, until
from tests.tui.board.test_working import go, mark, row, seen

_NAMED = {" ": "space", "\r": "enter", "\x1b": "escape", "\x13": "ctrl+s"}


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A machine that does other things too may need longer than a person would wait."""
    monkeypatch.setattr("tui.board.typeahead._PATIENCE_S", 10.0)


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


@contextmanager
def slow(monkeypatch, broken=None):
    """Let no request be loaded before this is left; then fail with ``broken``."""
    goes_on, request = Event(), queries.request

    def waiting(*arguments):
        goes_on.wait()
        if broken is not None:
            raise broken
        return request(*arguments)

    monkeypatch.setattr(queries, "request", waiting)
    try:
        yield
    finally:
        goes_on.set()


@pytest.mark.parametrize("keys", ["r", "\rr"])
async def test_a_reply_waits_for_a_slow_store_and_not_one_letter_is_a_command(
    school, monkeypatch, keys
):
    """Begun in the queue, or on a request that is not loaded yet."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        with slow(monkeypatch):
            type_at_once(pilot, keys)
            await until(pilot, lambda: getattr(app.screen, "awaits_text", False))
            type_at_once(pilot, "text xn")
            await app.action_perform("claim")
            await said(pilot, "cannot be written yet")
        await until(pilot, lambda: app.drafts and app.drafts[1001].text == "text xn")
    assert (row(school, 1001).assignee, row(school, 1001).state) == ("", State.NEW)


@pytest.mark.parametrize("leaves", [True, False])
async def test_a_text_without_a_field_goes_nowhere(school, monkeypatch, leaves):
    """Esc goes back at once; so does the board when the request cannot be loaded."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        with slow(monkeypatch, NotFound("There is no request #1001")):
            type_at_once(pilot, "r")
            await until(pilot, lambda: getattr(app.screen, "awaits_text", False))
            type_at_once(pilot, "cc" + ("\x1b" if leaves else ""))
            if leaves:
                await until(pilot, lambda: app.screen is app.queue)
        await until(pilot, lambda: app.screen is app.queue)
        type_at_once(pilot, "y")
        await said(pilot, "Copied #1001")
    assert row(school, 1001).assignee == ""


async def test_a_key_after_the_one_that_goes_on_is_for_the_next_request(school):
    """Though the one before is still on the screen."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        following = app.neighbour(1001, 1)
        type_at_once(pilot, "\rJc")
        await said(pilot, f"#{following} claimed")
    assert row(school, 1001).assignee == ""
