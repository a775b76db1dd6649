"""Help and palette say what the registry says, with the keys as they are set."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette

from tests.tui.screens.samples import board_row, request_view
from tests.tui.screens.stage import HandMadeDesk, Stage, painted
from tui.board.action import Scope
from tui.board.actions import ACTIONS
from tui.board.keymap import keymap
from tui.board.screens.help import HelpScreen, found
from tui.board.screens.labelled import Labelled
from tui.board.screens.request import RequestScreen


async def test_every_action_is_in_the_help():
    """The help lists each action of the registry once, with its keys and its sentence."""
    async with (app := Stage()).run_test(size=(120, 36)) as pilot:
        await app.push_screen(HelpScreen(Scope.QUEUE))
        await pilot.pause()
        rows = [row for part in app.screen.query(Labelled) for row in part._rows]
        told = sorted((keys, words.plain) for keys, words in rows)
        shown = app.keymap.shown
        assert told == sorted((" ".join(shown(each)), each.help) for each in ACTIONS)


@pytest.mark.parametrize(
    ("scope", "here", "last"),
    [
        (Scope.REQUEST, "One request", ("The queue", "Writing a reply", "Intake")),
        (Scope.QUEUE, "The queue", ("One request", "Writing a reply", "Intake")),
        (Scope.INTAKE, "Intake", ("Working on requests", "The queue", "One request")),
    ],
)
async def test_what_does_not_work_here_comes_last(scope, here, last):
    """The keys of the screen that help was asked from stand before those of the other."""
    async with (app := Stage()).run_test(size=(120, 250)) as pilot:
        await app.push_screen(HelpScreen(scope))
        await pilot.pause()
        said = painted(app)
        assert all(said.index(f" {here} ") < said.index(f" {each} ") for each in last)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("emerg", ["emergency", "on_it"]),
        ("!", ["emergency"]),
        (
            "pgup",
            [
                *("cover_page_up", "fairness_page_up", "mail_page_up", "mine_page_up"),
                *("page_up", "runs_page_up", "scroll_page_up", "workload_page_up"),
            ],
        ),
    ],
)
def test_typing_finds_by_word_and_by_key(typed, expected):
    """A part of a word, or a key as it is written, finds the action."""
    sections = found(typed, keymap({})).values()
    assert sorted(each.id for part in sections for each in part) == expected


async def test_typing_narrows_and_says_when_nothing_is_left():
    """The list follows what is typed; the arrows go on scrolling."""
    async with (app := Stage()).run_test(size=(80, 24)) as pilot:
        await app.push_screen(HelpScreen(Scope.QUEUE))
        await pilot.pause()
        await pilot.press(*"undo", "down")
        await pilot.pause()
        some = "Take back what you did last" in painted(app)
        await pilot.press(*"zzz")
        await pilot.pause()
        assert (some, "No key does that." in painted(app)) == (True, True)


async def test_help_tells_the_keys_as_they_are_set():
    """A key from the config stands in place of the built-in one."""
    async with (app := Stage()).run_test(size=(120, 36)) as pilot:
        app.keymap = keymap({"claim": "f9"})
        await app.push_screen(HelpScreen(Scope.QUEUE))
        await pilot.pause()
        assert "f9" in painted(app)


async def palette(pilot, typed):
    """Open the palette over the request and type."""
    app = pilot.app
    await app.push_screen(RequestScreen(1042))
    await app.workers.wait_for_complete()
    await pilot.pause()
    app.action_command_palette()
    await pilot.pause()
    await pilot.press(*typed)
    while app.screen.query_one("Input").value != typed or not app.screen.has_class("-ready"):
        await pilot.pause(0.02)
    await app.workers.wait_for_complete()
    await pilot.pause(0.1)
    return painted(app)


async def test_the_palette_does_an_action():
    """A command found by name is done by the board, with the request below as its target."""
    async with (app := Stage()).run_test(size=(120, 36)) as pilot:
        await palette(pilot, "claim")
        await pilot.press("enter")
        await pilot.pause()
        assert app.performed == ["claim"]


async def test_the_palette_says_why_something_cannot_be_done():
    """What cannot be done just now stays there, with its reason and its key."""
    async with Stage().run_test(size=(120, 36)) as pilot:
        said = await palette(pilot, "release")
        assert ["not now: Nobody has #1042" in said, "release  C" in said] == [True, True]


async def test_the_palette_offers_only_what_there_is_on_this_screen():
    """On a request the actions of the queue are not offered."""
    async with Stage().run_test(size=(120, 36)) as pilot:
        assert "Search by word" not in await palette(pilot, "filter")


@pytest.mark.parametrize("typed", ["1043", "#1043"])
async def test_the_palette_jumps_to_a_request_by_its_number(typed):
    """A number opens that request."""
    views = {number: request_view(row=board_row(number=number)) for number in (1042, 1043)}
    async with (app := Stage(HandMadeDesk(views))).run_test(size=(120, 36)) as pilot:
        await palette(pilot, typed)
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("enter")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.rows()[0].number == 1043
