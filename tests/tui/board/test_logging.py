"""Logging an end-run with ``e``: quick, with what is understood in view, and never lost."""

from __future__ import annotations

from store.words import Ending
from tests.store.people import BEN
from tests.tui.board.school import lines, opened, said, until
from tests.tui.board.test_working import seen
from tui.board.screens.log import LogDialog


async def typed(pilot, text):
    """Type a text, key by key."""
    keys = {" ": "space", ":": "colon", ",": "comma", "!": "exclamation_mark", ".": "full_stop"}
    await pilot.press(*(keys.get(letter, letter) for letter in text))


async def test_a_walk_up_takes_at_most_25_keys(school):
    """Grace Hopper, projector in B12, 10 minutes, done: e, a name, what, how long, enter."""
    keys = ["e", *"hop", "colon", *"proj", "tab", "space", *"in", "space", *"B12", "comma", *"10"]
    keys.append("enter")
    assert len(keys) <= 25
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, LogDialog))
        await until(pilot, lambda: pilot.app.screen._people.find("hop"))
        await pilot.press(*keys[1:])
        await said(pilot, "#1008 logged, 10 min: done for them\nhop:projector in B12,10")
    view = seen(school, 1008)
    assert (view.row.requester.name, view.row.subject) == ("Grace Hopper", "projector in B12")
    assert (view.row.service, view.row.end_run, view.ending) == ("projector", "ben", Ending.DONE)


async def test_it_shows_what_it_makes_of_what_is_typed(school):
    """Who, whom, how long, how it ended and the service stand under the field."""
    async with school.board(BEN).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, LogDialog))
        await typed(pilot, "ito: printer jam, phone, 15m, queued")
        await until(
            pilot,
            lambda: any(
                "phone to me · 15 min · into the queue · Printing" in line
                for line in lines(pilot.app)
            ),
        )
        assert any("Yuki Ito: printer jam" in line for line in lines(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is pilot.app.queue)


async def test_a_click_only_says_who_asked(school):
    """What is typed stays, and typing goes on."""
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, LogDialog))
        await until(pilot, lambda: pilot.app.screen._people.find("hop"))
        await typed(pilot, "hop")
        await pilot.click("Choices", offset=(4, 0))
        await typed(pilot, ": screen")
        await until(pilot, lambda: any("Grace Hopper: screen" in line for line in lines(pilot.app)))
        await pilot.press("enter")
        await said(pilot, "#1008 logged")
    assert seen(school, 1008).row.requester.name == "Grace Hopper"


async def test_what_is_missing_is_said_and_the_text_stays(school):
    """Enter on half a line says what the other half is."""
    async with school.board(BEN).run_test() as pilot:
        await opened(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, LogDialog))
        await until(pilot, lambda: pilot.app.screen._people.find("hop"))
        for begun in ("printer", "hop"):
            await pilot.press("ctrl+u")
            await typed(pilot, begun)
            assert any("… who asked, a colon" in line for line in lines(pilot.app))
            await pilot.press("enter")
            await until(
                pilot, lambda: any("does not say who asked" in line for line in lines(pilot.app))
            )
        assert isinstance(pilot.app.screen, LogDialog)


async def test_it_is_kept_while_the_store_is_away_and_logged_when_it_is_back(school, tmp_path):
    """A toast says so both times; nothing is logged twice."""
    database = tmp_path / school.url.rpartition("/")[2]
    away = database.with_suffix(".away")
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        database.rename(away)
        await until(pilot, lambda: app.around.stale)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, LogDialog))
        await typed(pilot, "hopper: screen")
        await pilot.press("enter")
        await said(
            pilot, "Kept on this machine; it is logged when the store is back\nhopper: screen"
        )
        away.rename(database)
        await said(pilot, "#1008 logged, 5 min: done for them (it was kept on this machine)")
    assert seen(school, 1008).row.requester.name == "Grace Hopper"
