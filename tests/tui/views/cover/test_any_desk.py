"""The view of cover on any desk: without a roster, with many people, in any terminal."""

from __future__ import annotations

from dataclasses import replace

from tests.store.watch import ALONE, ROSTER
from tests.tui.board.school import lines, said, until
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.views.watch import shown, under_cursor
from tui.board.messages import Ticked
from tui.board.views.cover.chart_view import CoverChart
from tui.board.views.cover.screen import CoverScreen


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
