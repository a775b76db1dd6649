"""Mail that waits for people, on a real desk: what is stuck, in doubt, or held."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from store import commands, queries
from store.facts.mail import outbox
from store.mail_records import STUCK_AFTER, Unsent
from store.words import Delivery, Outcome
from tests.store.letters import letter, unreadable
from tests.store.people import ANA, BEN, VISITOR, the
from tests.tui.board.mail_desk import asked, on_queue, painted
from tests.tui.board.school import lines, opened, said, until
from tui.board.queue import QueueScreen
from tui.board.screens.request import RequestScreen
from tui.board.views.intake.listing import Entries
from tui.board.views.intake.screen import IntakeScreen


def in_doubt(school, state: Delivery = Delivery.UNCERTAIN) -> None:
    """Let an answer to #1001 be stuck in this state."""
    school.do(lambda desk: commands.reply(desk, BEN, the(1001), "On my way"))

    def stuck(desk) -> None:
        with desk.writing() as writing:
            values = {"state": state.value, "error": "the line broke off", "attempts": 1}
            writing.connection.execute(update(outbox).values(**values))

    school.do(stuck)


async def on_intake(pilot, key: str) -> None:
    """Show the view of intake, the cursor on this line."""
    await opened(pilot)
    await pilot.press("7")
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, IntakeScreen) and app.screen.standing)
    for _ in range(20):
        entry = app.screen.query_one(Entries).entry
        if entry is not None and entry.key.startswith(key):
            return
        await pilot.press("j")
        await pilot.pause()
    raise AssertionError(f"there is no line {key}")


async def test_a_mail_in_doubt_is_decided_about_on_the_view_and_on_its_request(school):
    """``S`` asks; the conversation says how it stands."""
    in_doubt(school)
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await on_intake(pilot, "outbox")
        await pilot.press("S")
        await until(pilot, lambda: "Did they get it?" in painted(app))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: "maybe sent: the line broke off" in painted(app))
        await pilot.press("S")
        await until(pilot, lambda: "Did they get it?" in painted(app))
        await pilot.press("s")
        await until(pilot, lambda: "maybe sent" not in painted(app))
        state = asked(school, queries.outbox)[0].state
        assert state is Delivery.SENT


async def test_held_mail_is_wanted_read_again_opened_and_put_away(school):
    """Each is said, and shows on the line; putting away asks first."""
    now = school.clock.now()
    spam = letter(9, now, "Win a prize", ignore="it is advertising")
    school.do(lambda desk: commands.take_in(desk, "help", 1, [unreadable(8, now), spam]))
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await on_intake(pilot, "mail help/1/8")
        await pilot.press("R")
        await until(pilot, lambda: "to be read again" in painted(app))
        await pilot.press("d")
        await until(pilot, lambda: "Put this mail away?" in painted(app))
        await pilot.press("enter", "y")
        await until(pilot, lambda: "IN QUARANTINE" not in painted(app))
        await on_line(pilot, "mail help/1/9")
        await pilot.press("d")
        await said(pilot, "It is ignored already")
        await pilot.press("n")
        await until(pilot, lambda: "to become a request" in painted(app))
        held = asked(school, lambda desk: queries.mails(desk, [Outcome.IGNORED]))
        assert {each.place.uid: each.pending for each in held} == {8: False, 9: True}


async def on_line(pilot, key: str) -> None:
    """Put the cursor on a line of the view."""
    listed = pilot.app.screen.query_one(Entries)
    await pilot.press("g")
    for _ in range(20):
        if listed.entry is not None and listed.entry.key == key:
            return
        await pilot.press("j")
        await pilot.pause()
    raise AssertionError(f"there is no line {key}")


async def test_what_is_refused_on_the_view_says_why(school):
    """A second wish for the same mail."""
    mail = unreadable(8, school.clock.now())
    school.do(lambda desk: commands.take_in(desk, "help", 1, [mail]))
    async with school.board().run_test(notifications=True) as pilot:
        await on_intake(pilot, "mail help/1/8")
        await pilot.press("R")
        await said(pilot, "is read again")
        await pilot.press("R")
        await said(pilot, "looked at again")


async def test_views_are_reached_by_their_keys_from_everywhere(school):
    """7 from a request, back to it with esc, and 1 to the queue."""
    async with (app := school.board()).run_test() as pilot:
        await on_queue(pilot, 1001)
        await pilot.press("enter", "7")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await pilot.press("7", "escape")
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        await pilot.press("7")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        assert len(app.screen_stack) == 1


async def test_a_read_only_board_tells_no_key_that_it_refuses(school):
    """It says that it is read-only instead, at the foot and when a key is tried."""
    async with (app := school.board(VISITOR)).run_test(notifications=True) as pilot:
        await opened(pilot)
        foot = lines(app)[-1]
        assert ("read-only" in foot, "claim" in foot, "filter" in foot) == (True, False, True)
        for key in ("r", "E", "m", "s"):
            await pilot.press(key)
        await said(pilot, "This board is read-only")
        await pilot.press("7")
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen) and app.screen.standing)
        await until(pilot, lambda: "read-only" in lines(app)[-1])
        await pilot.press("R")
        assert isinstance(app.screen, IntakeScreen)


async def test_the_head_counts_what_waits_for_people(school):
    """Mail in doubt and mail that is held; the view's name has the sign."""
    in_doubt(school)
    school.do(lambda desk: commands.take_in(desk, "help", 1, [unreadable(8, school.clock.now())]))
    school.do(lambda desk: commands.mailbox_seen(desk, "help", 1, 1))
    async with (app := school.board(replace(ANA))).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "7 Intake ▲ 2" in lines(app)[1])
        assert "1 not sent or in doubt +1" in lines(app)[0]


def test_what_is_stuck_is_counted_and_what_is_only_on_its_way_is_not(school):
    """By state, with the age of the oldest."""
    began = school.clock.now()
    in_doubt(school, Delivery.PENDING)
    fresh = asked(school, queries.unsent)
    school.clock.advance(STUCK_AFTER)
    assert (fresh, asked(school, queries.unsent)) == (Unsent(), Unsent(1, began))
