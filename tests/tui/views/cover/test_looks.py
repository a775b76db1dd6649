"""How the view of cover and its dialog look."""

from __future__ import annotations

import pytest

from store import commands
from tests.store.people import ANA
from tests.store.watch import ROSTER, change
from tests.tui.snapshots import picture
from tests.tui.views.watch import asked, calm, shown
from tui.board.views.cover.chart_view import CoverChart

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
AGREED = ROSTER.replace(
    "[[roster.rotations]]",
    '[roster]\nbest_effort = ["sat 22:00 - sun 08:00"]\n\n[[roster.rotations]]',
    1,
).replace("holidays = [2026-12-25]", "holidays = [2026-12-04, 2026-12-25]")


@SIZES
async def test_it_looks_as_it_did(desk, pictures, size):
    """Two weeks with a gap, best effort, a half day, and burdens below."""
    desk.apply(AGREED)
    away = change("absent", "2026-11-28 14:00", "2026-11-29 08:00", "ben")
    desk.do(lambda each: commands.change_cover(each, ANA, away))
    async with (app := desk.board()).run_test(size=size) as pilot:
        await shown(pilot)
        await pilot.press("f")
        await calm(pilot)
        assert picture(app) == pictures


async def test_the_dialog_looks_as_it_did(desk, pictures, monkeypatch):
    """Without colours: signs and words say it all."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with (app := desk.board()).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("f")
        await pilot.pause()
        chart = app.screen.query_one(CoverChart)
        drawn = [chart.render_line(line) for line in range(chart.size.height)]
        marked = [each.text for line in drawn for each in line if each.style and each.style.reverse]
        assert marked == ["━╸"]
        dialog = await asked(pilot, "n")
        dialog.focused.cursor_blink = False
        await calm(pilot)
        assert picture(app) == pictures
