"""Who has the watch, on an open board: told anew without a key pressed, with notes handed over."""

from __future__ import annotations

import pytest

from store import commands, queries
from store.desk import Desk
from store.errors import StoreHindered
from store.records import Actor
from tests.conftest import NOW
from tests.store.people import ANA, BEN
from tests.store.watch import at, change
from tests.tui.board.school import School, lines, opened, said, toasts, until
from tui.board.screens.hand_over import HandOverDialog

HOLE = change("add", "2026-12-02 12:00", "2026-12-02 17:00", "chi")


@pytest.fixture
def school(watched_school: School) -> School:
    """A desk with a roster and nothing to do."""
    return watched_school


def shows(app, words: str) -> bool:
    """Say whether words stand somewhere on the screen."""
    return any(words in line for line in lines(app))


async def test_whoever_has_the_watch_is_told_when_others_change_it(school):
    """In a toast; who did it knows."""
    swap = change("swap", "2026-11-28 08:00", "2026-11-29 08:00", "chi", "ben")
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.change_cover(desk, ANA, swap))
        await said(
            pilot, "Ana changed cover: Chi has Sat 28 Nov 08:00 – Sun 29 Nov 08:00 in a swap"
        )
        school.do(lambda desk: commands.change_cover(desk, ANA, HOLE))
        await until(pilot, lambda: app.rules.cover == 2)
        await pilot.pause()
        assert len(toasts(app)) == 1


def left(desk: Desk, actor: Actor, count: int = 0) -> None:
    """Check how many notes wait for somebody."""
    assert len(queries.hand_overs(desk, actor)) == count


async def test_a_note_that_is_put_off_waits_under_its_key(school):
    """It does not come up again by itself, and stays unread."""
    school.do(lambda desk: commands.hand_over(desk, ANA, "The UPS beeps"))
    school.clock.advance(at("2026-11-23 17:00") - NOW)
    async with (app := school.board(BEN)).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HandOverDialog))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.queue)
        app.tick()
        await pilot.pause()
        assert (app.screen is app.queue, shows(app, "note   from Ana")) == (True, True)
        school.do(lambda desk: left(desk, BEN, 1))
        await pilot.press("N")
        await until(pilot, lambda: isinstance(app.screen, HandOverDialog))


async def test_a_note_does_not_come_up_while_somebody_types(school):
    """Enter is meant for what was there before; it comes when the keyboard is at rest."""
    school.clock.advance(at("2026-11-23 20:00") - NOW)
    async with (app := school.board(BEN)).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("slash", *"ups")
        school.do(lambda desk: commands.hand_over(desk, ANA, "The UPS beeps"))
        await until(pilot, lambda: shows(app, "note   from Ana"))
        assert app.screen is app.queue
        await pilot.press("escape")
        app.typed_at -= 60
        app.tick()
        await until(pilot, lambda: isinstance(app.screen, HandOverDialog))


async def test_a_note_that_could_not_be_left_is_not_lost(school, monkeypatch):
    """It stands there when the key is pressed again."""

    def full(*_words) -> str:
        raise StoreHindered("the disk is full")

    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        with monkeypatch.context() as hindered:
            hindered.setattr(commands, "hand_over", full)
            await pilot.press("N", *"The UPS beeps", "ctrl+s")
            await said(pilot, "the disk is full")
        await pilot.press("N", "ctrl+s")
        await said(pilot, "Note left for Ben")
    school.clock.advance(at("2026-11-23 17:00") - NOW)
    school.do(lambda desk: left(desk, BEN, 1))


async def test_a_board_that_only_looks_on_is_handed_nothing(school):
    """And its key says so."""
    school.do(lambda desk: commands.hand_over(desk, ANA, "The UPS beeps"))
    school.clock.advance(at("2026-11-23 17:00") - NOW)
    me = Actor("ben", "Ben Okafor", BEN.role, read_only=True)
    async with (app := school.board(me)).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("N")
        await said(pilot, "This board is read-only")
        assert (app.screen is app.queue, shows(app, "from Ana")) == (True, False)
