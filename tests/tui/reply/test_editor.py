"""The field in which a reply is written, on a request made by hand."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest
from textual.widgets import TextArea

from store.errors import StoreUnreachable
from store.mail_records import CannedAnswer, OutgoingFile
from tests.tui.board.school import until
from tests.tui.screens.samples import NOW, request_view
from tests.tui.screens.stage import HandMadeDesk, Stage, painted, shown, talk
from tests.tui.snapshots import picture
from tui.board.messages import Changed
from tui.board.reply import external
from tui.board.reply.attach import AttachDialog
from tui.board.reply.canned import CannedDialog
from tui.board.reply.draft import Answer, Draft, Then
from tui.board.reply.editor import ReplyEditor
from tui.board.reply.external import Edited
from tui.board.screens.confirm import ConfirmDialog
from tui.board.screens.conversation import Conversation
from tui.board.screens.fields import Line

NARROW, WIDE = (80, 24), (120, 36)
READY = (
    CannedAnswer("restart", "Please restart it", "Hello Grace,\nplease restart it."),
    CannedAnswer(
        "pw", "Reset \x1b[2J [/red] password", "Hello Grace,\nreset [it].\x1b]52;c;eA==\x07"
    ),
)


async def writing(pilot, text: str = ""):
    """Open the request with a reply begun, and type ``text``."""
    screen = await shown(pilot)
    await screen.write()
    await pilot.pause()
    await pilot.press(*text)
    await pilot.pause()
    return screen


def typed(app) -> str:
    """Return what stands in the field."""
    return app.screen.query_one(TextArea).text


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_what_the_requester_said_last_stays_in_view(size):
    """Above the field, however long the conversation is."""
    messages = (
        *talk(12),
        *(replace(each, id=each.id + 50) for each in request_view().messages[1:]),
    )
    desk = HandMadeDesk({1042: request_view(messages=messages)})
    async with (app := Stage(desk)).run_test(size=size) as pilot:
        await writing(pilot, "Hello")
        said = painted(app)
        assert ["12.4" in said, "Reply to Grace Hopper" in said, "Hello" in said] == [True] * 3


async def test_letters_are_text_and_no_commands():
    """Also those that are keys of the board."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "caq?r:1x!")
        assert (typed(app), app.performed) == ("caq?r:1x!", [])


@pytest.mark.parametrize(
    ("keys", "then"),
    [
        (("enter",), Then.NOTHING),
        (("ctrl+s",), Then.NOTHING),
        (("w",), Then.WAIT),
        (("x",), Then.RESOLVE),
        (("c", "z", "1", "w"), Then.WAIT),
    ],
)
async def test_it_is_sent_after_one_more_key(keys, then):
    """Which says what happens to the request; no other key does anything then."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "Hi")
        await pilot.press("ctrl+s", *keys)
        await pilot.pause()
        await pilot.pause()
        assert (app.backstage.answers, app.performed) == ([Answer("Hi", (), then)], [])
        assert (app.drafts, list(app.screen.query(ReplyEditor))) == ({}, [])


async def test_esc_goes_from_the_question_back_to_the_text():
    """Nothing is sent, and writing goes on."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "Hi")
        await pilot.press("ctrl+s", "escape", "!")
        assert (typed(app), app.backstage.answers) == ("Hi!", [])


async def test_what_could_not_be_sent_is_still_there():
    """The field has its text, and the keyboard."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "Hi")
        app.backstage.sends = False
        await pilot.press("ctrl+s", "enter")
        await pilot.pause()
        await pilot.press("!")
        assert (typed(app), app.drafts) == ("Hi!", {1042: Draft("Hi!")})


async def test_nothing_is_not_sent():
    """Spaces are nothing."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "  ")
        await pilot.press("ctrl+s", "enter")
        await pilot.pause()
        assert ("Nothing is written yet." in painted(app), app.backstage.answers) == (False, [])
        await pilot.press("ctrl+g", "r")
        assert app.backstage.answers == []


async def test_a_draft_is_kept_while_other_things_are_done():
    """Esc leaves the text; the foot of the conversation says so, and writing goes on later."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await writing(pilot, "Hello Grace")
        await pilot.press("escape")
        await pilot.pause()
        said = painted(app)
        assert ("draft kept  r goes on   Hello Grace" in said, app.drafts) == (
            True,
            {1042: Draft("Hello Grace")},
        )
        await screen.write()
        await pilot.press("!")
        assert typed(app) == "Hello Grace!"


async def test_a_draft_is_thrown_away_only_when_that_is_said():
    """A second esc asks; enter says nothing, n keeps it, y throws it away."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        for answer, kept in (("n", {1042: Draft("Hi")}), ("y", {})):
            app.drafts.clear()
            await writing(pilot, "Hi")
            await pilot.press("escape")
            await pilot.pause()
            await pilot.press("escape")
            await pilot.pause()
            await pilot.press("enter")
            assert isinstance(app.screen, ConfirmDialog)
            await pilot.press(answer)
            await pilot.pause()
            assert app.drafts == kept


async def test_a_draft_of_last_time_asks_nothing():
    """Who only looks in again goes back as always."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        app.drafts[1042] = Draft("Hi")
        screen = await shown(pilot)
        assert "draft kept" in painted(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not screen


async def test_a_ready_answer_is_found_and_put_in():
    """With its fields filled in; nothing in it drives the terminal."""
    async with (app := Stage(HandMadeDesk(canned=READY))).run_test(size=NARROW) as pilot:
        await writing(pilot, "So: ")
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert isinstance(app.screen, CannedDialog)
        assert "please restart it." in painted(app)
        await pilot.press(*"passw")
        await pilot.pause()
        said = painted(app)
        assert ("reset [it]." in said, "\x1b" in said, "restart" in said) == (True, False, False)
        await pilot.press("enter")
        await pilot.pause()
        assert typed(app) == "So: Hello Grace,\nreset [it].]52;c;eA=="


async def test_without_ready_answers_it_says_where_they_are_written():
    """The config, and under which name."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot)
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "[[canned]]" in painted(app)


async def test_a_file_is_attached_shown_and_taken_off(tmp_path):
    """Tab completes its path; a path that is none is said."""
    (tmp_path / "plan [b].txt").write_bytes(b"12345")
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        screen = await writing(pilot, "Hi")
        await pilot.press("ctrl+f")
        await pilot.pause()
        assert isinstance(app.screen, AttachDialog)
        await pilot.press(*f"{tmp_path}/plan", "enter")
        await until(pilot, lambda: "There is no file" in painted(app))
        await pilot.press("tab")
        await until(pilot, lambda: app.screen.query_one(Line).value.endswith(".txt"))
        await pilot.press("enter")
        await until(pilot, lambda: "attached  plan [b].txt 5 B" in painted(app))
        assert app.drafts[1042].files == (OutgoingFile("plan [b].txt", "text/plain", b"12345"),)
        await pilot.press("ctrl+l", "ctrl+l")
        await pilot.pause()
        assert ("No file is attached." in painted(app), screen.number) == (True, 1042)


async def test_ones_own_editor_has_the_text_and_gives_it_back(monkeypatch):
    """The board is put aside meanwhile."""
    seen = []

    @contextmanager
    def suspend(_app):
        seen.append("suspended")
        yield

    monkeypatch.setenv("EDITOR", "ed")
    monkeypatch.setattr(Stage, "suspend", suspend)
    monkeypatch.setattr(
        external, "edit", lambda text, words: Edited(f"{text} [/there]", f"{words[0]} says so")
    )
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "Hi")
        await pilot.press("ctrl+o")
        await pilot.pause()
        await pilot.pause()
        assert (typed(app), seen, "ed says so" in painted(app)) == (
            "Hi [/there]",
            ["suspended"],
            True,
        )
        assert app.drafts == {1042: Draft("Hi [/there]")}


@pytest.mark.parametrize(
    ("editor", "words"), [("ed", "cannot be handed to an editor"), ("", "export EDITOR=nano")]
)
async def test_where_no_editor_can_be_used_it_says_so(monkeypatch, editor, words):
    """In a browser for instance; the text stays."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await writing(pilot, "Hi")
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert (typed(app), words in painted(app)) == ("Hi", True)


async def test_the_conversation_is_read_and_goes_on_while_one_writes():
    """Keys scroll it, a new mail comes in, and the text is where it was."""
    desk = HandMadeDesk({1042: request_view(messages=talk(12))})
    async with (app := Stage(desk)).run_test(size=NARROW) as pilot:
        screen = await writing(pilot, "Hi")
        conversation = screen.query_one(Conversation)
        before = conversation.scroll_y
        await pilot.press("ctrl+up")
        await pilot.pause()
        assert conversation.scroll_y < before
        await pilot.press("ctrl+down", "ctrl+down")
        new = replace(talk(1)[0], id=99, text="Too late", at=NOW)
        desk.views[1042] = request_view(messages=(*talk(12), new))
        screen.post_message(Changed(frozenset({1042})))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("!")
        assert (typed(app), "Too late" in painted(app)) == ("Hi!", True)


async def test_another_request_has_a_draft_of_its_own():
    """Whoever goes on by the palette takes no text along."""
    desk = HandMadeDesk({1042: request_view(), 1043: request_view()})
    async with (app := Stage(desk)).run_test(size=NARROW) as pilot:
        screen = await writing(pilot, "For Grace")
        other = request_view()
        desk.views[1043] = replace(other, row=replace(other.row, number=1043))
        screen.go_to(1043)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert ("draft kept" in painted(app), list(app.screen.query(ReplyEditor))) == (False, [])
        assert app.drafts == {1042: Draft("For Grace")}


async def test_a_store_that_is_away_leaves_the_text_alone():
    """Its ready answers cannot be had; that is all."""

    class Away(HandMadeDesk):
        def __getattribute__(self, name: str):
            if name == "canned":
                raise StoreUnreachable("The database does not answer")
            return super().__getattribute__(name)

    async with (app := Stage(Away())).run_test(size=NARROW, notifications=True) as pilot:
        await writing(pilot, "Hi")
        await pilot.press("ctrl+r")
        await pilot.pause()
        await pilot.pause()
        assert (typed(app), "does not answer" in painted(app)) == ("Hi", True)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_it_looks_as_it_did(size, pictures):
    """The requester's words above, the text, its file, and how to go on."""
    async with (app := Stage()).run_test(size=size) as pilot:
        app.drafts[1042] = Draft(
            "Hello Grace,\n\nI am there at 15:10.", (OutgoingFile("plan.pdf", "", b"x" * 14_000),)
        )
        screen = await writing(pilot)
        screen.query_one(TextArea).cursor_blink = False
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert picture(app) == pictures


async def test_who_else_gets_it_is_said():
    """Whoever asked what was merged into the request."""
    desk = HandMadeDesk({1042: request_view(merged=(1044, 1045))})
    async with (app := Stage(desk)).run_test(size=WIDE) as pilot:
        await writing(pilot)
        assert "Reply to Grace Hopper and who asked #1044, #1045" in painted(app)
