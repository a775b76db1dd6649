"""The conversation of a request: folded, in order, and kept in place while it grows."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Static

from store.words import State
from tests.tui.screens.samples import board_row, messages, request_view
from tests.tui.screens.stage import HandMadeDesk, Stage, painted, shown, talk
from tui.board.messages import Changed
from tui.board.screens.conversation import MESSAGES_SHOWN, Conversation, EarlierLine
from tui.board.screens.fold import Fold, FoldLine
from tui.board.screens.message import MessageBlock

WIDE, NARROW = (120, 36), (80, 24)


async def test_messages_differ_by_words_and_by_indent():
    """Mail in, answers and notes are told apart without any colour."""
    async with Stage().run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        blocks = screen.query(MessageBlock)
        heads = [str(block.query(Static)[0].content).split("\n")[0] for block in blocks]
        assert heads == [
            "Grace Hopper wrote  10:15",
            "Ben Okafor answered  10:28",
            "Ben Okafor noted, for the desk only  10:33",
        ]
        assert len({block.region.x for block in blocks}) == 3


async def test_attachments_are_listed_with_size_and_type():
    """Under the message stands what was attached."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        await shown(pilot)
        assert "attached  blue-screen.jpg  1.2 MB  image/jpeg" in painted(app)


async def test_quoted_text_is_folded_and_unfolds_with_a_key():
    """``f`` opens what is folded and folds it again."""
    async with (app := Stage()).run_test(size=WIDE) as pilot:
        await shown(pilot)
        before = painted(app)
        await pilot.press("f")
        await pilot.pause()
        unfolded = painted(app)
        await pilot.press("f")
        await pilot.pause()
        assert ["… 14 quoted lines" in text for text in (before, unfolded, painted(app))] == [
            True,
            False,
            True,
        ]
        assert "> quoted line 14" in unfolded


async def test_quoted_text_unfolds_with_the_mouse():
    """A click on the folded line opens it, and a click on its text does not close it."""
    async with Stage().run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        await pilot.click(FoldLine)
        await pilot.pause()
        await pilot.click(".unfolded")
        await pilot.pause()
        assert screen.query_one(Fold).folded is False


async def test_a_very_long_text_is_cut_and_the_rest_folded():
    """A mail of thousands of lines neither fills the conversation nor loses a line."""
    text = "\n".join(f"line {line}" for line in range(1, 5001))
    view = request_view(messages=(replace(messages()[0], text=text, quoted=""),))
    async with (app := Stage(HandMadeDesk({1042: view}))).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        await pilot.press("G")
        await pilot.pause()
        assert "… 4,850 more lines" in painted(app)
        await pilot.press("f", "G")
        await pilot.pause()
        await pilot.pause()
        assert "line 5000" in painted(app)
        assert screen.query_one(Conversation).max_scroll_y > 4900


async def test_a_long_conversation_keeps_its_older_messages_behind_a_line():
    """The newest messages are shown at once, the older ones after a click, in their order."""
    view = request_view(messages=talk(MESSAGES_SHOWN + 25))
    async with (app := Stage(HandMadeDesk({1042: view}))).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert "… 25 earlier messages" in painted(app)
        await pilot.click(EarlierLine)
        await pilot.pause()
        await pilot.pause()
        ids = [block.message.id for block in screen.query(MessageBlock)]
        assert ids == list(range(1, MESSAGES_SHOWN + 26))
        assert "26.0" in painted(app)


async def test_it_opens_at_the_newest_message():
    """The newest message is at the bottom and on screen from the start."""
    view = request_view(messages=talk(20))
    async with (app := Stage(HandMadeDesk({1042: view}))).run_test(size=NARROW) as pilot:
        await shown(pilot)
        assert ["20.4" in painted(app), "1.0\n" in painted(app)] == [True, False]


async def test_a_newest_message_longer_than_the_screen_starts_at_its_head():
    """Nobody has to scroll up to read the newest mail from its beginning."""
    long = replace(talk(1)[0], id=21, text="\n".join(f"new {line}" for line in range(1, 90)))
    view = request_view(messages=(*talk(20), long))
    async with (app := Stage(HandMadeDesk({1042: view}))).run_test(size=NARROW) as pilot:
        await shown(pilot)
        assert ["new 1 " in painted(app), "new 89" in painted(app)] == [True, False]


async def reading(pilot, view, keys):
    """Open ``view``, press ``keys``, let a 21st message arrive; return where it is scrolled."""
    app = pilot.app
    app.desk.views[1042] = view
    screen = await shown(pilot)
    await pilot.press(*keys)
    await pilot.pause()
    conversation = screen.query_one(Conversation)
    before = conversation.scroll_y
    app.desk.views[1042] = request_view(messages=talk(21))
    screen.post_message(Changed(frozenset({1042})))
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()
    return before, conversation.scroll_y, conversation.max_scroll_y


async def test_a_new_message_leaves_a_reader_where_they_read():
    """Whoever has scrolled up stays there when the request changes."""
    async with Stage().run_test(size=NARROW) as pilot:
        before, after, _ = await reading(pilot, request_view(messages=talk(20)), ["g", "j", "j"])
        assert (before, after) == (2, 2)


async def test_a_new_message_takes_along_who_was_at_the_end():
    """Whoever was at the newest message sees the new one."""
    async with Stage().run_test(size=NARROW) as pilot:
        before, after, end = await reading(pilot, request_view(messages=talk(20)), [])
        assert (after > before, after) == (True, end)


async def test_what_is_unfolded_stays_so_when_the_request_changes():
    """A reload leaves open folds open."""
    async with (app := Stage()).run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        await pilot.press("f")
        app.desk.views[1042] = request_view(row=board_row(state=State.OPEN, assignee="ben"))
        screen.post_message(Changed(frozenset({1042})))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = painted(app)
        assert ["open · Ben Okafor" in said, "> quoted line 14" in said] == [True, True]


async def test_text_of_a_mail_can_be_selected_with_the_mouse_and_copied():
    """A serial number in a mail does not have to be typed off the screen."""
    async with (app := Stage()).run_test(size=WIDE) as pilot:
        await shown(pilot)
        row = next(y for y, line in enumerate(painted(app).split("\n")) if "28 pupils" in line)
        await pilot.mouse_down(offset=(1, row))
        await pilot.hover(offset=(9, row))
        await pilot.mouse_up(offset=(9, row))
        await pilot.pause()
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.clipboard == "28 pupils"
