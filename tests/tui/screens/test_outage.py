"""The form of a known outage: what it says of a service that there is not."""

from __future__ import annotations

import pytest

from store.words import OutageKind
from tests.tui.screens.samples import NOW, school_hours
from tests.tui.screens.stage import Stage, painted
from tui.board.screens.fields import Line
from tui.board.screens.outage import OutageDialog, Proposal

#: As many as the example config has, and as long.
NAMES = [f"Service number {place} of the desk" for place in range(14)]


@pytest.mark.parametrize("kind", OutageKind)
async def test_every_service_is_named_on_a_narrow_screen(kind):
    """Nothing of the form gives way for it."""
    services = {f"s{place}": name for place, name in enumerate(NAMES)}
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        proposal = Proposal(kind, "", words=("mail",), text="Mail is down")
        app.push_screen(OutageDialog("#1042 Mail", proposal, services, NOW, school_hours()))
        await pilot.pause()
        app.screen.query_one("#service", Line).value = "piano"
        await pilot.press("ctrl+s")
        await pilot.pause()
        said = " ".join(painted(app).split())
        assert [name for name in (*NAMES, "#1042 Mail", "ctrl+s save") if name not in said] == []
