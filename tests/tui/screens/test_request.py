"""The request screen: what it shows, how it moves, and that it is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from store.records import Reader
from store.words import ClockStatus, Ending, Level
from tests.tui.screens.samples import NOW, board_row, request_view
from tests.tui.screens.stage import HandMadeDesk, Stage, painted, shown, talk
from tui.board.action import Scope
from tui.board.messages import Changed, Readers, Ticked
from tui.board.screens.conversation import Conversation
from tui.board.screens.help import HelpScreen
from tui.board.screens.message import MessageBlock
from tui.board.screens.original import OriginalScreen
from tui.board.screens.request import RequestScreen

WIDE, NARROW = (120, 36), (80, 24)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_head_says_what_it_is_and_how_it_stands(size):
    """At both sizes: number, subject, priority, standing, requester, contacts, claimed urgency."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await shown(pilot)
        head = painted(app).split("\n")[1:3]
        said = ("#1042 Projector dead, class waiting", "P1", "new · nobody")
        assert [word in head[0] for word in said] == [True] * 3
        assert head[1].split("(")[0].strip() == (
            "Grace Hopper · Mathematics · 3rd contact in 7 days"
        )
        assert head[1].rstrip().endswith("claimed urgent: no")


async def test_a_wide_screen_says_the_weight_behind_the_priority():
    """Where there is room, impact and urgency stand beside the priority in words."""
    async with (app := Stage()).run_test(size=WIDE) as pilot:
        await shown(pilot)
        assert "P1 (one room or team × work stopped)" in painted(app)


async def test_a_change_of_another_request_is_none_of_its_business():
    """Only a change of the request that is shown asks the store again."""
    async with (app := Stage()).run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        app.desk.views.clear()
        screen.post_message(Changed(frozenset({1041, 1043})))
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert screen.view == request_view()


async def test_next_and_previous_go_through_the_queue():
    """``J`` and ``K`` show the neighbours, and say so at an end of the queue."""
    views = {
        number: request_view(row=board_row(number=number), messages=talk(number - 1040))
        for number in (1041, 1042, 1043)
    }
    async with (app := Stage(HandMadeDesk(views))).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        numbers, blocks = [], []
        for key in ("J", "J", "K", "K"):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            numbers.append(screen.rows()[0].number)
            blocks.append(len(screen.query(MessageBlock)))
        assert (numbers, blocks) == ([1043, 1043, 1042, 1041], [3, 3, 2, 1])
        assert [each.message for each in app._notifications] == [
            "#1043 is the last request of the queue."
        ]


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+g"])
async def test_every_way_back_leads_to_the_queue(key):
    """Esc, and keys that do not have to wait, go back; other boards are told."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await shown(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert (len(app.screen_stack), app.looked_at) == (1, [1042, None])


async def test_who_else_is_looking_is_said():
    """Two people in one request see each other."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        before = painted(app)
        app.readers = {1042: (Reader("ben"), Reader("chi")), 1041: (Reader("ana"),)}
        screen.post_message(Readers())
        await pilot.pause()
        said = "Ben Okafor and Chi Nguyen are reading this"
        assert [said in before, said in painted(app)] == [False, True]


async def test_who_else_is_writing_a_reply_is_said():
    """Before anybody writes a second one; and the others are told of mine."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        app.readers = {1042: (Reader("ben", writing=True), Reader("chi"))}
        screen.post_message(Readers())
        await pilot.pause()
        said = "Ben Okafor is writing a reply · Chi Nguyen is reading this"
        assert (said in painted(app), app.looked_at[-1], app.writes) == (True, 1042, False)
        await screen.write()
        await pilot.pause()
        assert (app.looked_at[-1], app.writes) == (1042, True)
        await pilot.press("escape")
        await pilot.pause()
        assert app.writes is False


async def test_history_and_facts_take_the_narrow_screen_and_give_it_back():
    """At 80 columns ``h`` swaps the conversation for facts, clocks and history."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await shown(pilot)
        await pilot.press("h")
        await pilot.pause()
        swapped = painted(app)
        await pilot.press("h")
        await pilot.pause()
        words = ("HISTORY", "Chi Nguyen claimed it undone", "The projector in B12")
        assert [word in swapped for word in words] == [True, True, False]
        assert [word in painted(app) for word in words] == [False, False, True]


async def test_keys_scroll_the_history_once_it_was_gone_over_to():
    """After ``h``, ``j`` scrolls facts and history instead of the conversation."""
    history = tuple(replace(event, id=n) for n in range(20) for event in request_view().history)
    desk = HandMadeDesk({1042: request_view(history=history, messages=talk(20))})
    async with Stage(desk).run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        conversation, side = screen.query_one(Conversation), screen.query_one("#side")
        before = conversation.scroll_y
        await pilot.press("h", "j", "down")
        await pilot.pause()
        assert (conversation.scroll_y, side.scroll_y) == (before, 2)


async def test_what_was_undone_is_struck_and_said():
    """Undone events stay in the history, struck through and with the word."""
    async with Stage().run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        rows = screen.query_one("#history")._rows
        undone = next(words for _, words in rows if "undone" in words.plain)
        assert any("strike" in str(span.style) for span in undone.spans)


async def test_the_clocks_go_on():
    """A tick makes the words of the clocks anew."""
    async with (app := Stage()).run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        before = painted(app)
        screen.post_message(Ticked(app.clock.advance(timedelta(minutes=3))))
        await pilot.pause()
        said = ("1:33 left, due 12:15", "1:30 left, due 12:15")
        assert [word in before for word in said] == [True, False]
        assert [word in painted(app) for word in said] == [False, True]


async def test_the_original_shows_headers_and_text():
    """``v`` shows the newest mail that came in, headers first; ``v`` again goes back."""
    raw = b"Received: by mx\r\n\tfor help\r\nSubject: Projector\x1b[2J dead\r\n\r\nbody"
    desk = HandMadeDesk(originals={1: raw})
    async with (app := Stage(desk)).run_test(size=NARROW) as pilot:
        await shown(pilot)
        await pilot.press("v")
        await pilot.pause()
        said = painted(app)
        words = ("Received: by mx", "Subject: Projector[2J dead", "28 pupils", "> quoted line 1")
        assert isinstance(app.screen, OriginalScreen)
        assert [word in said for word in words] == [True] * 4
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(app.screen, RequestScreen)


async def test_a_request_without_a_mail_says_so():
    """``v`` where there is no original is answered with a line."""
    desk = HandMadeDesk({1042: request_view(messages=())})
    async with (app := Stage(desk)).run_test(size=NARROW) as pilot:
        await shown(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["#1042 did not come by mail."]


async def test_an_original_that_is_gone_says_so():
    """What the store answers is said, and the screen stays."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await shown(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert [each.message for each in app._notifications] == [
            "This message did not come by mail"
        ]


async def test_a_request_that_does_not_exist_is_said_and_left():
    """Nothing is left open for a number nobody has."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await app.push_screen(RequestScreen(9999))
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert [each.message for each in app._notifications] == ["There is no request #9999"]


async def test_a_request_left_before_it_is_painted_is_harmless():
    """What was to be told to head and foot finds neither, and the board goes on."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        screen.dismiss(None)
        await pilot.pause()
        screen._tell_around()
        assert len(app.screen_stack) == 1


async def test_the_keys_for_work_go_to_the_board():
    """Every action on requests is the board's, with this request as what it is for."""
    keys = {"c": "claim", "C": "release", "a": "assign", "t": "take_over", "w": "wait"}
    keys |= {"z": "snooze", "x": "resolve", "n": "note", "p": "rate", "u": "undo", "y": "copy"}
    keys["exclamation_mark"] = "emergency"
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        await pilot.press(*keys)
        await pilot.pause()
        assert app.performed == list(keys.values())
        assert screen.rows() == (board_row(),)


async def test_everything_worth_knowing_is_among_the_facts():
    """End-run, emergency, link, snooze and ending are told where there are any."""
    view = request_view(
        row=board_row(
            end_run="ben",
            emergency=True,
            claimed_urgent=True,
            snoozed_until=NOW + timedelta(days=1),
            department="",
        ),
        emergency_at=NOW,
        linked_to=1017,
        ending=Ending.FIXED,
        resolved_at=NOW,
        impact=Level.HIGH,
        repeat_contacts=1,
    )
    async with (app := Stage(HandMadeDesk({1042: view}))).run_test(size=WIDE) as pilot:
        await shown(pilot)
        said = painted(app)
        words = (
            "P1 emergency (whole organisation × work stopped)",
            "claimed urgent: yes",
            "went to Ben Okafor",
            "since 10:42",
            "to #1017",
            "until Tue 24 Nov 10:42",
            "fixed",
        )
        assert [word for word in words if word not in said] == []
        assert "contact in" not in said


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": ClockStatus.PAUSED, "due": None}, "= paused 1 h 33"),
        ({"due": NOW - timedelta(minutes=12)}, "× overdue 0:12, since 10:30"),
        ({"due": NOW + timedelta(hours=30)}, "due Tue 16:42 "),
        ({"status": ClockStatus.MISSED, "stopped_at": NOW}, "missed 10:42, 27 min of 2 h"),
        ({"status": ClockStatus.CANCELLED}, "cancelled"),
        ({"status": ClockStatus.NOT_APPLICABLE}, "none runs"),
    ],
)
async def test_a_clock_says_in_words_what_it_does(changes, expected):
    """Each status of a clock has its words."""
    clock = replace(request_view().clocks[1], **changes)
    desk = HandMadeDesk({1042: request_view(clocks=(clock,))})
    async with (app := Stage(desk)).run_test(size=WIDE) as pilot:
        await shown(pilot)
        assert expected in painted(app)


async def test_help_opens_from_it_and_goes_back():
    """The help screen stands over the request and leaves it as it was."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        await app.push_screen(HelpScreen(Scope.REQUEST))
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


@pytest.mark.parametrize("size", [(20, 5), (60, 12), (300, 90)])
async def test_any_size_of_terminal_will_do(size):
    """Nothing breaks where next to nothing fits, nor while the size changes."""
    async with (app := Stage()).run_test(size=size) as pilot:
        await shown(pilot)
        await pilot.press("f", "h", "j", "h")
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert "one room or team × work stopped" in painted(app)
