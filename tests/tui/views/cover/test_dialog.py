"""Changing a stretch in the dialog of the view of cover."""

from __future__ import annotations

import asyncio

from textual.widgets import Input

from store import commands
from store.errors import StoreUnreachable
from tests.store.people import ANA, CHI
from tests.store.watch import DEE, change
from tests.tui.board.school import said, toasts, until
from tests.tui.views.watch import asked, shown, weighed
from tui.board.views.cover import asking

TUESDAY = "2026-11-24 22:00"


async def test_a_technician_comes_alone_to_what_is_not_theirs(desk):
    """Others are shown, and cannot be picked."""
    async with (app := desk.board(CHI)).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        first, *rest = dialog.query_one("Choices").choices
        assert (first.label, bool(first.why_not)) == ("Chi (me)", False)
        assert all(each.why_not for each in rest)
        await pilot.press(*"dee", "enter")
        await pilot.pause()
        assert app.screen is dialog
        await pilot.press("ctrl+u", "enter")
        await said(pilot, "Chi covers Tue 24 Nov 17:00 – Wed 25 Nov 08:00 instead of Ben")


async def test_times_are_said_as_they_are_understood(desk):
    """At once; those that cannot be say why, and Enter does not save them."""
    async with (app := desk.board(ANA)).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        for start, end, words in (
            ("soon", "18:00", "“soon” is no time I know. Type 14:00"),
            ("20:00", "24 nov 18:00", "It ends before it begins"),
            ("20:00", "22:00", "Tue 24 Nov 20:00–22:00, 2 h   opens no gap, closes none"),
            ("20:00", "7:00", "Tue 24 Nov 20:00 – Wed 25 Nov 07:00, 11 h"),
            ("20:00", "+30", "Tue 24 Nov 20:00–20:30, 30 min"),
            ("wed 20:00", "never", "“never” is no time I know"),
        ):
            dialog.query_one("#from", Input).value = start
            dialog.query_one("#to", Input).value = end
            await until(pilot, lambda words=words: weighed(app).startswith(words))
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is dialog


async def test_a_click_on_a_name_saves_and_tab_passes_the_names_by(desk):
    """The list never takes the keyboard: tab goes to the times, and the arrows still pick."""
    async with desk.board(ANA).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        await pilot.press("tab", "down", "tab")
        assert dialog.focused is dialog.query_one("#to", Input)
        chi = next(
            n for n, each in enumerate(dialog.query_one("Choices").choices) if "chi" in repr(each)
        )
        await pilot.click("Choices", offset=(4, chi))
        await said(pilot, "Chi covers Tue 24 Nov 17:00 – Wed 25 Nov 08:00 instead of Ben")
        assert desk.covered(TUESDAY) == "chi"


DEES = change("cover", "2026-11-24 17:00", "2026-11-25 08:00", "dee", "ben")


async def test_a_change_that_somebody_else_made_first_wins(desk):
    """The one who comes too late is told who was faster, and how long ago."""
    async with desk.board(ANA).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        await asked(pilot, "j", "l", "c")
        desk.do(lambda each: commands.change_cover(each, DEE, DEES))
        await pilot.press(*"chi", "enter")
        await said(pilot, "Dee changed cover of that time")
        assert desk.covered(TUESDAY) == "dee"


async def test_what_only_the_store_refuses_can_be_mended(desk):
    """The dialog stays with all that was typed, and says why it was refused."""
    async with (app := desk.board(ANA)).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        start, end = (dialog.query_one(field, Input) for field in ("#from", "#to"))
        await pilot.press(*"chi")
        start.value, end.value = "25 nov 9:00", "25 nov 10:00"
        await until(pilot, lambda: weighed(app).startswith("Wed 25 Nov 09:00–10:00, 1 h"))
        await pilot.press("enter")
        await until(pilot, lambda: weighed(app) == "Nobody has to be on watch then")
        assert app.screen is dialog
        assert (start.value, end.value) == ("25 nov 9:00", "25 nov 10:00")
        assert dialog.query_one("#find", Input).value == "chi"
        start.value = "24 nov 20:00"
        end.value = "24 nov 22:30"
        await pilot.press("enter")
        await said(pilot, "Chi covers Tue 24 Nov 20:00–22:30 instead of Ben")
        await until(pilot, lambda: app.screen is not dialog)
        assert desk.covered(TUESDAY) == "chi"


async def test_nothing_typed_is_lost_while_the_store_is_away(desk, monkeypatch):
    """It is said in the dialog, and Enter saves once the store is back."""
    change_, away = asking.change, [StoreUnreachable("the database does not answer")]

    async def flaky(*given):
        if away:
            raise away.pop()
        return await change_(*given)

    monkeypatch.setattr(asking, "change", flaky)
    async with (app := desk.board(ANA)).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        await pilot.press(*"chi", "enter")
        await until(pilot, lambda: weighed(app) == "the database does not answer")
        assert app.screen is dialog
        await pilot.press("enter", "enter")
        await said(pilot, "Chi covers Tue 24 Nov 17:00 – Wed 25 Nov 08:00 instead of Ben")


async def test_a_dialog_left_while_its_answer_is_saved_tells_what_came_of_it(desk, monkeypatch):
    """A second Enter saves nothing twice; what is said then is a toast."""
    change_, goes_on, begun = asking.change, asyncio.Event(), []

    async def slow(*given):
        begun.append(given)
        await goes_on.wait()
        return await change_(*given)

    monkeypatch.setattr(asking, "change", slow)
    async with (app := desk.board(ANA)).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        await pilot.press(*"chi", "enter")
        await until(pilot, lambda: begun)
        dialog.action_pick()
        dialog.action_cancel()
        await until(pilot, lambda: app.screen is not dialog)
        goes_on.set()
        await said(pilot, "Chi covers Tue 24 Nov 17:00 – Wed 25 Nov 08:00 instead of Ben")
        assert len(begun) == 1


async def test_an_error_nobody_has_foreseen_leaves_the_dialog_as_it_is(desk, monkeypatch, tmp_path):
    """It is said, and Enter tries again."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    change_, wrong = asking.change, [ZeroDivisionError("of course")]

    async def flaky(*given):
        if wrong:
            raise wrong.pop()
        return await change_(*given)

    monkeypatch.setattr(asking, "change", flaky)
    async with (app := desk.board(ANA)).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        dialog = await asked(pilot, "j", "l", "c")
        await pilot.press(*"chi", "enter")
        await until(pilot, lambda: toasts(app))
        assert app.screen is dialog
        await pilot.press("enter")
        await said(pilot, "Chi covers Tue 24 Nov 17:00 – Wed 25 Nov 08:00 instead of Ben")
