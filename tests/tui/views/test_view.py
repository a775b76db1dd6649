"""What all views share: when they read the store, and what they show of it."""

from __future__ import annotations

from asyncio import Event
from types import SimpleNamespace

from textual.app import App
from textual.widgets import Static

from store.clock import SetClock
from store.errors import StoreUnreachable
from tests.conftest import NOW
from tests.tui.board.school import until
from tui.board.views.view import ViewScreen


class Board(App[None]):
    """Hears how workers ended, as the board does."""

    def tell_failure(self, _event) -> None:
        """Let it pass."""


class Slow(ViewScreen):
    """Reads until it is let go on, or until the store is away."""

    def __init__(self) -> None:
        """Start with a store that does not answer."""
        super().__init__()
        self.reads, self.shown, self.away = 0, 0, False
        self.go_on = Event()

    @property
    def _board(self):
        return SimpleNamespace(
            clock=SetClock(NOW),
            around=SimpleNamespace(tell_headers=lambda _screens: None),
        )

    def compose(self):
        """Have something to show it on."""
        yield Static()

    async def read(self) -> None:
        """Count it."""
        self.reads += 1
        await self.go_on.wait()
        if self.away:
            raise StoreUnreachable("The store is away")

    def show(self) -> None:
        """Count it."""
        self.shown += 1

    def fit(self) -> None:
        """Show nothing of itself."""


async def test_what_happens_while_a_view_reads_is_read_once_more():
    """However much it is; and only after a rest, in which the store's thread is for others."""
    async with Board().run_test() as pilot:
        view = Slow()
        await pilot.app.push_screen(view)
        view.load_soon()
        await until(pilot, lambda: view.reads)
        for _ in range(50):
            view.load_soon()
        assert view.reads == 1
        view.go_on.set()
        await until(pilot, lambda: view.shown == 2)
        await pilot.pause(0.2)
        assert view.reads == 2


async def test_what_somebody_wants_to_see_is_read_at_once_and_shown_alone():
    """What was read for what nobody wants any more is not shown."""
    async with Board().run_test() as pilot:
        view = Slow()
        await pilot.app.push_screen(view)
        view.load()
        await until(pilot, lambda: view.reads)
        view.load()
        assert view.is_wanted_anew
        view.go_on.set()
        await until(pilot, lambda: view.shown)
        assert (view.reads, view.shown) == (2, 1)


async def test_a_store_that_is_away_is_told_of_once_and_asked_again():
    """The header says so all the time; each new toast would only cover what is shown."""
    async with Board().run_test() as pilot:
        view = Slow()
        view.away = True
        view.go_on.set()
        await pilot.app.push_screen(view)
        for times in (1, 2):
            view.load()
            await until(pilot, lambda times=times: view.reads == times)
            await until(pilot, lambda: view.ready)
        await pilot.pause()
        assert [one.message for one in pilot.app._notifications] == ["The store is away"]
        assert view.shown == 0
