"""Needs a hand: asked for by key, seen on every board, taken off somebody's hands."""

from __future__ import annotations

import pytest

from store import commands, queries
from store.words import Attendance
from tests.store.people import ANA, BEN, CHI, the
from tests.tui.board.school import lines, opened, said, toasts, until
from tests.tui.board.test_working import go, mark, row


async def shown(pilot, words):
    """Wait until it is on the screen."""
    await until(pilot, lambda: any(words in line for line in lines(pilot.app)))


async def test_o_asks_for_a_hand_and_o_again_does_not(school):
    """The row says so, with a sign and in words; the order stays."""
    async with (app := school.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        before = app.queue.list.order.numbers(0, 9)
        await go(pilot, 1003)
        await pilot.press("o")
        await said(pilot, "#1003 needs a hand; everybody who is in is told\nVPN drops")
        await shown(pilot, "VPN drops every hour  ⚑ hand")
        await shown(pilot, "⚑ NEEDS A HAND")
        assert app.queue.list.order.numbers(0, 9) == before
        await pilot.press("o")
        await said(pilot, "#1003 needs no hand any more")
        await until(pilot, lambda: not any("⚑" in line for line in lines(app)))


async def test_o_works_on_all_marked_rows(school):
    """Those that need none yet ask for one; one undo takes all of it back."""
    school.do(lambda desk: commands.offer(desk, BEN, the(1003)))
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        await mark(pilot, 1003, 1004)
        await pilot.press("o")
        await said(pilot, "#1004 needs a hand")
        await pilot.press("escape")
        await mark(pilot, 1003, 1004)
        await pilot.press("o")
        await said(pilot, "2 need no hand any more")
        await pilot.press("u")
        await said(pilot, "2 taken back")
    assert [row(school, number).offered for number in (1003, 1004)] == [True, True]


@pytest.mark.parametrize(
    ("me", "number", "why"),
    [
        (ANA, 1001, "Nobody has #1001; anybody may claim it"),
        (CHI, 1003, "Ben has #1003: only Ben or a lead can ask for a hand with it"),
    ],
    ids=["nobody's", "somebody else's"],
)
async def test_o_says_why_not(school, me, number, why):
    """What nobody has is there for everybody; what Ben has is for Ben to say."""
    async with school.board(me).run_test(notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, number)
        await pilot.press("o")
        await said(pilot, why)


async def test_a_colleague_who_needs_a_hand_is_told_of_and_helped(school):
    """A toast to who is in, the sign on the row, and t takes it off their hands."""
    async with (app := school.board()).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.offer(desk, BEN, the(1003)))
        await said(pilot, "Ben needs a hand with #1003\nVPN drops every hour")
        await shown(pilot, "⚑ Ben needs a hand: #1003")
        await shown(pilot, "VPN drops every hour  ⚑ needs a hand")
        await pilot.press("slash", *"@offered")
        await until(pilot, lambda: app.queue.list.order.numbers(0, 9) == [1003])
        await pilot.press("enter", "t")
        await said(pilot, "#1003 is off Ben's hands, and yours now")
    assert (row(school, 1003).assignee, row(school, 1003).offered) == ("ana", False)


async def test_whoever_was_helped_is_told_in_kind_words(school):
    """On his board, though he looks at something else."""
    school.do(lambda desk: commands.offer(desk, BEN, the(1003)))
    async with school.board(BEN).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.take_over(desk, ANA, the(1003)))
        await said(pilot, "Ana took #1003 off Ben's hands\nVPN drops every hour")


async def test_many_at_once_are_one_toast(school):
    """By the name of who needs a hand."""
    targets = [the(number) for number in (1003, 1004)]
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.many(desk, commands.offer, BEN, targets))
        await said(pilot, "Ben needs a hand with #1003, #1004")
        assert len(toasts(app)) == 1


async def test_who_is_away_is_left_alone(school):
    """The row has its sign all the same."""
    school.do(lambda desk: commands.be(desk, ANA, Attendance.AWAY))
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.offer(desk, BEN, the(1003)))
        await shown(pilot, "⚑ hand")
        assert toasts(app) == []


async def test_an_open_request_says_that_it_needs_a_hand(school):
    """Beside who has it, on the screen of the one request."""
    school.do(lambda desk: commands.claim(desk, ANA, the(1001)))
    async with school.board().run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await go(pilot, 1001)
        await pilot.press("enter")
        await shown(pilot, "open · Ana Lovelace")
        await pilot.press("o")
        await shown(pilot, "open · Ana Lovelace · needs a hand")
    found = []
    school.do(lambda desk: found.append(queries.offered(desk)))
    assert found == [{"ana": (1001,)}]
