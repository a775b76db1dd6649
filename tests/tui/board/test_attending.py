"""Breather, away, back: the keys, the head, what a board notices by itself."""

from __future__ import annotations

from datetime import timedelta

from store import commands, queries
from store.facts.cover import attendance
from store.words import Attendance
from tests.store.looking import rows
from tests.store.people import ANA, BEN, VISITOR, the
from tests.tui.board.school import lines, opened, said, toasts, until
from tui.board.queue import QueueScreen

MINUTE = timedelta(minutes=1)


def stands(school, login="ana"):
    """Return how somebody stands by the store: what, and until when."""
    found = []
    school.do(lambda desk: found.append(queries.whereabouts(desk)[login]))
    return found[0].attendance, found[0].until


async def asked(pilot, key="B"):
    """Press a key, and wait for its dialog."""
    await pilot.press(key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, QueueScreen))


async def headed(pilot, words):
    """Wait until the head says so."""
    await until(pilot, lambda: words in lines(pilot.app)[0])


async def test_b_is_a_breather_and_b_again_is_back(school):
    """One key, nobody asks; the head and the toast say until when."""
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await headed(pilot, "Ana (lead) · in")
        await pilot.press("b")
        await said(pilot, "You are on a breather until 10:52; b ends it")
        assert "Ana (lead) · breather until 10:52" in lines(app)[0]
        assert stands(school) == (Attendance.BREATHER, school.clock.now() + 10 * MINUTE)
        await pilot.press("b")
        await said(pilot, "You are in")
        await headed(pilot, "Ana (lead) · in")


async def test_upper_b_asks_where_and_says_what_is_due_before_that(school):
    """Ben is off until a moment he types, and asks for a hand with what cannot wait."""
    async with (app := school.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await asked(pilot)
        await pilot.press("o", *"fri 09:00", "enter")
        await said(pilot, "You are off until Fri 09:00")
        await until(pilot, lambda: any("of yours are due before that" in x for x in lines(app)))
        assert any("#1003, #1004" in line for line in lines(app))
        await pilot.press("y")
        await said(pilot, "2 need a hand")
        await headed(pilot, "Ben · off until Fri 09:00")
    found = []
    school.do(lambda desk: found.append(queries.offered(desk)))
    assert found == [{"ben": (1003, 1004)}]


async def test_a_lead_says_that_somebody_is_off(school):
    """Sick today; the other board says who said so."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await asked(pilot)
        await pilot.press("p")
        await until(pilot, lambda: any("Where is …" in line for line in lines(app)))
        await pilot.press(*"chi", "enter")
        await until(pilot, lambda: any("Where  Chi · in" in line for line in lines(app)))
        await pilot.press("t")
        await said(pilot, "Chi is off until Tue 08:00")
    assert stands(school, "chi")[0] is Attendance.OFF


async def test_what_a_lead_says_of_me_is_told(school):
    """On my board, without a key pressed."""
    async with school.board(BEN).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.be(desk, ANA, Attendance.OFF, login="ben"))
        await said(pilot, "Ana says that you are off")
        await headed(pilot, "Ben · off")


async def test_when_the_time_is_over_the_board_brings_me_back(school):
    """It says so to the others, and tells what came meanwhile."""
    async with (app := school.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("b")
        await headed(pilot, "breather until 10:52")
        school.do(lambda desk: commands.assign(desk, ANA, the(1001), "ben"))
        school.clock.advance(10 * MINUTE)
        app.tick()
        await said(pilot, "You are in. While you were away: 1 came to you")
        await headed(pilot, "Ben · in")
    assert stands(school, "ben") == (Attendance.IN, None)


async def test_who_was_off_is_told_as_the_board_is_opened_again(school):
    """Once: the store knows then that they are back."""
    school.do(lambda desk: commands.be(desk, BEN, Attendance.OFF, desk.clock.now() + MINUTE))
    school.do(lambda desk: commands.take_over(desk, ANA, the(1003)))
    school.clock.advance(MINUTE)
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await said(pilot, "You are in. While you were away: 1 was taken over")
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        assert toasts(app) == []
    found = []
    school.do(lambda desk: found.append(rows(desk, attendance, "state")))
    assert found == [[("off",), ("in",)]]


async def test_a_colleague_who_goes_shows_at_once(school):
    """Beside the queue and where work is given out."""
    school.do(lambda desk: commands.presence(desk, BEN, None))
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: any("Ana Ben (2 in)" in line for line in lines(app)))
        gone = school.clock.now() + 138 * MINUTE
        school.do(lambda desk: commands.be(desk, BEN, Attendance.AWAY, gone))
        await until(pilot, lambda: any("Ana (1 in)" in line for line in lines(app)))
        await asked(pilot, "a")
        await until(pilot, lambda: any("away until 13:00" in line for line in lines(app)))
        assert any("Dee Ostrom" in x and "no board open" in x for x in lines(app))


async def test_a_board_that_only_looks_on_says_nothing_of_anybody(school):
    """Neither key does anything there."""
    async with (app := school.board(VISITOR)).run_test(notifications=True) as pilot:
        await opened(pilot)
        for key in ("b", "B"):
            await pilot.press(key)
            await said(pilot, "This board is read-only")
        assert app.screen is app.queue
