"""What people do in the view of cover, from the key to the store and back."""

from __future__ import annotations

from textual.widgets import Input

from tests.store.people import ANA, BEN
from tests.tui.board.school import lines, said, until
from tests.tui.views.watch import asked, shown, under_cursor, weighed
from tui.board.screens.confirm import ConfirmDialog

#: The half day of the policy, before the evening's watch begins.
HOLE = "2026-12-02 14:00"
TUESDAY, NEXT_TUESDAY = "2026-11-24 22:00", "2026-12-01 22:00"


async def test_a_lead_fills_a_gap_and_takes_it_back(desk):
    """Find it, ask who is fairest, save; every board's gap is gone, and comes back with ``u``."""
    async with (app := desk.board(ANA)).run_test(size=(120, 36), notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("f")
        assert under_cursor(app).startswith("▲ nobody · Wed 2 Dec 12:00–17:00 · 5 h")
        assert under_cursor(app).endswith("fairest to ask: Ben, Dee")
        await asked(pilot, "n")
        await until(pilot, lambda: weighed(app).endswith("closes ▲ Wed 2 Dec 12:00–17:00"))
        await pilot.press("enter")
        await said(pilot, "takes the free watch Wed 2 Dec 12:00–17:00")
        await until(pilot, lambda: "5 Cover  " in lines(app)[1])
        assert desk.covered(HOLE)
        assert "none in the days ahead" in lines(app)[5]
        assert any("takes the free watch" in line for line in lines(app)[20:])
        await pilot.press("u")
        await said(pilot, "Taken back: ")
        await until(pilot, lambda: "5 Cover ▲ 1" in lines(app)[1])
        assert desk.covered(HOLE) == ""


async def test_a_technician_swaps_and_takes_it_back(desk):
    """For a stretch of somebody else's; both parts, both ways."""
    async with (app := desk.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        await shown(pilot)
        await pilot.press("j", "l")
        assert under_cursor(app).startswith("Ben · Tue 24 Nov 17:00 – Wed 25 Nov 08:00")
        await asked(pilot, "s")
        assert "Swap Ben's watch for …" in "\n".join(lines(app))
        await pilot.press("down", "enter")
        await said(pilot, "Ben has Tue 1 Dec 17:00 – Wed 2 Dec 08:00 in a swap with Dee")
        assert (desk.covered(TUESDAY), desk.covered(NEXT_TUESDAY)) == ("dee", "ben")
        await pilot.press("u")
        await said(pilot, "Taken back: ")
        assert (desk.covered(TUESDAY), desk.covered(NEXT_TUESDAY)) == ("ben", "dee")


async def test_somebody_stands_in_for_a_part_of_a_watch(desk):
    """Who is found by typing; the times are as they are typed."""
    async with desk.board(ANA).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        await pilot.press(*"chi", "tab")
        field = dialog.query_one("#from", Input)
        assert (dialog.focused, field.value) == (field, "Tue 24 Nov 17:00")
        field.value = "20:00"
        await pilot.press("tab", "ctrl+u", *"+2h", "enter")
        await said(pilot, "Chi covers Tue 24 Nov 20:00–22:00 instead of Ben")
        assert desk.covered("2026-11-24 21:00") == "chi"
        assert desk.covered("2026-11-24 22:30") == "ben"


async def test_an_absence_that_opens_a_gap_asks_first(desk):
    """What it would open is said; "no" leads back to the times, "yes" saves."""
    async with (app := desk.board(BEN)).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "a")
        await until(pilot, lambda: "   opens ▲ Tue 24 Nov 17:00 – Wed" in weighed(app))
        for answer in ("n", "y"):
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
            await pilot.press("enter", "space")
            assert isinstance(app.screen, ConfirmDialog)
            assert "This opens a gap. Save it all the same?" in "\n".join(lines(app))
            await pilot.press(answer)
            await until(pilot, lambda: not isinstance(app.screen, ConfirmDialog))
            if answer == "n":
                assert app.screen is dialog
                assert desk.covered(TUESDAY) == "ben"
        await said(pilot, "Ben is absent Tue 24 Nov 17:00")
        assert desk.covered(TUESDAY) == ""
