"""What the screens look like, at both sizes."""

from __future__ import annotations

import pytest

from store.records import Reader
from store.words import Level
from tests.tui.screens.samples import MATRIX, NOW, school_hours
from tests.tui.screens.stage import Stage, known
from tests.tui.snapshots import picture
from tui.board.action import Scope
from tui.board.screens.help import HelpScreen
from tui.board.screens.rate import RateDialog, Rating
from tui.board.screens.request import RequestScreen
from tui.board.screens.resolve import ResolveDialog
from tui.board.screens.snooze import SnoozeDialog

ABOUT = "#1042 Projector dead, class waiting"
SCREENS = {
    "request": lambda: RequestScreen(1042),
    "help": lambda: HelpScreen(Scope.REQUEST),
    "resolve": lambda: ResolveDialog(ABOUT),
    "snooze": lambda: SnoozeDialog(ABOUT, NOW, school_hours()),
    "rate": lambda: RateDialog(ABOUT, MATRIX, known(Rating(Level.MEDIUM, Level.HIGH))),
}


@pytest.mark.parametrize(
    ("name", "size", "keys"),
    [
        ("request", (80, 24), ""),
        ("request", (120, 36), ""),
        ("help", (80, 24), "undo"),
        ("resolve", (80, 24), ""),
        ("snooze", (80, 24), ""),
        ("rate", (80, 24), ""),
    ],
)
async def test_a_screen_looks_as_it_did(name, size, keys, pictures):
    """The screen is laid out, worded and coloured as in the picture that was looked at."""
    async with (app := Stage()).run_test(size=size) as pilot:
        app.readers = {1042: (Reader("ben"),)}
        await app.push_screen(SCREENS[name]())
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.press(*keys)
        await pilot.pause()
        assert picture(app) == pictures
