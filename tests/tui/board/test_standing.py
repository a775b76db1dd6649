"""Keys go by how a request stands, not by what a view still shows of it."""

from __future__ import annotations

import asyncio

from store import commands
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import opened, said, until
from tests.tui.board.working import row
from tui.board.views.mine import asking as mine
from tui.board.views.workload import asking as workload


async def lag(*_anything):
    """Answer never."""
    await asyncio.Event().wait()


async def lagging(pilot, monkeypatch, key, asking):
    """Show a view that is not read anew after the first time."""
    await opened(pilot)
    await pilot.press(key)
    await until(pilot, lambda: getattr(pilot.app.screen, "known", None))
    monkeypatch.setattr(asking, asking.__name__.split(".")[-2], lag)


async def test_a_view_that_lags_refuses_nothing_that_can_be_done(school, monkeypatch):
    """What was done a moment ago counts, and what is a switch goes on from there."""
    async with school.board(BEN).run_test(size=(120, 36), notifications=True) as pilot:
        await lagging(pilot, monkeypatch, "4", workload)
        await pilot.press("l", "l")
        assert pilot.app.screen.columns.row.number == 1005
        await pilot.press("t", "o")
        await said(pilot, "#1005 needs a hand")
        assert pilot.app.screen.columns.row.assignee == "chi"
        await until(pilot, lambda: all(each.offered for each in standing(pilot)))
        await pilot.press("o")
        await said(pilot, "#1005 needs no hand any more")


async def test_moving_twice_moves_twice(school, monkeypatch):
    """To the person beside whoever has it by now."""
    async with school.board(ANA).run_test(size=(120, 36), notifications=True) as pilot:
        await lagging(pilot, monkeypatch, "4", workload)
        await pilot.press("l", "L")
        number = pilot.app.screen.columns.row.number
        await said(pilot, f"#{number} given to Chi")
        await until(pilot, lambda: standing(pilot)[0].assignee == "chi")
        await pilot.press("L")
        await said(pilot, f"#{number} given to Dee")
        assert row(school, number).assignee == "dee"


async def test_what_somebody_else_did_is_still_a_race(school, monkeypatch):
    """A view that lags overwrites nothing that a person has not seen."""
    async with school.board(BEN).run_test(size=(120, 36), notifications=True) as pilot:
        await lagging(pilot, monkeypatch, "2", mine)
        number = pilot.app.screen.list.request
        school.do(lambda desk: commands.assign(desk, ANA, the(number), "chi"))
        await until(pilot, lambda: standing(pilot)[0].assignee == "chi")
        await pilot.press("C")
        await said(pilot, f"Ana gave #{number} to Chi")
        await pilot.press("x", "f", "enter")
        await said(pilot, f"Ana gave #{number} to Chi")
        assert row(school, number).assignee == "chi"


def standing(pilot):
    """Return the request under the cursor as the board has heard of it."""
    app = pilot.app
    return app.backstage.live.standing.of(app.screen.rows())
