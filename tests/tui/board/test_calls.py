"""Emergencies that nobody is on, and the key that says who is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands
from store.notice_records import CallView
from store.words import Level
from tests.conftest import NOW
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import lines, opened, said, until
from tests.tui.board.test_columns import RULES, TELLING
from tests.tui.screens.samples import request_view
from tui.board.call_words import call_words
from tui.board.cells import width
from tui.board.columns import WIDE_FROM, Shown, layout
from tui.board.telling import names

EMERGENCY = replace(request_view().row, emergency=True)
CALLS = tuple(
    CallView(login, NOW + timedelta(minutes=10 * place))
    for place, login in enumerate(("ben", "chi", "ana", "ben"))
)


@pytest.mark.parametrize(
    ("row", "shown", "words"),
    [
        (replace(EMERGENCY, emergency=False), 3, ""),
        (EMERGENCY, 3, "nobody is on it yet"),
        (replace(EMERGENCY, calls=CALLS[:1]), 3, "called Ben 10:42 · nobody yet"),
        (replace(EMERGENCY, calls=CALLS[:2]), 3, "called Ben 10:42 · Chi 10:52 · nobody yet"),
        (replace(EMERGENCY, calls=CALLS), 1, "called … · Ben 11:12 · nobody yet"),
        (
            replace(EMERGENCY, calls=(replace(CALLS[0], failed=True),)),
            3,
            "called Ben × 10:42 · nobody yet",
        ),
        (replace(EMERGENCY, calls=CALLS, acknowledged_by="chi"), 3, "Chi is on it"),
    ],
)
def test_how_a_call_stands_is_said_in_words(row, shown, words):
    """The newest calls, who was not reached, and that nobody has answered; or who is on it."""
    assert call_words(row, names(RULES), TELLING._zone, shown) == words


@pytest.mark.parametrize(
    ("cells", "words"), [(140, "called Ben 10:42 · nobody yet"), (60, "  nobody yet")]
)
def test_the_row_says_it_at_every_width(cells, words):
    """Before the end of the subject."""
    row = replace(EMERGENCY, calls=CALLS[:1], subject="A long subject " * 9)
    wide = cells >= WIDE_FROM
    shown = Shown(row, TELLING.clock(row, wide=wide), False, "", TELLING.call(row))
    parts = layout(cells, 9999).line(shown, TELLING.names)
    drawn = "".join(text for text, _ in parts)
    assert words in drawn
    assert width(drawn) == cells - 1


@pytest.mark.parametrize(
    ("cells", "words"), [(118, "  called … · Chi 10:52 · nobody yet"), (88, "  nobody yet")]
)
def test_the_oldest_calls_are_what_a_narrower_row_leaves_out(cells, words):
    """That nobody has answered is never cut."""
    row = replace(EMERGENCY, calls=CALLS[:2], subject="A long subject " * 9)
    shown = Shown(row, TELLING.clock(row, wide=True), False, "", TELLING.call(row))
    drawn = "".join(text for text, _ in layout(cells, 9999).line(shown, TELLING.names))
    assert words in drawn


async def test_one_key_says_that_i_am_on_it_and_another_takes_it_back(school):
    """On the board of everybody, beside the queue and in the row."""
    school.do(lambda desk: commands.emergency(desk, BEN, the(1004), "it burns"))
    async with (app := school.board(ANA)).run_test(size=(140, 36), notifications=True) as pilot:
        await opened(pilot)

        def shows(words):
            return any(words in each for each in lines(app))

        await until(pilot, lambda: shows("EMERGENCIES") and shows("! #1004 nobody is on it"))
        await until(pilot, lambda: app.queue.list.rows.get(1004))
        while app.queue.list.cursor != 1004:
            await pilot.press("j")
        await pilot.press("A")
        await said(pilot, "You are on #1004")
        await until(pilot, lambda: shows("Ana is on it") and not shows("EMERGENCIES"))
        await pilot.press("A")
        await said(pilot, "You are on #1004 already")
        await pilot.press("u")
        await said(pilot, "#1004: answer to the call taken back")
        await until(pilot, lambda: shows("EMERGENCIES"))
        await pilot.press("enter")
        await until(pilot, lambda: shows("nobody is on it yet"))


async def test_only_an_emergency_is_answered(school):
    """The key says why not."""
    async with school.board(ANA).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("A")
        await said(pilot, "is no emergency: nobody is called to it")


async def test_what_of_mine_comes_to_be_at_risk_is_told_once(school, clock):
    """Only what comes up while the board is open."""
    high = {"impact": Level.HIGH, "urgency": Level.HIGH}
    number = school.ask("Screen is black", 0, assignee="ana", **high)
    async with (app := school.board(ANA)).run_test(notifications=True) as pilot:
        await opened(pilot)
        await until(pilot, lambda: app.backstage.live._warned is not None)
        clock.advance(timedelta(minutes=23))
        app.link.count()
        await said(pilot, f"#{number} has used 75 %: due ")


async def test_a_promise_is_told_of_before_its_time(school, clock):
    """A quarter of an hour before, once."""
    number = school.ask("A loan laptop", 0, assignee="ana")
    school.do(lambda desk: commands.promise(desk, ANA, the(number), NOW + timedelta(hours=1)))
    async with (app := school.board(ANA)).run_test(notifications=True) as pilot:
        await opened(pilot)
        await until(pilot, lambda: app.backstage.live._warned is not None)
        clock.advance(timedelta(minutes=46))
        app.link.count()
        await said(pilot, f"#{number} is promised by 11:42")
