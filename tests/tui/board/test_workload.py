"""The view of workload: moving requests, evening out, and what others hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands
from store.rules.evening_words import EVENLY
from store.words import Attendance, Level
from tests.store.people import ANA, BEN, CHI, VISITOR, the
from tests.tui.board.school import lines, opened, said, toasts, until
from tests.tui.board.working import row, seen
from tests.tui.snapshots import picture
from tui.board.queue import QueueScreen
from tui.board.screens.proposal import Moves, ProposalDialog
from tui.board.views.workload.screen import WorkloadScreen

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
MINUTE = timedelta(minutes=1)


@pytest.fixture
def crowded(school):
    """Ben and Chi have boards open, too; Ben has ten requests, 1008 to 1015 not begun."""
    for who in (BEN, CHI):
        school.do(lambda desk, who=who: commands.presence(desk, who, None, f"{who.login}'s"))
    school.ask_all(
        [f"Scanner {n} does not scan" for n in range(8)],
        minutes=90,
        who=("Mira Rao", "rao@library.northgate.example"),
        assignee="ben",
        urgency=Level.MEDIUM,
    )
    return school


async def viewed(pilot, login="ana"):
    """Show the view, and wait until it knows everything."""
    await opened(pilot)
    await pilot.press("4")
    await until(pilot, lambda: getattr(pilot.app.screen, "known", None))
    return pilot.app.screen.columns


async def on(pilot, number):
    """Put the cursor on a request."""
    columns = pilot.app.screen.columns
    found = (
        (at, place)
        for at, one in enumerate(columns.people)
        for place, each in enumerate(one.rows)
        if each.number == number
    )
    column, place = next(found)
    from tui.board.views.workload import place as places

    columns._go(places.to(columns.place, columns.people, columns.room, column, place))
    await pilot.pause()


async def proposed(pilot):
    """Ask for a proposal, and wait for it."""
    await pilot.press("=")
    await until(pilot, lambda: isinstance(pilot.app.screen, ProposalDialog))
    await until(pilot, lambda: pilot.app.screen.ready)
    return pilot.app.screen


def owners(school, numbers):
    """Return who has what by the store."""
    return [row(school, number).assignee for number in numbers]


async def test_the_view_goes_with_what_happens(crowded):
    """Without a key pressed; the cursor stays on its request."""
    async with (app := crowded.board()).run_test(size=(120, 36)) as pilot:
        columns = await viewed(pilot)
        assert [one.login for one in columns.people] == ["ana", "ben", "chi", "dee"]
        await on(pilot, 1010)
        crowded.do(lambda desk: commands.assign(desk, BEN, the(1010), "chi"))
        await until(pilot, lambda: columns.place.login == "chi")
        assert columns.row.number == 1010
        crowded.do(lambda desk: commands.be(desk, CHI, Attendance.AWAY, desk.clock.now() + MINUTE))
        await until(pilot, lambda: any("Chi  away until 10:43" in line for line in lines(app)))
        assert (columns.row.number, columns.place.login) == (1010, "chi")


async def test_upper_h_and_l_move_to_the_person_beside(crowded):
    """The one under the cursor, which the cursor goes with; u brings it back."""
    async with crowded.board().run_test(size=(120, 36), notifications=True) as pilot:
        columns = await viewed(pilot)
        await on(pilot, 1010)
        await pilot.press("L")
        await said(pilot, "#1010 given to Chi")
        await until(pilot, lambda: columns.place.login == "chi")
        await pilot.press("H")
        await until(pilot, lambda: columns.place.login == "ben")
        await pilot.press("u")
        await until(pilot, lambda: columns.place.login == "chi")
        await pilot.press("u")
        await until(pilot, lambda: columns.place.login == "ben")
        assert row(crowded, 1010).assignee == "ben"


async def test_all_marked_move_from_where_they_are(crowded):
    """Each to the left of who has it; one undo. Past the end there is nobody."""
    async with (app := crowded.board()).run_test(size=(120, 36), notifications=True) as pilot:
        columns = await viewed(pilot)
        for number in (1003, 1010, 1005):
            await on(pilot, number)
            await pilot.press("space")
        assert columns.marked == {1003, 1010, 1005}
        await pilot.press("H")
        await said(pilot, "3 moved")
        assert owners(crowded, (1003, 1010, 1005)) == ["ana", "ana", "ben"]
        await until(pilot, lambda: columns.marked == set())
        await pilot.press("u")
        await said(pilot, "3 taken back")
        await until(pilot, lambda: len(columns.people[0].rows) == 0)
        await on(pilot, 1005)
        await pilot.press("L")
        await said(pilot, "#1005 given to Dee, who has no board open")
        await until(pilot, lambda: columns.place.login == "dee")
        await pilot.press("L")
        await said(pilot, "Nobody stands to the right")
        assert isinstance(app.screen, WorkloadScreen)


async def test_technicians_work_here_and_move_their_own_only(crowded):
    """Keys for work are for the request under the cursor, or for all marked."""
    async with (app := crowded.board(CHI)).run_test(size=(120, 36), notifications=True) as pilot:
        columns = await viewed(pilot)
        await on(pilot, 1010)
        await pilot.press("L")
        await said(pilot, "Ben has #1010: only a lead moves other people's work")
        await pilot.press("=")
        await said(pilot, "Only a lead evens out; H and L move what you have")
        await on(pilot, 1005)
        await pilot.press("H")
        await said(pilot, "#1005 given to Ben")
        for number in (1008, 1009):
            await on(pilot, number)
            await pilot.press("space")
        await pilot.press("t")
        await said(pilot, "2 taken over")
        await until(pilot, lambda: columns.marked == set())
        await on(pilot, 1009)
        await pilot.press("o")
        await said(pilot, "#1009 needs a hand")
        await pilot.press("space", "escape")
        assert (columns.marked, isinstance(app.screen, WorkloadScreen)) == (set(), True)
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "number", None) == 1009)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))


async def test_an_emergency_moves_only_after_asking(crowded):
    """Enter is no answer."""
    crowded.do(lambda desk: commands.emergency(desk, BEN, the(1008), "all dark"))
    async with crowded.board().run_test(size=(120, 36), notifications=True) as pilot:
        await viewed(pilot)
        await on(pilot, 1008)
        await pilot.press("L")
        await until(pilot, lambda: any("It is an emergency" in x for x in lines(pilot.app)))
        await pilot.press("enter", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkloadScreen))
        assert row(crowded, 1008).assignee == "ben"
        await pilot.press("L", "y")
        await said(pilot, "#1008 given to Chi")


async def test_a_lead_evens_out_with_three_keys(crowded):
    """4 = y; before and after are told, one undo takes all of it back."""
    async with (app := crowded.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("4", "=")
        await until(pilot, lambda: any("largest load 11.0 → 4.0" in x for x in lines(app)))
        assert any("Ben had not begun it; Ana had 0.0 of 10" in x for x in lines(app))
        await pilot.press("y")
        await said(pilot, "moved\nAna ")
        moved = [n for n in range(1003, 1016) if row(crowded, n).assignee in {"ana", "chi"}]
        assert len(moved) > 3
        why = seen(crowded, moved[-1]).history[-1].why
        assert why[0] == "to even out the load"
        await pilot.press("u")
        await said(pilot, "taken back")
        assert set(owners(crowded, range(1008, 1016))) == {"ben"}


async def test_a_move_can_be_left_out(crowded):
    """Space takes it out and in again, and tells what would be; n, esc and none at all are no."""
    async with (app := crowded.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await viewed(pilot)
        dialog = await proposed(pilot)
        moves = [each.number for each in dialog._chosen]
        await pilot.press("space", "enter", "k", "space")
        assert [each.number for each in dialog._chosen] == [*moves[1:]]
        assert dialog.query_one(Moves).highlighted == 2
        assert any(f"{len(moves) - 1} of {len(moves)} moves" in line for line in lines(app))
        await pilot.press("y")
        await said(pilot, f"{len(moves) - 1} moved")
        assert row(crowded, moves[0]).assignee == "ben"
        await pilot.press("u")
        await said(pilot, "taken back")
        for keys in (["n"], ["escape"], [*["space"] * len(moves), "y"]):
            await proposed(pilot)
            await pilot.press(*keys)
            await until(pilot, lambda: isinstance(app.screen, WorkloadScreen))
        assert set(owners(crowded, moves)) == {"ben"}


async def test_what_changed_meanwhile_stays(crowded):
    """Each that cannot move any more says why; the others move."""
    async with crowded.board().run_test(size=(120, 36), notifications=True) as pilot:
        await viewed(pilot)
        dialog = await proposed(pilot)
        first = dialog._chosen[0].number
        crowded.do(lambda desk: commands.presence(desk, BEN, first, "ben's", writing=True))
        await pilot.press("y")
        await said(pilot, f"#{first} not: Ben writes on it: it stays")


async def test_nothing_to_even_out_is_said(school):
    """Nobody else is there."""
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await viewed(pilot)
        school.do(lambda desk: commands.be(desk, ANA, Attendance.AWAY))
        await pilot.press("=")
        await said(pilot, "Nothing to even out: nobody else is in with a board open")
        await until(pilot, lambda: isinstance(app.screen, WorkloadScreen))


async def test_people_hear_what_came_to_them_and_why(crowded):
    """And whoever had it hears that it went; several are told in one."""

    def even_out(desk, to):
        from store import queries

        moves = queries.evening(desk, ANA).proposal.moves
        wanted = [each for each in moves if each.target in to]
        commands.move_all(desk, ANA, wanted[:1] if to == {"chi"} else wanted, EVENLY)

    async with (chi := crowded.board(CHI)).run_test(notifications=True) as pilot:
        await opened(pilot)
        crowded.do(lambda desk: even_out(desk, {"chi"}))
        await said(pilot, "to even out the load: Ben had not begun it; Chi had 0.0 of 10")
        assert toasts(chi)[-1].startswith("Ana gave you #10")
    async with (ben := crowded.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        crowded.do(lambda desk: even_out(desk, {"chi"}))
        await said(pilot, " to Chi to even out the load: Ben had not begun it")
        crowded.do(lambda desk: even_out(desk, {"ana", "chi"}))
        await said(pilot, "of yours to others to even out the load: #10")
        assert len(toasts(ben)) == 2


async def test_who_goes_hands_everything_over(crowded):
    """B, off, h, y; the next one reads why."""
    async with (app := crowded.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("B", "t")
        await until(pilot, lambda: any("h hand over all 10" in x for x in lines(app)))
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, ProposalDialog) and app.screen._known)
        assert any("10 of 10 moves" in line for line in lines(app))
        await pilot.press("y")
        await said(pilot, "10 moved")
        assert set(owners(crowded, [1003, 1004, *range(1008, 1016)])) == {"chi"}
        why = seen(crowded, 1008).history[-1].why
        assert why[0] == "because Ben is off until Tue 08:00"
        await pilot.press("u")
        await said(pilot, "10 taken back")


async def test_a_lead_hands_over_for_who_is_off_sick(crowded):
    """What is not due before they are back is only asked about if somebody could take it."""
    async with (app := crowded.board()).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("B", "p")
        await until(pilot, lambda: any("Where is …" in line for line in lines(app)))
        await pilot.press(*"chi", "enter")
        await until(pilot, lambda: any("Where  Chi" in line for line in lines(app)))
        await pilot.press("t")
        await until(pilot, lambda: any("Chi has 1 request. Hand it over?" in x for x in lines(app)))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, ProposalDialog) and app.screen._known)
        await pilot.press("y")
        await said(pilot, "#1005 given to Ana")
        assert seen(crowded, 1005).history[-1].why[0] == "because Chi is off until Tue 08:00"


async def test_a_board_that_only_looks_on_moves_nothing(crowded):
    """It shows who has how much."""
    async with crowded.board(VISITOR).run_test(size=(120, 36), notifications=True) as pilot:
        columns = await viewed(pilot)
        assert columns.people
        for key in ("L", "="):
            await pilot.press(key)
            await said(pilot, "This board is read-only")


@SIZES
async def test_columns(crowded, pictures, size):
    """Two or three at once: who is there, who has too much, marks, who else looks."""
    rules = crowded.rules.people
    crowded.rules = replace(
        crowded.rules,
        people={**rules, "ben": replace(rules["ben"], capacity=8.0)},
    )
    crowded.do(lambda desk: commands.emergency(desk, BEN, the(1009), "all dark"))
    crowded.do(lambda desk: commands.be(desk, CHI, Attendance.BREATHER))
    crowded.do(lambda desk: commands.presence(desk, BEN, 1010, "ben's", writing=True))
    async with (app := crowded.board()).run_test(size=size) as pilot:
        await viewed(pilot)
        await until(pilot, lambda: app.readers)
        await pilot.press("l", "j", "space", "j")
        await pilot.pause()
        app.tick()
        await pilot.pause()
        assert picture(app) == pictures


@SIZES
async def test_a_proposal(crowded, pictures, size):
    """Over the columns: loads before and after, the moves, why."""
    async with (app := crowded.board()).run_test(size=size) as pilot:
        await viewed(pilot)
        await proposed(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert picture(app) == pictures
