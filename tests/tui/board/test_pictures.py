"""Pictures of the queue at both sizes, in every set of colours."""

from __future__ import annotations

import pytest

from store import commands
from store.words import Channel, Level
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import opened, until
from tests.tui.snapshots import picture

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def busy(school):
    """Bring some life into the desk: an emergency, mail that is read, more end-runs."""
    school.ask(
        "Wifi gone in the exam hall",
        minutes=3,
        who=("Mira Rao", "rao@library.northgate.example"),
        impact=Level.HIGH,
        urgency=Level.HIGH,
    )
    for n, (subject, ran_to) in enumerate(
        [("Can you just look at my phone", "ben"), ("Toner", "ben"), ("A quick one", "chi")]
    ):
        school.ask(
            subject,
            minutes=200 - n,
            who=("Sam Weber", "weber@office.northgate.example"),
            channel=Channel.CHAT,
            end_run_person=ran_to,
            impact=Level.LOW,
            urgency=Level.LOW,
        )
    school.do(lambda desk: commands.emergency(desk, BEN, the(1008), "the exam stands still"))
    school.do(lambda desk: commands.mailbox_seen(desk, "help", 1, 11))
    school.do(lambda desk: commands.presence(desk, BEN, 1002, "ben's"))


async def shown(pilot):
    """Wait until everything is shown that the board knows."""
    app = pilot.app
    await opened(pilot)
    await until(pilot, lambda: not app.queue.list.missing() and app.readers)
    app.tick()
    await pilot.pause()


@SIZES
async def test_the_queue(school, pictures, size):
    """A busy morning, two requests marked."""
    busy(school)
    async with (app := school.board()).run_test(size=size) as pilot:
        await shown(pilot)
        await pilot.press("j", "space", "j", "space", "j")
        await pilot.pause()
        assert picture(app) == pictures


@SIZES
async def test_the_queue_in_light_colours(school, pictures, size):
    """For bright rooms."""
    busy(school)
    async with (app := school.board()).run_test(size=size) as pilot:
        app.theme = "light"
        await shown(pilot)
        assert picture(app) == pictures


@SIZES
async def test_the_queue_without_colours(school, pictures, size, monkeypatch):
    """NO_COLOR: words and signs say it all."""
    monkeypatch.setenv("NO_COLOR", "1")
    busy(school)
    async with (app := school.board()).run_test(size=size) as pilot:
        await shown(pilot)
        await pilot.press("j", "space")
        await pilot.pause()
        assert picture(app) == pictures


@SIZES
async def test_a_search(school, pictures, size):
    """What was found, and how to go on."""
    busy(school)
    async with (app := school.board()).run_test(size=size) as pilot:
        await shown(pilot)
        await pilot.press("slash", *"print")
        await until(pilot, lambda: app.queue.found == 2)
        app.queue.focused.cursor_blink = False
        await pilot.pause()
        assert picture(app) == pictures


async def test_hostile_subjects(school, pictures):
    """Only text, in its columns."""
    from tests.tui.screens.hostile import HOSTILE

    for text in HOSTILE:
        school.ask(text, minutes=1, who=(text, "evil@evil.example"))
    busy(school)
    async with (app := school.board(ANA)).run_test(size=(120, 36)) as pilot:
        await shown(pilot)
        assert picture(app) == pictures
