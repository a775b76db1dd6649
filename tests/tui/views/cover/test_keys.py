"""Going about in the view of cover, by keys and clicks, and keys that cannot be done."""

from __future__ import annotations

import re

from store import commands
from tests.store.people import ANA, BEN, VISITOR
from tests.store.watch import change
from tests.tui.board.school import lines, said, until
from tests.tui.views.watch import asked, shown, under_cursor
from tui.board.views.cover import canvas
from tui.board.views.cover.chart_view import CoverChart
from tui.board.views.cover.dialog import CoverDialog
from tui.board.views.cover.screen import CoverScreen
from tui.board.widgets.footer import Footer

TUESDAY = "2026-11-24 22:00"
MOVES = [
    ("llh", "The desk is open · Tue 24 Nov 08:00–17:00"),
    ("jj", "Dee · Mon 30 Nov 17:00 – Tue 1 Dec 08:00"),
    ("jjjjjj", "▲ nobody · Wed 2 Dec 12:00–17:00"),
    ("jjk", "Ben · Mon 23 Nov 17:00 – Tue 24 Nov 08:00"),
    ("jG", "Ben · Fri 27 Nov 17:00 – Mon 30 Nov 08:00"),
    ("ff", "▲ nobody · Wed 2 Dec 12:00–17:00"),
    (["down", "right", "left", "down", "up", "end"], "Ben · Fri 27 Nov 17:00"),
    (["pagedown", "pagedown"], "▲ nobody · Wed 2 Dec 12:00–17:00"),
    (["pagedown", "pageup", "end", "home"], "The desk is open · Mon 23 Nov"),
]


async def test_keys_go_from_stretch_to_stretch(desk, monkeypatch):
    """Along a row, from row to row, to the next gap, to now; nothing is made anew for it."""
    made = []
    chart = canvas.chart
    monkeypatch.setattr(canvas, "chart", lambda *given: made.append(1) or chart(*given))
    async with (app := desk.board()).run_test(size=(120, 36)) as pilot:
        await shown(pilot)
        before = len(made)
        assert under_cursor(app).startswith("The desk is open · Mon 23 Nov 08:00–17:00")
        for keys, words in MOVES:
            await pilot.press("g", *keys)
            await pilot.pause()
            assert (keys, under_cursor(app)[: len(words)]) == (keys, words)
        assert len(made) == before > 0


async def test_days_that_do_not_fit_are_scrolled_to(desk):
    """By brackets a day at a time, and by the cursor; today is always a key away."""
    async with (app := desk.board()).run_test(size=(60, 24)) as pilot:
        await shown(pilot)

        def days() -> list[str]:
            line = next(line for line in lines(app) if re.match(r" +\w{3} \d", line))
            return re.findall(r"\w{3} \d+", line)

        seen = [days()[0]]
        for keys in ("]]", "[", "f", "g", "]]]]]]]]]]]]]]]]"):
            await pilot.press(*keys)
            await pilot.pause()
            seen.append(days()[0])
        assert seen == ["Mon 23", "Wed 25", "Tue 24", "Thu 26", "Mon 23", "Mon 30"]
        assert days()[-1] == "Sun 6"


STANDS_IN = change("cover", "2026-11-24 17:00", "2026-11-25 08:00", "chi", "ben")


async def test_a_narrow_screen_shows_one_list_at_a_time(desk):
    """Burdens, or recent changes."""
    desk.do(lambda each: commands.change_cover(each, BEN, STANDS_IN))
    async with (app := desk.board()).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        painted = "\n".join(lines(app))
        assert ("BURDEN" in painted, "RECENT CHANGES" in painted) == (True, False)
        await pilot.press("v")
        await pilot.pause()
        painted = "\n".join(lines(app))
        assert ("BURDEN" in painted, "Chi covers Tue 24 Nov" in painted) == (False, True)
        await pilot.press("J", "K", "v")
        await pilot.pause()
        assert "BURDEN" in "\n".join(lines(app))


REFUSED = {
    ANA: [
        ("s", "The desk is open then: nobody has to be on watch"),
        ("fc", "Nobody has the watch then; n adds somebody"),
        ("fa", "Nobody has the watch then; n adds somebody"),
        ("jn", "Ben has the watch then; c lets somebody else come"),
    ],
    BEN: [
        ("jjja", "That time is over; a lead can correct it"),
        ("jja", "Only a lead enters that others are absent; ask one"),
        ("u", "There is no change of cover of yours to take back"),
    ],
    VISITOR: [
        ("jcsanu", "This board is read-only"),
    ],
}


async def test_a_key_that_cannot_be_done_says_why(desk):
    """And nothing is asked; a board that only looks on tells no such key."""
    for me, refused in REFUSED.items():
        async with (app := desk.board(me)).run_test(size=(80, 24), notifications=True) as pilot:
            await shown(pilot)
            for keys, reason in refused:
                await pilot.press("g", *keys)
                await said(pilot, reason)
                assert isinstance(app.screen, CoverScreen)
            await pilot.press("g", "j")
            await pilot.pause()
            footer = " ".join(app.screen.query_one(Footer).render().plain.split())
            assert footer.startswith("read-only board" if me is VISITOR else "s swap c cover a abs")


async def test_esc_leaves_everything_as_it_is(desk):
    """The dialog, and then the view."""
    async with (app := desk.board()).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await asked(pilot, "j", "c")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CoverScreen)
        await pilot.press("7", "5", "escape")
        await pilot.pause()
        assert app.screen is app.queue
        assert desk.covered(TUESDAY) == "ben"


async def test_a_click_is_as_good_as_a_key(desk):
    """It puts the cursor there; two open what the key opens."""
    async with (app := desk.board()).run_test(size=(120, 36)) as pilot:
        await shown(pilot)
        chart = app.screen.query_one(CoverChart)
        row = next(number for number, line in enumerate(lines(app)) if line.startswith("  Ben"))
        offset = (13, row - chart.region.y)
        await pilot.click(CoverChart, offset=offset)
        await pilot.pause()
        assert under_cursor(app).startswith("Ben · Mon 23 Nov 17:00")
        await pilot.click(CoverChart, offset=offset, times=2)
        await until(pilot, lambda: isinstance(app.screen, CoverDialog))
