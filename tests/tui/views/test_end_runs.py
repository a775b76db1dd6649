"""The view of end-runs: what it shows to whom, its keys, and that it is live."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from store import commands, queries
from store.end_run_records import Part, Period
from store.new_requests import EndRunEntry
from tests.conftest import NOW
from tests.store.people import ANA, BEN, CHI, HOPPER, VISITOR
from tests.tui.board.school import opened, toasts, until
from tests.tui.screens.stage import painted
from tests.tui.snapshots import picture
from tui.board.screens.request import RequestScreen
from tui.board.views.end_runs.screen import EndRunsScreen
from tui.board.widgets.listed import Listed


async def looking(pilot, *keys: str) -> EndRunsScreen:
    """Show the view, press keys, and wait until it knows everything."""
    await opened(pilot)
    await pilot.press("3")
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, EndRunsScreen) and settled(app.screen))
    for key in keys:
        await pilot.press(key)
        await until(pilot, lambda: settled(app.screen))
    await pilot.pause()
    return app.screen


def settled(screen) -> bool:
    """Say whether the view has read all there is for its period."""
    known = screen.known
    return bool(known and known.converted and known.figures.period is screen.period)


def under_cursor(app) -> str:
    """Return the key of the line under the cursor."""
    return app.screen.query_one(Listed).key


def everything(app) -> str:
    """Return all that the list says, on the screen or not."""
    return "\n".join(line.content.plain for line in app.screen.query_one(Listed)._told)


def asked(school, query, *more):
    """Ask the store."""
    with closing(school.open()) as desk:
        return query(desk, *more)


async def test_the_figures_on_a_narrow_screen(side_door, pictures):
    """To a lead: everybody by name, the chart, what comes of it."""
    async with (app := side_door.board()).run_test(size=(80, 24)) as pilot:
        await looking(pilot, "p", "p")
        assert picture(app) == pictures


async def test_the_figures_of_twelve_weeks_and_what_is_behind_them(side_door, pictures):
    """Down to doors, hours, departments, requesters and how it is counted; requests by age."""
    async with (app := side_door.board()).run_test(size=(120, 36)) as pilot:
        screen = await looking(pilot, "p", "p")
        assert picture(app) == pictures(name="the upper half")
        await pilot.press("G")
        await pilot.pause()
        assert picture(app) == pictures(name="the lower half")
        await pilot.press("g", "enter")
        await until(pilot, lambda: screen.listed)
        await pilot.pause()
        assert picture(app) == pictures(name="requests")


@pytest.mark.parametrize(
    ("me", "named", "others"),
    [
        (ANA, ("Ana", "Ben", "Chi", "WHO ASKED MOST", "Mathematics", "Cassandra Voss"), ()),
        (BEN, ("Ben",), ("Ana", "Chi", "Voss", "Ito", "DEPARTMENTS", "ASKED MOST")),
        (CHI, ("Chi",), ("Ana", "Ben", "Voss", "Ito", "DEPARTMENTS", "ASKED MOST")),
        (VISITOR, (), ("Ana", "Ben", "Chi", "Hopper", "Voss", "DEPARTMENTS", "ASKED MOST")),
        (replace(ANA, read_only=True), (), ("Ana", "Ben", "Chi", "Hopper", "ASKED MOST")),
    ],
    ids=["a lead", "ben", "chi", "a visitor", "on the wall"],
)
async def test_names_are_for_leads_and_for_whom_it_concerns(side_door, me, named, others):
    """The team's numbers are the same for all of them."""
    async with (app := side_door.board(me)).run_test(size=(120, 36)) as pilot:
        screen = await looking(pilot, "p", "p")
        told = everything(app)
        assert [name for name in named if name not in told] == []
        assert [name for name in others if name in told] == []
        assert "≥ 30 of 57 requests, 53 %" in told
        screen.figure = (Part.PERSON, "ana")
        screen.load()
        await until(pilot, lambda: screen.query_one(Listed)._told and settled(screen))
        listed = asked(side_door, queries.end_run_requests, me, Period.TWELVE_WEEKS, Part.ALL)
        assert ("ana" in {one.row.end_run for one in listed}) is (me == ANA)


async def test_one_key_says_whether_it_was_one_and_another_takes_that_back(side_door):
    """The line goes, the counts follow, the cursor goes on to the next."""
    back = "judgement taken back"
    both = [("y", "was an end-run to Ben", "ben"), ("n", "was no end-run", "")]
    async with (app := side_door.board(BEN)).run_test(notifications=True) as pilot:
        screen = await looking(pilot)
        for key, said, left in both:
            screen.query_one(Listed).go_to("#1055")
            await pilot.press(key)
            await until(pilot, lambda said=said: [one for one in toasts(app) if said in one])
            await until(pilot, lambda: len(screen.known.figures.to_confirm) == 1)
            await until(pilot, lambda: under_cursor(app) == "#1056")
            row = asked(side_door, queries.request, 1055).row
            assert (row.end_run, row.end_run_certainty) == (left, "certain" if left else "")
            await pilot.press("u")
            await until(pilot, lambda: [one for one in toasts(app) if back in one])
            await until(pilot, lambda: len(screen.known.figures.to_confirm) == 2)


async def test_where_there_is_nothing_to_say_it_says_why(side_door):
    """On a figure; on what is certain; on a board that only looks on."""
    async with (app := side_door.board(BEN)).run_test(notifications=True) as pilot:
        screen = await looking(pilot, "p", "p", "y")
        assert toasts(app)[-1] == "This line is no request"
        await pilot.press("enter")
        await until(pilot, lambda: screen.listed)
        await pilot.press("G", "n")
        await until(pilot, lambda: "is certain: nobody has to say" in toasts(app)[-1])
    wall = side_door.board(replace(ANA, read_only=True))
    async with wall.run_test(notifications=True) as pilot:
        await looking(pilot, "y")
        assert toasts(wall)[-1] == "This board is read-only"


async def test_from_a_figure_to_its_requests_to_one_of_them_and_back(side_door):
    """Each way back leads to the line that one came from."""
    async with (app := side_door.board()).run_test(size=(120, 36)) as pilot:
        screen = await looking(pilot, "p", "p")
        screen.query_one(Listed).go_to("person:ana")
        await pilot.press("enter")
        await until(pilot, lambda: screen.listed)
        await pilot.pause()
        assert "end-runs to Ana, 12 weeks, newest first" in painted(app)
        assert {one.row.end_run for one in screen.listed} == {"ana"}
        await pilot.press("j")
        here = under_cursor(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        assert under_cursor(app) == here
        await pilot.press("q")
        await pilot.pause()
        assert (screen.figure, under_cursor(app)) == (None, "person:ana")
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.queue)


async def test_every_figure_can_be_opened(side_door):
    """It says what is listed."""
    words = {
        "channel:phone": "end-runs by phone",
        "department:maths": "end-runs of Mathematics",
        "requester:1": "end-runs of ",
        "all:": "end-runs",
    }
    async with (app := side_door.board()).run_test(size=(120, 36)) as pilot:
        screen = await looking(pilot, "p", "p")
        for line, said in words.items():
            screen.query_one(Listed).go_to(line)
            assert under_cursor(app) == line
            await pilot.press("enter")
            await until(pilot, lambda: screen.listed)
            await pilot.pause()
            assert said in painted(app)
            await pilot.press("q")
            await pilot.pause()


async def test_a_redirect_goes_out_from_here(side_door):
    """With its preview, to the request under the cursor."""
    async with (app := side_door.board(BEN)).run_test(notifications=True) as pilot:
        await looking(pilot, "j")
        await pilot.press("E")
        await until(pilot, lambda: "Send this redirect?" in painted(app))
        await pilot.press("y")
        await until(pilot, lambda: [each for each in toasts(app) if "redirected" in each])


async def test_what_others_log_shows_by_itself(side_door):
    """The cursor stays on its line."""
    async with (app := side_door.board()).run_test(size=(120, 36)) as pilot:
        screen = await looking(pilot)
        screen.query_one(Listed).go_to("#1057")
        before = screen.known.figures.team.count
        entry = EndRunEntry("new", HOPPER, "A quick one", "chi", NOW, minutes=5)
        side_door.do(lambda desk: commands.log_end_run(desk, CHI, entry))
        await until(pilot, lambda: screen.known.figures.team.count == before + 1)
        await pilot.pause()
        assert under_cursor(app) == "#1057"


async def test_all_of_it_can_be_read_on_a_narrow_screen(side_door):
    """Past the last line that a cursor stops at, the same keys scroll on; and back."""
    async with (app := side_door.board(BEN)).run_test(size=(80, 24)) as pilot:
        screen = await looking(pilot, "p", "p")
        shown = screen.query_one(Listed)
        await pilot.press(*["space"] * 12)
        assert shown.scroll_y == shown.max_scroll_y
        assert "Below 6 only a count" in painted(app)
        await pilot.press("g")
        assert (shown.scroll_y, under_cursor(app)) == (0, "all:")
        await pilot.press(*["j"] * 60)
        assert shown.scroll_y == shown.max_scroll_y
        lines = everything(app).split("\n")
        assert max(len(line) for line in lines) <= shown.cells


async def test_a_desk_that_nobody_goes_around_has_noughts(sqlite_files, tmp_path, rules, clock):
    """And says how it would be counted."""
    from tests.tui.board.school import School

    school = School(sqlite_files.new(tmp_path), rules, clock)
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await looking(pilot, "p", "enter")
        await pilot.pause()
        assert "0 end-runs, 4 weeks" in painted(app)
        await pilot.press("escape")
        assert "0 of 0 requests" in everything(app)
