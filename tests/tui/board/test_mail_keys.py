"""Mail from the board on a real desk: replies, redirects, merges, splits, and what is stuck."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update
from textual.widgets import TextArea

from store import commands, queries
from store.facts.mail import outbox
from store.words import Delivery, State
from tests.store.letters import letter
from tests.store.people import BEN, the
from tests.tui.board.mail_desk import asked, on_queue, painted
from tests.tui.board.school import lines, opened, said, until
from tui.board.queue import QueueScreen
from tui.board.reply.draft import Draft
from tui.board.reply.editor import ReplyEditor
from tui.board.screens.request import RequestScreen


async def test_a_reply_is_written_from_the_queue_and_sent(school):
    """``r`` opens the request with the field; what is typed at once goes into it."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"On my way", "ctrl+s", "enter")
        await said(pilot, "#1001 answered")
        await until(pilot, lambda: "not sent yet" in painted(app))
        view = asked(school, lambda desk: queries.request(desk, 1001))
        assert (view.messages[-1].text, app.drafts) == ("On my way", {})
        assert (type(app.screen), list(app.screen.query(ReplyEditor))) == (RequestScreen, [])


async def test_that_a_reply_has_gone_out_shows_on_its_request(school):
    """By itself, though nothing happens to the request."""
    async with (app := school.board()).run_test() as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"On my way", "ctrl+s", "enter")
        await until(pilot, lambda: "not sent yet" in painted(app))
        sent = update(outbox).values(state=Delivery.SENT.value, sent_at=school.clock.now())
        school.do(lambda desk: write(desk, sent))
        app.link.count()
        await until(pilot, lambda: "sent 10:42" in painted(app))


def write(desk, statement):
    """Change the store behind everybody's back."""
    with desk.writing() as writing:
        writing.connection.execute(statement)


async def test_what_was_just_sent_comes_into_view(school):
    """However far up the requester's last words are."""
    for n in range(12):
        school.do(lambda desk, n=n: commands.note(desk, BEN, the(1001), f"Note {n}\n\nand more"))
    async with (app := school.board()).run_test(size=(80, 24)) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"On my way", "ctrl+s", "enter")
        await until(pilot, lambda: "answered" in painted(app) and not app.drafts)


async def test_a_reply_may_wait_for_the_requester(school):
    """One key more, and the request is out of the way."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"Which room?", "ctrl+s", "w")
        await said(pilot, "#1001 answered, waiting for them")
        await until(pilot, lambda: app.screen.view.row.state is State.WAITING_REQUESTER)


@pytest.mark.parametrize(
    ("told", "toast", "kinds"),
    [
        (True, "#1001 resolved: fixed", ["resolution"]),
        (False, "#1001 answered and resolved", ["reply"]),
    ],
)
async def test_a_reply_may_resolve_and_is_one_mail(school, told, toast, kinds):
    """Whether or not the desk tells of resolutions; esc at the ending goes back to the text."""
    answers = replace(school.rules.answers, resolution=told)
    school.rules = replace(school.rules, answers=answers)
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"New lamp", "ctrl+s", "x")
        await until(pilot, lambda: "something was broken" in painted(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.focused, TextArea))
        await pilot.press("ctrl+s", "x")
        await until(pilot, lambda: "something was broken" in painted(app))
        await pilot.press("f")
        await said(pilot, toast)
        mails = asked(school, lambda desk: queries.outbox(desk, number=1001))
        assert [each.kind for each in mails] == kinds


async def test_several_requesters_get_one_text_each(school):
    """Asked before it goes out; enter never confirms."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        app.queue.list.toggle_mark(1001)
        app.queue.list.toggle_mark(1002)
        await pilot.press("r", *"Power cut", "ctrl+s", "enter")
        await until(pilot, lambda: "Send this text to 2 requesters?" in painted(app))
        await pilot.press("enter", "y")
        await said(pilot, "2 answered")
        mails = asked(school, queries.outbox)
        assert {each.number for each in mails} == {1001, 1002}


async def test_a_refused_reply_keeps_its_text(school):
    """Somebody has merged the request meanwhile: it is said, and the draft is there."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"On my way")
        await until(pilot, lambda: app.drafts)
        school.do(lambda desk: commands.merge(desk, BEN, the(1001), into=1002))
        await pilot.press("ctrl+s", "enter")
        await said(pilot, "#1001")
        await until(pilot, lambda: isinstance(app.focused, TextArea))
        assert app.drafts[1001].text == "On my way"


async def test_a_draft_outlives_the_board(school):
    """The next board says so, and goes on with it; sent, it is gone for good."""
    async with school.board().run_test() as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"On my")
        await until(pilot, lambda: pilot.app.drafts.get(1001, Draft()).text == "On my")
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await said(pilot, "Kept from last time: the draft for #1001")
        await pilot.press("r", *" way", "ctrl+s", "enter")
        await said(pilot, "#1001 answered")
        await until(pilot, lambda: not app.drafts)
    view = asked(school, lambda desk: queries.request(desk, 1001))
    assert view.messages[-1].text == "On my way"
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        assert app.drafts == {}


async def test_a_board_with_drafts_asks_before_it_is_left(school):
    """N stays, y leaves."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("r", *"Hi", "escape", "q", "n")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await pilot.press("q")
        await until(pilot, lambda: "draft for #1001" in painted(app))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await pilot.press("q")
        await until(pilot, lambda: "draft for #1001" in painted(app))
        await pilot.press("y")
        await until(pilot, lambda: not app.is_running or app._exit)


async def test_an_end_run_is_redirected_after_a_look_at_the_text(school):
    """Its number and the front door are in it; a request to the desk is refused."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("E")
        await said(pilot, "#1001 came to the desk")
        await on_queue(pilot, 1004)
        await pilot.press("E")
        await until(pilot, lambda: "#1004: you need not send it" in painted(app))
        assert "Send this welcome?" in painted(app)
        await pilot.press("enter", "y")
        await said(pilot, "#1004 welcomed and shown the front door")
        await pilot.press("E")
        await said(pilot, "once a week is enough")


async def test_an_emergency_is_never_redirected(school):
    """Help comes first."""
    school.do(lambda desk: commands.emergency(desk, BEN, the(1004), "it burns"))
    async with school.board().run_test(notifications=True) as pilot:
        await on_queue(pilot, 1004)
        await pilot.press("E")
        await said(pilot, "#1004 is an emergency")


async def test_two_marked_requests_become_the_older_one(school):
    """And are two again with undo."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1006)
        app.queue.list.toggle_mark(1006)
        app.queue.list.toggle_mark(1002)
        await pilot.press("m")
        await until(pilot, lambda: "Merge #1006 into #1002?" in painted(app))
        await pilot.press("y")
        await said(pilot, "#1006")
        await until(pilot, lambda: app.queue.list.order.place(1006) is None)
        await until(pilot, lambda: not app.queue.list.rows.marked)
        await pilot.press("u")
        await until(pilot, lambda: app.queue.list.order.place(1006) is not None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("1006", "merged into itself"), ("x", "is no number"), ("", "Type the number")],
)
async def test_a_merge_needs_the_number_of_another_request(school, typed, words):
    """What is none is said in the dialog."""
    async with (app := school.board()).run_test() as pilot:
        await on_queue(pilot, 1006)
        await pilot.press("m")
        await until(pilot, lambda: getattr(app.screen, "ready", False) and app.focused)
        await pilot.press(*typed, "enter")
        await until(pilot, lambda: words in painted(app))


async def test_a_mail_that_joined_is_split_off_by_name(school):
    """The question says which mail it is."""
    mail = letter(1, school.clock.now(), tags=(1001,), text="Something else: my chair is broken")
    school.do(lambda desk: commands.take_in(desk, "help", 1, [mail]))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen, "view", None))
        await pilot.press("s")
        await until(pilot, lambda: any("my chair is broken" in each for each in lines(app)[-4:]))
        await pilot.press("y")
        await said(pilot, "#1001")
        await until(pilot, lambda: len(app.screen.view.messages) == 1)
