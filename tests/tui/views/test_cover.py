"""The view of cover on the board: its keys, what it refuses, and that it is live."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from store import commands
from store.clock import SetClock
from tests.conftest import NOW
from tests.databases import SqliteFiles
from tests.store.people import ANA, BEN, CHI, VISITOR
from tests.store.watch import ALONE, DEE, ROSTER, change
from tests.tui.board.school import lines, said, until
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.snapshots import picture
from tests.tui.views.watch import Watch, asked, calm, shown, under_cursor, weighed
from tui.board.messages import Ticked
from tui.board.screens.confirm import ConfirmDialog
from tui.board.views.cover import canvas
from tui.board.views.cover.chart_view import CoverChart
from tui.board.views.cover.dialog import CoverDialog
from tui.board.views.cover.screen import CoverScreen
from tui.board.widgets.footer import Footer

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
#: The half day of the policy, before the evening's watch begins.
HOLE = "2026-12-02 14:00"
TUESDAY, NEXT_TUESDAY = "2026-11-24 22:00", "2026-12-01 22:00"


@pytest.fixture(scope="session")
def rostered(sqlite_files: SqliteFiles, tmp_path_factory) -> Path:
    """A database with the policy of ``tests/store/watch.py``."""
    folder = tmp_path_factory.mktemp("rostered")
    Watch(sqlite_files.new(folder), SetClock(NOW)).apply(ROSTER)
    return folder / "deskwatch.db"


@pytest.fixture
def desk(rostered: Path, tmp_path: Path, clock: SetClock, monkeypatch) -> Watch:
    """A desk with a roster, on SQLite."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    (tmp_path / "deskwatch.db").write_bytes(rostered.read_bytes())
    return Watch(f"sqlite:///{tmp_path / 'deskwatch.db'}", clock)


def crowd(people: int, name: str) -> str:
    """Return a policy with so many more people who take turns."""
    logins = [f"p{number}" for number in range(people)]
    entries = "".join(
        f'\n[[people]]\nname = "{name.format(login)}"\nlogin = "{login}"\n'
        f'addresses = ["{login}@northgate.example"]\n'
        for login in logins
    )
    named = ", ".join(f'"{login}"' for login in logins)
    policy = ROSTER.replace("\n[calendars.office]", f"{entries}\n[calendars.office]")
    return policy.replace('"ben", "dee", "chi"]', f'"ben", "dee", "chi", {named}]')


# ---------------------------------------------------------------------------- stories


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


# ---------------------------------------------------------------------------- keys


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


STANDS_IN = change("cover", "2026-11-24 17:00", "2026-11-25 08:00", "chi", "ben")


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


# ---------------------------------------------------------------------------- live


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


async def test_a_change_that_somebody_else_made_first_wins(desk):
    """The one who comes too late is told who was faster, and how long ago."""
    async with desk.board(ANA).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        await asked(pilot, "j", "l", "c")
        desk.do(lambda each: commands.change_cover(each, DEE, DEES))
        await pilot.press(*"chi", "enter")
        await said(pilot, "Dee changed cover of that time")
        assert desk.covered(TUESDAY) == "dee"


DEES = change("cover", "2026-11-24 17:00", "2026-11-25 08:00", "dee", "ben")


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


# ---------------------------------------------------------------------------- any desk


async def test_without_a_roster_it_says_how_to_write_one(desk):
    """And its keys do nothing."""
    desk.apply(ALONE)
    async with (app := desk.board()).run_test(size=(80, 24), notifications=True) as pilot:
        await shown(pilot)
        painted = "\n".join(lines(app))
        assert "There is no roster yet" in painted
        assert "[[roster.rotations]]" in painted
        assert "deskwatch policy apply" in painted
        await pilot.press("l", "f", "G", "g", "v", "J", "n")
        await said(pilot, "There is no roster to change")
        desk.apply(ROSTER)
        await until(pilot, lambda: any("▲ 12–17" in line for line in lines(app)))
        await until(pilot, lambda: isinstance(app.focused, CoverChart))


async def test_thirty_people_scroll_and_nobody_is_out_of_reach(desk):
    """The days stay above them, and the gaps below; long names are cut."""
    desk.apply(crowd(30, "Bart{}holomew Featherstonehaugh-Cholmondeley of Northgate"))
    async with (app := desk.board()).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        assert any("1–5/33" in line for line in lines(app))
        seen = set()
        for presses in range(34):
            await pilot.press("j")
            seen.add(under_cursor(app).partition(" · ")[0])
            if presses % 8 == 0:
                painted = "\n".join(lines(app))
                assert all(each in painted for each in ("▌", "Mon 23", "▲ 12–17"))
                assert {len(line) for line in lines(app)} == {80}
        assert len(seen) == 34


async def test_any_size_of_terminal_will_do(desk):
    """Nothing breaks where it is tight, nor when it changes."""
    async with (app := desk.board()).run_test(size=(20, 6)) as pilot:
        await shown(pilot)
        for size in ((20, 6), (40, 10), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press(*"jlfv", "right_square_bracket")
            await pilot.pause()
            assert {len(line) for line in lines(app)} == {size[0]}
        assert isinstance(app.screen, CoverScreen)


async def test_hostile_names_are_shown_harmlessly(desk):
    """Above the chart, in it and below."""
    async with (app := desk.board()).run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot)
        known = app.rules
        for text in ("".join(HOSTILE), HOSTILE[0]):
            people = {login: replace(each, name=text) for login, each in known.people.items()}
            app.rules_or_none = replace(known, people=people)
            screen.post_message(Ticked(desk.clock.now()))
            await until(pilot, lambda: screen._read_by is app.rules_or_none)
            await pilot.pause(0.05)
            painted = "\n".join(lines(app))
            assert [bad for bad in FORBIDDEN if bad in painted] == []


# ---------------------------------------------------------------------------- looks


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


AGREED = ROSTER.replace(
    "[[roster.rotations]]",
    '[roster]\nbest_effort = ["sat 22:00 - sun 08:00"]\n\n[[roster.rotations]]',
    1,
).replace("holidays = [2026-12-25]", "holidays = [2026-12-04, 2026-12-25]")


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
