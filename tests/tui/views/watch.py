"""A desk with a roster, and boards that are opened on it."""

from __future__ import annotations

from contextlib import closing

from textual.pilot import Pilot
from textual.widgets import Static

from store import commands
from store.clock import SetClock
from store.desk import Desk
from store.facts.engine import open_store
from store.policy.load import parse
from store.policy.stored import to_store
from store.records import DESK
from store.rules.cover import on_call
from tests.rulebook import a_rulebook
from tests.store.watch import at
from tests.tui.board.school import School, opened, until
from tui.board.app import BoardApp
from tui.board.views.cover.dialog import CoverDialog
from tui.board.views.cover.screen import CoverScreen


class Watch(School):
    """A desk that goes by the policy in its store."""

    def __init__(self, url: str, clock: SetClock) -> None:
        """Use the database at ``url``."""
        super().__init__(url, a_rulebook(), clock)

    def open(self) -> Desk:
        """Return the desk, on connections of its own."""
        return Desk.open(self.url, self.clock)

    def apply(self, policy: str) -> None:
        """Apply a policy."""
        with closing(open_store(self.url, self.clock)) as store:
            commands.apply_policy(store, to_store(parse(policy, "config.toml")), DESK)

    def covered(self, local: str) -> str:
        """Return who has the watch then."""
        with closing(self.open()) as desk:
            return on_call(desk.rules.roster, at(local))


async def shown(pilot: Pilot[object]) -> CoverScreen:
    """Show the view, and wait until it shows everything."""
    app = pilot.app
    await opened(pilot)
    await pilot.press("5")
    await until(pilot, lambda: isinstance(app.screen, CoverScreen) and app.screen.ready)
    await pilot.pause()
    return app.screen


async def asked(pilot: Pilot[object], *keys: str) -> CoverDialog:
    """Press ``keys``, and wait until the dialog knows what to offer and what comes of it."""
    app = pilot.app
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(app.screen, CoverDialog) and app.screen.ready)
    await until(pilot, lambda: weighed(app))
    return app.screen


def under_cursor(app: BoardApp) -> str:
    """Return what is said of the stretch under the cursor."""
    view = next(screen for screen in app.screen_stack if isinstance(screen, CoverScreen))
    return str(view.query_one("#told", Static).content)


def weighed(app: BoardApp) -> str:
    """Return what the dialog says would come of what is picked."""
    return str(app.screen.query_one(".said", Static).content)


async def calm(pilot: Pilot[object]) -> None:
    """Wait until a slow machine has answered: then the head says no more that it is silent."""
    app = pilot.app
    await until(pilot, lambda: app.around.stale is None)
    app.tick()
    await pilot.pause()
