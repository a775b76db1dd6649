"""The view of cover is live, and outlasts a store that is away."""

from __future__ import annotations

import re
from datetime import timedelta

from store import commands
from tests.store.people import ANA, CHI
from tests.store.watch import change
from tests.tui.board.school import lines, said, until
from tests.tui.views.watch import shown, under_cursor
from tui.board.messages import Ticked

STANDS_IN = change("cover", "2026-11-24 17:00", "2026-11-25 08:00", "chi", "ben")


async def test_what_others_change_shows_without_a_key(desk):
    """In the chart, the gaps and the list; the cursor stays on its stretch."""
    async with (app := desk.board()).run_test(size=(120, 36)) as pilot:
        await shown(pilot)
        await pilot.press("f")
        fills = change("add", "2026-12-02 12:00", "2026-12-02 15:00", "chi")
        desk.do(lambda each: commands.change_cover(each, CHI, fills))
        await until(pilot, lambda: "▲ 1: Wed 2 Dec 15:00–17:00" in lines(app)[5])
        assert under_cursor(app).startswith("▲ nobody · Wed 2 Dec 15:00–17:00")
        assert any("Chi takes the free watch" in line for line in lines(app)[18:])


async def test_time_passes_on_the_chart(desk):
    """Each minute now is elsewhere; after midnight the days begin with another."""
    async with (app := desk.board()).run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot)
        desk.clock.advance(timedelta(hours=8))
        screen.post_message(Ticked(desk.clock.now()))
        await until(pilot, lambda: "Ben until Tue 08:00" in lines(app)[3])
        desk.clock.advance(timedelta(hours=8))
        screen.post_message(Ticked(desk.clock.now()))
        await until(pilot, lambda: any(re.match(r" +Tue 24 Wed 25", line) for line in lines(app)))
        assert "Ben until 08:00" in lines(app)[3]


async def test_a_command_in_between_hides_no_change(desk):
    """What a command of this board's took up first is shown all the same."""
    async with (app := desk.board(ANA)).run_test(size=(120, 36)) as pilot:
        await shown(pilot)
        desk.do(lambda each: commands.change_cover(each, CHI, STANDS_IN))
        # The board's own desk goes by the change before it has looked.
        await app.link.ask(lambda each: each.refresh())
        await until(pilot, lambda: app.rules.cover == 1)


async def test_a_store_that_is_away_leaves_what_is_shown(desk, monkeypatch):
    """And it is read anew once the store is back."""
    from store.errors import StoreUnreachable
    from tui.board.views.cover import asking

    standing = asking.standing

    async def away(*_given):
        raise StoreUnreachable("the database does not answer")

    async with (app := desk.board()).run_test(size=(120, 36)) as pilot:
        screen = await shown(pilot)
        monkeypatch.setattr(asking, "standing", away)
        screen.load()
        await pilot.app.workers.wait_for_complete()
        assert any("▲ 12–17" in line for line in lines(app))
        monkeypatch.setattr(asking, "standing", standing)
        desk.do(lambda each: commands.change_cover(each, CHI, STANDS_IN))
        await until(pilot, lambda: any("Chi covers Tue" in line for line in lines(app)))


async def test_a_store_that_was_away_from_the_start_is_no_missing_roster(desk, monkeypatch):
    """Nothing is said of cover before it is known; then it shows by itself."""
    from store.errors import StoreUnreachable
    from tui.board.views.cover import asking

    standing = asking.standing

    async def away(*_given):
        raise StoreUnreachable("the database does not answer")

    monkeypatch.setattr(asking, "standing", away)
    async with (app := desk.board()).run_test(size=(80, 24), notifications=True) as pilot:
        screen = await shown(pilot)
        painted = "\n".join(lines(app))
        assert "is not known yet: the store cannot be reached" in painted
        assert "There is no roster" not in painted
        await pilot.press("f", "n")
        await said(pilot, "Who has the watch is not known yet")
        monkeypatch.setattr(asking, "standing", standing)
        screen._look()
        await until(pilot, lambda: any("▲ 12–17" in line for line in lines(app)))
