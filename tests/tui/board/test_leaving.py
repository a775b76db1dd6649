"""Leaving a request or the board while news, seconds and keys go on arriving."""

from __future__ import annotations

import pytest
from textual.css.query import NoMatches
from textual.message import Message

from tests.tui.board.school import opened, until
from tui.board.queue import QueueScreen
from tui.board.screens.request import RequestScreen


class _Late(Message):
    """News for a screen that has been left."""


class _Leaving(RequestScreen):
    """A request that is told something after its parts are gone."""

    CSS_PATH = None

    def on__late(self) -> None:
        """Look for a part that is not there."""
        self.query_one("#gone")

    async def on_prune(self) -> None:
        """Be told in the moment of leaving."""
        await self._dispatch_message(_Late())


async def test_news_for_a_request_that_is_being_left_end_nothing(school):
    """The board goes on."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        screen = _Leaving(1006)
        await app.push_screen(screen)
        screen.dismiss(None)
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await pilot.press("j")
        assert (app.return_code or 0, app.is_running) == (0, True)


async def test_what_a_screen_lacks_while_it_is_used_is_no_small_matter(school):
    """Only what is being left may lack its parts."""
    app = school.board()

    async def used() -> None:
        async with app.run_test() as pilot:
            await opened(pilot)
            screen = _Leaving(1006)
            await app.push_screen(screen)
            screen.post_message(_Late())
            await until(pilot, lambda: app.return_code == 1)

    with pytest.raises(NoMatches):
        await used()
