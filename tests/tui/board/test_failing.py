"""Errors that nobody foresaw, in what a screen does behind its back."""

from __future__ import annotations

import pytest

from store import queries
from tests.tui.board.school import opened, said


@pytest.mark.parametrize(
    ("query", "keys"),
    [("rows", []), ("request", ["enter"]), ("outbox", ["7"]), ("colleagues", ["a"])],
)
async def test_they_are_said_and_the_board_goes_on(school, monkeypatch, query, keys):
    """The queue, a request, the view of intake, a dialog."""

    def broken(*_, **__):
        raise LookupError("the cable is blue")

    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        monkeypatch.setattr(queries, query, broken)
        app.link.reindex()  # all rows are read again
        await pilot.press(*keys)
        await said(pilot, "the cable is blue")
        assert app.is_running
