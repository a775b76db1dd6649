"""Every key that works on requests does what it says, on one and on all that are marked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands
from store.words import Ending, Level, State
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import opened, said, until
from tests.tui.board.working import go, mark, row, seen
from tui.board.queue import QueueScreen


async def test_c_claims(school):
    """It is mine, the list shows it, and the toast names it."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        await pilot.press("c")
        await said(pilot, "#1001 claimed\nProjector dead, class waiting")
        await until(pilot, lambda: app.queue.list.rows.get(1001).assignee == "ana")
        assert row(school, 1001).assignee == "ana"


async def test_a_claim_that_came_too_late_says_who_was_faster(school):
    """The board did not know yet; the store did, and nothing is overwritten."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        app.link._want = lambda _step: None  # this board hears of nothing
        school.do(lambda desk: commands.claim(desk, BEN, the(1001)))
        school.clock.advance(timedelta(seconds=4))
        await pilot.press("c")
        await said(pilot, "Ben claimed #1001 4 s ago")
        assert row(school, 1001).assignee == "ben"


async def test_marked_requests_are_claimed_together_and_summed_up(school):
    """One key claims all that can be; the toast says which could not, and why."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1001, 1002, 1003)
        await pilot.press("c")
        await said(pilot, "2 claimed; #1003 not: Ben has it; take it over instead")
        owners = [row(school, number).assignee for number in (1001, 1002, 1003)]
        assert (owners, app.queue.list.rows.marked) == (["ana", "ana", "ben"], {1003})


async def test_one_undo_takes_a_bulk_command_back(school):
    """What was claimed together is given back together."""
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1001, 1002)
        await pilot.press("c")
        await said(pilot, "2 claimed")
        await pilot.press("u")
        await said(pilot, "2 taken back")
        assert [row(school, number).assignee for number in (1001, 1002)] == ["", ""]


async def test_u_without_anything_to_undo_says_so(school):
    """Ben has only set one request waiting."""
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("u")
        await said(pilot, "#1005: wait taken back")
        await pilot.press("u")
        await said(pilot, "There is nothing of yours to take back")


async def test_release_gives_back(school):
    """Ana is a lead and may release Ben's."""
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("C")
        await said(pilot, "#1003 released")
        assert row(school, 1003).assignee == ""


async def test_t_takes_over(school):
    """Everybody may; the history says so."""
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1003)
        await pilot.press("t")
        await said(pilot, "#1003 taken over from Ben")
        assert row(school, 1003).assignee == "ana"


async def test_a_gives_to_the_colleague_that_was_found(school):
    """Typing finds somebody; Enter gives it."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1001, 1002)
        await pilot.press("a")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        await pilot.press(*"dee", "enter")
        await said(pilot, "2 given to Dee")
        assert [row(school, number).assignee for number in (1001, 1002)] == ["dee", "dee"]


async def test_w_waits_and_on_waiting_ones_goes_on(school):
    """R waits for the requester; the same key ends the wait."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        await pilot.press("w")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        await pilot.press("r")
        await said(pilot, "#1001 waits for the requester")
        assert row(school, 1001).state is State.WAITING_REQUESTER
        await go(pilot, 1005)
        await pilot.press("w")
        await said(pilot, "#1005 goes on")


async def test_z_snoozes_and_on_snoozed_ones_wakes(school):
    """H is in an hour; the request goes to the end of the queue, the cursor to the next one."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        first = app.queue.list.order.number_at(1)
        following = app.queue.list.order.number_at(2)
        await go(pilot, first)
        await pilot.press("z")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        await pilot.press("h")
        await said(pilot, f"#{first} snoozed until")
        last = len(app.queue.list.order) - 1
        await until(pilot, lambda: app.queue.list.order.place(first) == last)
        assert app.queue.list.cursor == following
        await go(pilot, first)
        await pilot.press("z")
        await said(pilot, f"#{first} is back")


@pytest.mark.parametrize(
    ("key", "ending"),
    [("g", Ending.GUIDED), ("d", Ending.DONE), ("f", Ending.FIXED), ("n", Ending.NOTHING)],
)
async def test_x_resolves_with_each_ending(school, key, ending):
    """It leaves the queue; the cursor goes on to the next one."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        following = app.queue.list.order.number_at(app.queue.list.order.place(1002) + 1)
        await go(pilot, 1002)
        await pilot.press("x")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        await pilot.press(key)
        await said(pilot, "#1002 resolved")
        await until(pilot, lambda: app.queue.list.order.place(1002) is None)
        assert app.queue.list.cursor == following
        assert (seen(school, 1002).row.state, seen(school, 1002).ending) == (
            State.RESOLVED,
            ending,
        )


async def test_resolving_many_asks_first_and_enter_does_not_confirm(school):
    """Only y resolves them all."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1001, 1002)
        await pilot.press("x")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        first = app.screen
        await pilot.press("f")
        await until(pilot, lambda: app.screen not in (first, app.queue))
        await pilot.press("enter")
        assert not isinstance(app.screen, QueueScreen)
        await pilot.press("y")
        await said(pilot, "2 resolved")


async def test_x_on_a_resolved_request_opens_it_again(school):
    """A search finds what is resolved; x opens it."""
    school.do(lambda desk: commands.resolve(desk, ANA, the(1001), Ending.FIXED))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"projector")
        await until(pilot, lambda: app.queue.found == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.queue.list.rows.get(1001))
        await pilot.press("x")
        await said(pilot, "#1001 is open again")


async def test_capital_x_closes_what_is_resolved(school):
    """And says of anything else that it has to be resolved first."""
    school.do(lambda desk: commands.resolve(desk, ANA, the(1001), Ending.FIXED))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("X")
        await said(pilot, "is not resolved yet; resolve it first")
        await pilot.press("slash", *"projector")
        await until(pilot, lambda: app.queue.found == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.queue.list.rows.get(1001))
        await pilot.press("X")
        await said(pilot, "#1001 closed")


async def test_n_writes_a_note(school):
    """Ctrl+S saves what was written."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        await pilot.press("n")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        await pilot.press(*"bulb", "ctrl+s")
        await said(pilot, "Note on #1001")
        assert seen(school, 1001).messages[-1].text == "bulb"


async def test_p_sets_impact_and_urgency(school):
    """The grid begins with how it is rated now."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1006)
        await pilot.press("p")
        await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
        await pilot.press("k", "k", "l", "enter")
        await said(pilot, "#1006")
        await until(pilot, lambda: app.queue.list.rows.get(1006).priority != "P4")
        view = seen(school, 1006)
        assert (view.impact, view.urgency) == (Level.HIGH, Level.MEDIUM)


async def test_an_emergency_is_declared_only_by_y(school):
    """It asks what stands still, then whether it is sure; n leaves all as it is."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        for answer in ("n", "y"):
            await pilot.press("exclamation_mark")
            await until(pilot, lambda: not isinstance(app.screen, QueueScreen))
            first = app.screen
            await pilot.press(*"exams", "enter")
            await until(pilot, lambda: app.screen not in (first, app.queue))  # noqa: B023
            await pilot.press("enter", answer)
            await until(pilot, lambda: isinstance(app.screen, QueueScreen))
            if answer == "n":
                assert not row(school, 1001).emergency
        await said(pilot, "#1001")
        await until(pilot, lambda: app.queue.list.rows.get(1001).emergency)


async def test_y_copies_the_numbers(school):
    """The toast shows them too, for terminals that cannot copy."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1002, 1001)
        await pilot.press("y")
        await said(pilot, "Copied #1001 #1002")
        assert app.clipboard == "#1001 #1002"
