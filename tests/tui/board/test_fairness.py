"""The view of fairness on an open board: what the store tells each who looks."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from store import commands
from store.words import Ending
from tests.store.people import ANA, BEN, CHI, the
from tests.tui.board.school import opened, until
from tui.board.views.fairness.screen import FairnessScreen


async def told(pilot) -> str:
    """Open the view and return what it tells, as one line with single spaces."""
    app = pilot.app
    await opened(pilot)
    await pilot.press("6")
    await until(pilot, lambda: isinstance(app.screen, FairnessScreen) and app.screen.ready)
    await pilot.pause()
    return " ".join(str(app.screen.query_one("#figures", Static).content).split())


@pytest.mark.parametrize(
    ("me", "known", "unknown"),
    [
        (ANA, ("▲ Only Ben resolves Printing: 6 of 6.", "Ben 6 –", "you 1 –"), ("shown to leads",)),
        (BEN, ("▲ Only you resolve Printing: 6 of 6.", "you 6 –"), ("Ana",)),
        (CHI, ("▲ Printing rests on one person alone: 6 requests.",), ("Ben", "Ana")),
    ],
    ids=["lead", "themselves", "colleague"],
)
async def test_people_of_the_desk_are_named_to_leads_and_themselves(school, me, known, unknown):
    """And requesters to nobody."""
    numbers = school.ask_all([f"Paper jam {n}" for n in range(6)], service="printing")
    for number in numbers:
        school.do(lambda desk, number=number: commands.resolve(desk, BEN, the(number), Ending.DONE))
    school.do(lambda desk: commands.resolve(desk, ANA, the(1001), Ending.GUIDED))
    async with school.board(me).run_test(size=(80, 24)) as pilot:
        said = await told(pilot)
        assert [words for words in known if words not in said] == []
        assert [words for words in (*unknown, "Hopper", "hopper@") if words in said] == []
        assert "Printing 6 0 6 0 0 –" in said


async def test_before_anything_is_resolved_it_is_said_what_will_be_there(school):
    """With the key that gets it there."""
    async with school.board(BEN).run_test(size=(120, 36)) as pilot:
        said = await told(pilot)
        assert "SUPPORT OR SERVICE, LAST 12 WEEKS Nothing was resolved in this time." in said
        assert "press x on a request" in said
