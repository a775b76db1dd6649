"""What one person does shows on the board of another, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time

import pytest

from store import commands
from store.clock import SetClock, SystemClock
from store.desk import Desk
from store.facts.engine import open_store
from tests.conftest import NOW
from tests.store.people import ANA, BEN, a_request, the
from tests.store.watch import change, watched
from tests.tui.board.school import lines, opened, said, until
from tui.board.app import BoardApp

#: DESIGN: a claim on one board shows on another within 0.7 s; a busy machine gets some more.
WITHIN_S = 2.0


@pytest.fixture
def two_desks(database_url, rules, monkeypatch, tmp_path):
    """Return what opens desks on one database, and a desk of somebody else's."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    desks = []

    def another() -> Desk:
        desks.append(Desk(open_store(database_url, SystemClock()), rules))
        return desks[-1]

    yield another
    for desk in desks:
        desk.close()


async def test_a_claim_shows_on_the_other_board_soon(two_desks):
    """Without a key pressed there."""
    others = two_desks()
    number = a_request(others)
    async with (app := BoardApp(lambda: (two_desks(), ANA))).run_test() as pilot:
        await opened(pilot)
        begun = time.monotonic()
        commands.claim(others, BEN, the(number))
        await until(pilot, lambda: app.queue.list.rows.get(number).assignee == "ben")
        assert time.monotonic() - begun < WITHIN_S


async def test_a_request_is_worked_from_its_arrival_to_its_end(two_desks):
    """Arrives, is claimed, noted, resolved, opened again; all of it by keys."""
    others = two_desks()
    async with (app := BoardApp(lambda: (two_desks(), ANA))).run_test(notifications=True) as pilot:
        await opened(pilot)
        number = a_request(others)
        await until(pilot, lambda: app.queue.list.cursor == number)
        await until(pilot, app.queue.rows)
        await pilot.press("c")
        await said(pilot, f"#{number} claimed")
        await pilot.press("n")
        await until(pilot, lambda: app.screen is not app.queue)
        await pilot.press(*"bulb", "ctrl+s")
        await said(pilot, f"Note on #{number}")
        await pilot.press("x")
        await until(pilot, lambda: app.screen is not app.queue)
        await pilot.press("f")
        await said(pilot, f"#{number} resolved")
        await until(pilot, lambda: len(app.queue.list.order) == 0)
        await pilot.press("u")
        await said(pilot, "taken back")
        await until(pilot, lambda: app.queue.list.cursor == number)


async def test_a_change_of_cover_shows_on_the_other_board_soon(database_url, monkeypatch, tmp_path):
    """Whatever the database; the panel does not wait until things are counted anew."""
    monkeypatch.setattr("tui.board.link.COUNT_AT_LEAST_S", 600.0)
    monkeypatch.setattr("tui.board.link.COUNT_AT_MOST_S", 600.0)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    others = watched(open_store(database_url, SetClock(NOW)))

    def another() -> Desk:
        return Desk(open_store(database_url, SetClock(NOW)), others.rules)

    async with (app := BoardApp(lambda: (another(), ANA), SetClock(NOW))).run_test(
        size=(120, 36)
    ) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "▲ nobody 12:00–17:00" in "".join(lines(app)))
        hole = change("add", "2026-12-02 12:00", "2026-12-02 17:00", "chi")
        commands.change_cover(others, ANA, hole)
        await until(pilot, lambda: "▲ nobody" not in "".join(lines(app)))
    others.close()


async def test_a_search_works_on_both_databases(two_desks):
    """By word and by person."""
    others = two_desks()
    number = a_request(others, "The zebra printer")
    a_request(others, "Something else")
    async with (app := BoardApp(lambda: (two_desks(), ANA))).run_test() as pilot:
        await opened(pilot)
        await pilot.press("slash", *"zeb")
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == [number])
