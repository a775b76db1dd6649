"""The conversation of a request: folded, in order, and kept in place while it grows."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from textual.widgets import Static

from store.words import Delivery, Direction, Happened, State
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


async def test_what_was_just_sent_comes_into_view():
    """Wherever one reads by the time it is there; what others write meanwhile does not."""
    view = request_view(messages=talk(20))
    async with Stage(HandMadeDesk({1042: view})).run_test(size=NARROW) as pilot:
        screen = await shown(pilot)
        conversation = screen.query_one(Conversation)
        conversation.follows = True
        conversation.scroll_home(animate=False)
        await pilot.pause()
        *theirs, last = talk(22)
        for messages, at_end in (
            (theirs[:20], False),
            (theirs, False),
            ((*theirs, replace(last, direction=Direction.OUT)), True),
        ):
            await screen.show(request_view(messages=tuple(messages)))
            await pilot.pause()
            await pilot.pause()
            assert (conversation.scroll_y == conversation.max_scroll_y) is at_end


async def test_a_change_while_a_request_is_being_shown_breaks_nothing_off():
    """It is shown whole, and then once more: what is new comes into view as ever."""
    async with (app := Stage()).run_test(size=NARROW) as pilot:
        app.desk.views[1042] = request_view(messages=talk(20))
        screen = await shown(pilot)
        conversation = screen.query_one(Conversation)
        show, shows = conversation.show, []

        async def held(*what):
            shows.append(len(what[0]))
            if len(shows) == 1:
                app.desk.views[1042] = request_view(messages=talk(22))
                screen.post_message(Changed(frozenset({1042})))
                screen.post_message(Changed(frozenset({1042})))
                for _ in range(20):
                    await asyncio.sleep(0)
            await show(*what)

        conversation.show = held
        app.desk.views[1042] = request_view(messages=talk(21))
        screen.load()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert (shows, conversation.scroll_y) == ([21, 22], conversation.max_scroll_y)


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


def _written(**changes):
    """Return the projector request with its last message changed so."""
    first, second, third = messages()
    return request_view(messages=(first, second, replace(third, **changes)))


OUT = {"direction": Direction.OUT, "what": Happened.REPLIED}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (OUT | {"delivery": "not sent yet", "delivered": Delivery.PENDING}, "  not sent yet"),
        (OUT | {"delivery": "sent 10:34", "delivered": Delivery.SENT}, "10:33  sent 10:34"),
        (
            OUT | {"delivery": "could not be delivered: no [x]", "delivered": Delivery.FAILED},
            "× could not be delivered: no [x]",
        ),
        (OUT | {"delivery": "maybe sent", "delivered": Delivery.UNCERTAIN}, "? maybe sent"),
        (
            OUT | {"delivery": "not sent yet: x is away", "delivered": Delivery.PENDING},
            "! not sent yet: x is away",
        ),
    ],
)
async def test_a_mail_of_ours_says_how_far_it_has_come(changes, said):
    """Beside who and when; a sign where a person has to care."""
    desk = HandMadeDesk({1042: _written(**changes)})
    async with (app := Stage(desk)).run_test(size=WIDE) as pilot:
        await shown(pilot)
        assert said in painted(app)


async def test_how_far_a_mail_has_come_follows_the_store():
    """The message stays where it is, and says something else."""
    desk = HandMadeDesk({1042: _written(**OUT, delivery="being sent")})
    async with (app := Stage(desk)).run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        before = "being sent" in painted(app)
        desk.views[1042] = _written(**OUT, delivery="sent 10:42")
        screen.post_message(Changed(frozenset({1042})))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = painted(app)
        assert (before, "being sent" in said, "sent 10:42" in said) == (True, False, True)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"what": Happened.AUTO_REPLIED, "text": "Grace is out of office\n\nBack on Monday"},
            "noted  10:33  Grace is out of office",
        ),
        (
            {"what": Happened.ACKNOWLEDGED, "direction": Direction.OUT, "text": "Hello\n\nYour…"},
            "acknowledged it  10:33",
        ),
    ],
)
async def test_what_programs_wrote_takes_a_line_and_can_be_unfolded(changes, line):
    """The rest is behind a line like quoted text."""
    desk = HandMadeDesk({1042: _written(**changes)})
    async with (app := Stage(desk)).run_test(size=WIDE) as pilot:
        screen = await shown(pilot)
        said, rest = painted(app), changes["text"].split("\n")[-1]
        block = screen.query(MessageBlock).last()
        assert (line in said, rest in said, block.size.height) == (True, False, 1)
        await pilot.press("f")
        await pilot.pause()
        assert rest in painted(app)


async def test_thanks_are_shown_in_full():
    """They are for the whole team."""
    desk = HandMadeDesk({1042: _written(what=Happened.THANKED, direction=Direction.IN, text="Ta!")})
    async with (app := Stage(desk)).run_test(size=WIDE) as pilot:
        await shown(pilot)
        assert ("said thanks" in painted(app), "Ta!" in painted(app)) == (True, True)


async def test_a_sender_that_may_be_forged_is_marked():
    """With a sign and the reason, in words."""
    desk = HandMadeDesk({1042: _written(direction=Direction.IN, spoofed="dmarc=fail [x]")})
    async with (app := Stage(desk)).run_test(size=NARROW) as pilot:
        await shown(pilot)
        assert "× the sender may be forged: dmarc=fail [x]" in painted(app)
