"""The form of a known outage: what it says of a service that there is not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from store.words import OutageKind
from tests.tui.screens.samples import NOW, school_hours
from tests.tui.screens.stage import Stage, painted
from tui.board.screens.fields import Line
from tui.board.screens.outage import OutageDialog, Proposal

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
#: Those of the example config.
NAMES = [each["name"] for each in tomllib.loads(EXAMPLE.read_text("utf-8"))["services"].values()]
#: What must not give way for them.
FORM = ("#1042 Mail", "ctrl+s save")


async def refused(names, kind):
    """Return what is on a narrow screen when there is no service of the name that was typed."""
    services = {f"s{place}": name for place, name in enumerate(names)}
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        proposal = Proposal(kind, "", words=("mail",), text="Mail is down")
        app.push_screen(OutageDialog("#1042 Mail", proposal, services, NOW, school_hours()))
        await pilot.pause()
        app.screen.query_one("#service", Line).value = "piano"
        await pilot.press("ctrl+s")
        await pilot.pause()
        return " ".join(painted(app).split())


@pytest.mark.parametrize("kind", OutageKind)
async def test_every_service_is_named_on_a_narrow_screen(kind):
    """Nothing of the form gives way for it."""
    said = await refused(NAMES, kind)
    assert [words for words in (*NAMES, *FORM) if words not in said] == []


@pytest.mark.parametrize("kind", OutageKind)
async def test_of_too_many_services_the_rest_is_counted(kind):
    """As many as there is room for are named."""
    said = await refused([f"A service with a long name, {place:02}" for place in range(40)], kind)
    assert [words for words in (*FORM, "long name, 00", " more") if words not in said] == []
    assert "long name, 39" not in said


async def test_a_policy_without_services_says_so():
    """There is nothing to choose from."""
    assert "The policy has none" in await refused([], OutageKind.OUTAGE)
