"""The view of fairness: its sentences and columns, its keys, who is named to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store.endings_records import Carried, Ended, Reopened, Shoulders
from store.errors import StoreUnreachable
from store.records import Actor
from store.rules.concentration import concentration
from store.rules.periods import Period
from tests.tui.screens.hostile import FORBIDDEN, HOSTILE
from tests.tui.screens.stage import Stage, painted
from tests.tui.snapshots import picture
from tests.tui.views.figures import ANA, BEN, CLAIMS, ENDINGS, NOTHING, SERVICES, TEAM, rules
from tui.board.messages import Ticked
from tui.board.views.fairness import asking
from tui.board.views.fairness.asking import Figures
from tui.board.views.fairness.layout import Reader
from tui.board.views.fairness.screen import FairnessScreen
from tui.board.views.fairness.words import page

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def squeezed(text):
    """Return the text as one line with single spaces."""
    return " ".join(text.split())


def told(endings, me=ANA, cells=80, claims=CLAIMS, **more):
    """Return the page as plain text."""
    reader = Reader(me, replace(rules(), **more), cells, Period.TWELVE_WEEKS, "x")
    return page(Figures(Period.TWELVE_WEEKS, claims, endings), reader).plain


@pytest.fixture
def asked(monkeypatch):
    """What the store was asked for; it always knows the same."""
    periods = []

    async def figures(_link, me, period):
        periods.append((me.login, period))
        return Figures(period, CLAIMS, ENDINGS)

    monkeypatch.setattr(asking, "figures", figures)
    return periods


async def opened(pilot) -> FairnessScreen:
    """Show the view, and wait until it knows everything."""
    pilot.app.rules = rules()
    screen = FairnessScreen()
    await pilot.app.push_screen(screen)
    await settled(pilot)
    return screen


async def settled(pilot) -> None:
    """Wait until everything is shown."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


# ---------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    "sentence",
    [
        "Printing 415 60 240 90 25 20 %",
        "Website 3 – – – – –",
        "all together 1,207 197 391 532 87 34 %",
        "Of 588 that were guided or done, 197 were guided: 34 %.",
        "It is done for people more often than they are helped to do it themselves.",
        "1,207 requests of 341 people were resolved.",
        "the 69 who asked most 65 % 35 %",
        "Gini 0.58 0.28",
        "That is more than chance: a few people need much of the desk.",
        "7 people resolved 1,207 requests, 2 of them more than half; spread evenly it would",
        "the 2 who resolved most 60 % 31 %",
        "Ben 420 35 %",
        "you 190 16 %",
        "Accounts and passwords 15 2 1",
        "▲ Only Ben resolves Accounts and passwords: 14 of 15; Chi has the skill too.",
        "Printing 22 3 104 81 78 %",
        "→ Worth teaching: Printing (81 of 104). So many of those",
        "Printing 51 47 92 % 220 99 45 %",
        "Of those who were shown how 13 % came back, of those it was done for 40 %.",
        "Opened again: 37 of 1,244 resolutions, 3 %. Thanks: 58.",
    ],
)
def test_every_figure_is_in_a_row_or_a_sentence(sentence):
    """As a lead reads it."""
    assert sentence in squeezed(told(ENDINGS, cells=120).replace("█", ""))


@pytest.mark.parametrize("cells", [80, 100, 120, 200])
def test_no_line_is_wider_than_the_screen(cells):
    """And figures stand in columns: each row of a table ends where its titles do."""
    lines = told(ENDINGS, cells=cells).split("\n")
    assert [line for line in lines if len(line) > cells - 2] == []
    head = next(line for line in lines if "resolved" in line and "guided" in line)
    row = next(line for line in lines if "Website" in line)
    assert len(row) == len(head)


def test_a_bar_is_as_long_as_the_share():
    """Twenty cells are all of it, and a little is seen."""
    rows = [line for line in told(ENDINGS, cells=120).split("\n") if "█" in line]
    bars = {squeezed(line.replace("█", "")): line.count("█") for line in rows}
    assert bars["Projectors and screens 612 102 98 380 32 51 %"] == 10
    assert bars["Eve 40 3 %"] == 1


def test_who_is_alone_with_a_service_is_named_to_who_may_know():
    """To themselves as "you", to others as one person."""
    alone = ENDINGS.rests[2]
    mine = replace(ENDINGS, rests=(replace(alone, others=()),))
    assert "▲ Only you resolve Accounts and passwords: 14 of 15." in squeezed(told(mine, BEN))
    hidden = replace(ENDINGS, rests=(replace(alone, alone="", by_alone=0, others=()),))
    said = squeezed(told(hidden, Actor("chi", "Chi Nguyen")))
    assert "▲ Accounts and passwords rests on one person alone: 15 requests." in said
    assert "Who else resolved how many is shown to leads." in said


def test_what_will_be_there_is_said_where_nothing_is_yet():
    """And how it gets there."""
    said = squeezed(told(NOTHING))
    assert "Nothing was resolved in this time. How requests end will be counted here:" in said
    assert "press x on a request" in said
    assert "THE MANY" not in said


def test_a_few_requests_tell_what_there_will_be():
    """No share, no chance, nobody's name; each part says from when on it tells more."""
    few = replace(
        NOTHING,
        all_together=Ended("", 3, None, None, None, None, None),
        services=(Ended("printing", 3, None, None, None, None, None),),
        requests=3,
        requesters=1,
        shoulders=Shoulders(3, 1, None, None, (Carried("ana", 3, None),)),
        reopened=Reopened(3, None, None, 1),
    )
    said = squeezed(told(few))
    for sentence in (
        "Too few were guided or done yet to tell which of the two happens more often.",
        "3 requests of 1 person were resolved. How unevenly people ask is told from 20 people on.",
        "1 person resolved 3 requests.",
        "you 3 –",
        "On how few a service rests is told from 6 requests on.",
        "Nobody asked 3 times or more for the same service: nothing to teach here.",
        "Who comes back within 14 days for the same service will be counted here.",
        "Opened again: – of 3 resolutions. Thanks: 1.",
    ):
        assert sentence in said
    assert "Gini" not in said


@pytest.mark.parametrize(
    ("people_by_count", "words"),
    [
        ({1: 80, 30: 20}, "more than chance"),
        ({1: 40}, "about what chance would make of it"),
        ({3: 100}, "more even than chance"),
    ],
)
def test_more_than_chance_is_said_in_words(people_by_count, words):
    """Or less, or about as much."""
    many = replace(ENDINGS, many=concentration(people_by_count))
    assert f"That is {words}" in squeezed(told(many))


@pytest.mark.parametrize(
    ("guided", "done", "words"),
    [
        (30, 30, "People are helped to do it themselves about as often as it is done for them."),
        (60, 10, "People are helped to do it themselves more often than it is done for them."),
        (10, 60, "It is done for people more often than they are helped to do it themselves."),
    ],
)
def test_what_is_done_more_often_is_said_in_words(guided, done, words):
    """Or neither."""
    team = replace(TEAM, guided=guided, done=done, helped=guided / (guided + done))
    assert words in squeezed(told(replace(ENDINGS, all_together=team)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_keys_and_names_are_only_text(text):
    """Of services that the policy has dropped, and of people."""
    endings = replace(
        ENDINGS,
        services=(replace(SERVICES[0], service=text),),
        rests=(replace(ENDINGS.rests[2], service=text, alone=text, others=(text,)),),
        shoulders=replace(ENDINGS.shoulders, each=(Carried(text, 9, None),)),
        repeats=(replace(ENDINGS.repeats[0], service=text),),
        returned_by_service=(replace(ENDINGS.returned_by_service[0], service=text),),
    )
    said = told(endings)
    assert [sign for sign in FORBIDDEN if sign in said] == []


# ---------------------------------------------------------------------------- keys


async def test_p_counts_another_period(asked):
    """Twelve weeks, a year, four weeks; the headings say which."""
    async with Stage().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        assert "SUPPORT OR SERVICE, LAST 12 WEEKS" in painted(pilot.app)
        await pilot.press("p")
        await settled(pilot)
        assert "CLAIMED URGENCY, LAST 12 MONTHS" in painted(pilot.app)
        assert "SUPPORT OR SERVICE, LAST 12 MONTHS" in painted(pilot.app)
        await pilot.press("p")
        await settled(pilot)
        assert "LAST 4 WEEKS" in painted(pilot.app)
        assert asked == [
            ("ana", Period.TWELVE_WEEKS),
            ("ana", Period.YEAR),
            ("ana", Period.FOUR_WEEKS),
        ]


async def test_a_year_is_counted_anew_less_often(asked):
    """It takes longer."""
    async with Stage().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        for minutes, counted in ((1, 2), (1, 3)):
            pilot.app.clock.advance(timedelta(minutes=minutes))
            screen.post_message(Ticked(pilot.app.clock.now()))
            await settled(pilot)
            assert len(asked) == counted
        await pilot.press("p")
        await settled(pilot)
        for minutes, counted in ((9, 4), (1, 5)):
            pilot.app.clock.advance(timedelta(minutes=minutes))
            screen.post_message(Ticked(pilot.app.clock.now()))
            await settled(pilot)
            assert len(asked) == counted


async def test_the_page_scrolls_by_its_keys(asked):
    """A line, a screenful, to its ends."""
    async with Stage().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        page = screen.query_one("#page")
        for keys, where in (
            ("j", 1),
            ("k", 0),
            ("space", page.size.height),
            ("pageup", 0),
            ("G", page.max_scroll_y),
            ("g", 0),
        ):
            await pilot.press(keys)
            await pilot.pause()
            assert page.scroll_offset.y == where


async def test_a_store_that_is_away_is_told(asked, monkeypatch):
    """What was counted before stays."""

    async def away(*_):
        raise StoreUnreachable("The store is away")

    async with Stage().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        monkeypatch.setattr(asking, "figures", away)
        screen.load()
        await settled(pilot)
        assert "SUPPORT OR SERVICE, LAST 12 WEEKS" in painted(pilot.app)


# ---------------------------------------------------------------------------- pictures


@SIZES
async def test_the_beginning(asked, pictures, size):
    """Claimed urgency, and how requests ended."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await opened(pilot)
        assert picture(app) == pictures


@SIZES
async def test_the_end(asked, pictures, size):
    """Where people could be taught."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await opened(pilot)
        await pilot.press("G")
        await pilot.pause()
        assert picture(app) == pictures


async def test_the_middle(asked, pictures):
    """Who asks, and on whose shoulders it rests."""
    async with (app := Stage()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert picture(app) == pictures
