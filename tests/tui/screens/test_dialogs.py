"""The dialogs: keys, mouse, and what cancelling does."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from textual.events import Key, Paste
from textual.widgets import Static

from store.errors import StoreUnreachable
from store.records import Colleague
from store.words import Attendance, Ending, Level, Role, State
from tests.tui.screens.samples import MATRIX, NOW, board_row, school_hours
from tests.tui.screens.stage import Stage, known
from tui.board.screens.about import about
from tui.board.screens.assign import AssignDialog
from tui.board.screens.attendance import AttendanceDialog, Wanted
from tui.board.screens.choices import Choices
from tui.board.screens.confirm import ConfirmDialog
from tui.board.screens.fields import Line, Lines
from tui.board.screens.rate import Grid, RateDialog, Rating
from tui.board.screens.resolve import Resolution, ResolveDialog
from tui.board.screens.snooze import SnoozeDialog
from tui.board.screens.text_entry import TextDialog
from tui.board.screens.wait import Wait, WaitDialog

ABOUT = "#1042 Projector dead"
NO_ANSWER = object()

COLLEAGUES = (
    Colleague("ana", "Ana Lovelace", Role.LEAD, live=4, waiting=0, present=True),
    Colleague("ben", "Ben Okafor", Role.TECHNICIAN, live=12, waiting=3, present=True),
    Colleague("dee", "Dee Müller", Role.TECHNICIAN, live=2, waiting=0, present=False),
)


def dialog(name):
    """Return a new dialog."""
    return DIALOGS[name]()


HOURS = school_hours()
DIALOGS = {
    "confirm": lambda: ConfirmDialog("5 requests", "Declare an emergency?"),
    "note": lambda: TextDialog(ABOUT, "Note"),
    "sentence": lambda: TextDialog(ABOUT, "Emergency", one_line=True),
    "assign": lambda: AssignDialog(ABOUT, known(COLLEAGUES), me="ana"),
    "wait": lambda: WaitDialog(ABOUT, NOW, HOURS),
    "snooze": lambda: SnoozeDialog(ABOUT, NOW, HOURS),
    "attendance": lambda: AttendanceDialog("Ana · in", NOW, HOURS, others=True),
    "mine": lambda: AttendanceDialog("Ben · in", NOW, HOURS, others=False),
    "resolve": lambda: ResolveDialog(ABOUT),
    "rate": lambda: RateDialog(ABOUT, MATRIX, known(Rating(Level.LOW, Level.MEDIUM))),
}


async def answer(name, keys, size=(80, 24)):
    """Open a dialog, press ``keys``, and return its answer, or NO_ANSWER if it still asks."""
    app = Stage()
    async with app.run_test(size=size) as pilot:
        app.push_screen(dialog(name), app.answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return app.answers[0] if app.answers else NO_ANSWER


HOUR = NOW + timedelta(hours=1)
TUESDAY = NOW.replace(day=24, hour=8, minute=0)
FRIDAY = NOW.replace(day=27, hour=14, minute=0)

ANSWERS = [
    ("confirm", ["y"], True),
    ("confirm", ["n"], False),
    ("confirm", ["enter"], NO_ANSWER),
    ("confirm", ["space"], NO_ANSWER),
    ("attendance", ["i"], Wanted()),
    ("attendance", ["1"], Wanted(Attendance.AWAY, NOW + timedelta(minutes=15))),
    ("attendance", ["a", *"2h", "enter"], Wanted(Attendance.AWAY, NOW + timedelta(hours=2))),
    ("attendance", ["a", *"2 hens", "enter"], NO_ANSWER),
    ("attendance", ["a", "enter"], NO_ANSWER),
    ("attendance", ["t"], Wanted(Attendance.OFF, TUESDAY)),
    ("attendance", ["o", *"fri 14:00", "enter"], Wanted(Attendance.OFF, FRIDAY)),
    ("attendance", ["p"], Wanted(somebody_else=True)),
    ("mine", ["p"], NO_ANSWER),
    ("mine", ["h"], Wanted(Attendance.AWAY, HOUR)),
    ("note", [*"Lamp", "enter", *"gone", "ctrl+s"], "Lamp\ngone"),
    ("note", ["ctrl+s"], NO_ANSWER),
    ("note", [*"Lamp", "escape"], NO_ANSWER),
    ("note", [*"Lamp", "escape", "escape"], None),
    ("note", [*"Lamp", "escape", *"s", "escape"], NO_ANSWER),
    ("sentence", [*"No net", "enter"], "No net"),
    ("sentence", ["space", "enter"], NO_ANSWER),
    ("sentence", [*"No", "escape", *"n", "escape"], NO_ANSWER),
    ("assign", ["enter"], "ana"),
    ("assign", ["down", "enter"], "ben"),
    ("assign", [*"mül", "enter"], "dee"),
    ("assign", [*"zz", "enter"], NO_ANSWER),
    ("wait", ["r"], Wait(State.WAITING_REQUESTER, None)),
    ("wait", ["down", "enter"], Wait(State.WAITING_SUPPLIER, None)),
    ("wait", ["slash", *"fri 14:00", "enter", "s"], Wait(State.WAITING_SUPPLIER, FRIDAY)),
    ("wait", ["slash", *"soon", "enter", "s"], NO_ANSWER),
    ("wait", ["slash", *"soon", "tab", "tab", "s"], NO_ANSWER),
    ("snooze", ["h"], HOUR),
    ("snooze", ["down", "enter"], NOW.replace(hour=14, minute=0)),
    ("snooze", ["2", "h", "enter"], NOW + timedelta(hours=2)),
    ("snooze", ["slash", *"fri 14:00", "enter"], FRIDAY),
    ("snooze", ["slash", *"soon", "enter"], NO_ANSWER),
    ("snooze", ["x"], NO_ANSWER),
    ("resolve", ["g"], Resolution(Ending.GUIDED)),
    ("resolve", ["d"], Resolution(Ending.DONE)),
    ("resolve", ["f"], Resolution(Ending.FIXED)),
    ("resolve", ["n"], Resolution(Ending.NOTHING)),
    ("resolve", ["slash", *"Lamp", "ctrl+s", "f"], Resolution(Ending.FIXED, "Lamp")),
    ("resolve", ["tab", *"Lamp", "tab", "f"], Resolution(Ending.FIXED, "Lamp")),
    ("rate", ["enter"], Rating(Level.LOW, Level.MEDIUM)),
    ("rate", ["up", "right", "enter"], Rating(Level.MEDIUM, Level.HIGH)),
    ("rate", ["k", "k", "k", "h", "h", "enter"], Rating(Level.HIGH, Level.LOW)),
]


@pytest.mark.parametrize(("name", "keys", "expected"), ANSWERS)
async def test_keys_answer(name, keys, expected):
    """Each dialog answers as its keys say, and goes on asking where they say nothing."""
    assert await answer(name, keys) == expected


@pytest.mark.parametrize("key", ["escape", "ctrl+g"])
async def test_every_dialog_can_be_left(key):
    """Esc, and Ctrl+G for terminals where Esc is slow, leave every dialog without an answer."""
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        for name in DIALOGS:
            await app.push_screen(dialog(name), app.answers.append)
            await pilot.pause()
            await pilot.press(key)
            await pilot.pause()
        assert app.answers == [None] * len(DIALOGS)


async def test_keys_typed_in_a_burst_are_taken_in_their_order():
    """Typing "2h" faster than the screen follows means two hours, not what is under "h"."""
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(dialog("snooze"), app.answers.append)
        await pilot.pause()
        for key in ("2", "h", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert app.answers == [NOW + timedelta(hours=2)]


async def test_people_that_are_still_on_their_way_can_be_typed_for():
    """The picker takes what is typed before the store has answered."""
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        people = asyncio.get_running_loop().create_future()
        app.push_screen(AssignDialog(ABOUT, people), app.answers.append)
        await pilot.pause()
        await pilot.press(*"ben", "enter")
        before = list(app.answers)
        people.set_result(COLLEAGUES)
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        await pilot.pause()
        assert (before, app.answers) == ([], ["ben"])


async def test_a_store_that_does_not_answer_closes_the_dialog_and_says_so():
    """What went wrong is said, and nothing is assigned."""
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        people = asyncio.get_running_loop().create_future()
        app.push_screen(AssignDialog(ABOUT, people), app.answers.append)
        await pilot.pause()
        people.set_exception(StoreUnreachable("the database does not answer"))
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = [each.message for each in app._notifications]
        assert (app.answers, said) == ([None], ["the database does not answer"])


CLICKS = [
    ("confirm", "Hints", (1, 0), True),
    ("confirm", "Hints", (8, 0), False),
    ("confirm", "Hints", (17, 0), None),
    ("assign", "Choices", (5, 1), "ben"),
    ("wait", "Choices", (5, 1), Wait(State.WAITING_SUPPLIER, None)),
    ("snooze", "Choices", (5, 0), HOUR),
    ("resolve", "Choices", (5, 2), Resolution(Ending.FIXED)),
    ("rate", "Grid", (60, 1), Rating(Level.HIGH, Level.HIGH)),
    ("rate", "Grid", (60, 0), NO_ANSWER),
    ("snooze", None, (3, 1), None),
]


@pytest.mark.parametrize(("name", "where", "offset", "expected"), CLICKS)
async def test_the_mouse_answers(name, where, offset, expected):
    """Choices, cells and hints can be clicked; a click on the board behind cancels."""
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(dialog(name), app.answers.append)
        await pilot.pause()
        await pilot.click(where, offset=offset)
        await pilot.pause()
        assert (app.answers[0] if app.answers else NO_ANSWER) == expected


async def test_a_preset_that_cannot_be_had_says_why():
    """After two, "this afternoon" is greyed out with its reason, and its key does nothing."""
    app = Stage()
    async with app.run_test() as pilot:
        late = NOW.replace(hour=14, minute=30)
        app.push_screen(SnoozeDialog(ABOUT, late, school_hours()), app.answers.append)
        await pilot.pause()
        await pilot.press("a")
        shown = str(app.screen.query_one(Choices).get_option_at_index(1).prompt)
        assert (app.answers, "it is past 14:00" in shown) == ([], True)


async def test_the_moment_is_said_while_it_is_typed():
    """Under the field stands which moment the words mean, as soon as they mean one."""
    app = Stage()
    async with app.run_test() as pilot:
        app.push_screen(dialog("snooze"))
        await pilot.pause()
        await pilot.press("slash", *"fri 19:00")
        await pilot.pause()
        assert str(app.screen.query_one(".said", Static).content) == (
            "Fri 27 Nov 19:00 (desk closed)"
        )


async def test_people_who_are_in_and_free_come_first():
    """The picker has the least loaded present person on top, with the count beside the name."""
    app = Stage()
    async with app.run_test() as pilot:
        app.push_screen(dialog("assign"))
        await pilot.pause()
        assert [choice.label for choice in app.screen.query_one(Choices).choices] == [
            "Ana Lovelace (me)",
            "Ben Okafor",
            "Dee Müller",
        ]


async def test_the_priority_that_results_is_said():
    """Moving over the grid says the pair in words, the priority, and the one it has now."""
    app = Stage()
    async with app.run_test() as pilot:
        app.push_screen(dialog("rate"))
        await pilot.pause()
        await pilot.press("up", "right")
        await pilot.pause()
        assert str(app.screen.query_one("#result", Static).content) == (
            "one room or team × work stopped → P1   (now P3)"
        )


async def test_the_cursor_follows_the_mouse_over_the_grid():
    """Hovering shows what a click would choose."""
    app = Stage()
    async with app.run_test() as pilot:
        app.push_screen(dialog("rate"))
        await pilot.pause()
        await pilot.hover("Grid", offset=(60, 1))
        await pilot.pause()
        assert app.screen.query_one(Grid).cursor == Rating(Level.HIGH, Level.HIGH)


@pytest.mark.parametrize(("name", "field"), [("sentence", Line), ("note", Lines)])
async def test_what_is_pasted_is_made_safe(name, field):
    """Escape sequences in the clipboard reach neither the terminal nor the store."""
    app = Stage()
    async with app.run_test() as pilot:
        app.push_screen(dialog(name))
        await pilot.pause()
        widget = app.screen.query_one(field)
        app.post_message(Paste("a\x1b]52;c;eA==\x07b\x9b2J\u202ec"))
        await pilot.pause()
        typed = widget.value if field is Line else widget.text
        assert typed == "a]52;c;eA==b2Jc"


def test_a_dialog_says_what_it_is_about():
    """One request is named by number and subject, several by how many."""
    row = board_row()
    assert [about([row]), about([row] * 5)] == [
        "#1042 Projector dead, class waiting",
        "5 requests",
    ]


async def test_the_cursor_is_marked_and_not_only_coloured():
    """A bar stands before the choice that Enter picks, and goes along with the cursor."""
    app = Stage(theme="terminal")
    async with app.run_test() as pilot:
        await app.push_screen(dialog("resolve"))
        await pilot.pause()
        await pilot.press("j", "down", "k")
        options = app.screen.query_one(Choices).options
        assert [str(option.prompt)[:2] for option in options] == ["  ", "▌ ", "  ", "  "]


@pytest.mark.parametrize("size", [(46, 24), (66, 24), (72, 24), (73, 24), (120, 36)])
async def test_the_grid_of_priorities_stands_in_its_columns_at_every_width(size):
    """Its names are shorter where the screen is narrow; nothing wraps."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await app.push_screen(dialog("rate"))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        rows = str(app.screen.query_one(Grid).render()).split("\n")
        assert (len(rows), max(map(len, rows)) <= size[0] - 2) == (4, True)
        assert [line.split()[-1] in {"P1", "[P3]", "P2"} for line in rows[1:]] == [True] * 3
