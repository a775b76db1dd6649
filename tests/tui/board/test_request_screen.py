"""The request screen on a real desk: live, together with others, through the queue."""

from __future__ import annotations

from store import commands
from store.words import Ending, State
from tests.store.letters import letter
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import lines, opened, said, until
from tui.board.queue import QueueScreen
from tui.board.screens.original import OriginalScreen
from tui.board.screens.request import RequestScreen


async def reading(pilot, number):
    """Open a request from the queue and wait until it is there."""
    app = pilot.app
    await opened(pilot)
    app.queue.list.go_to(app.queue.list.order.place(number))
    await pilot.press("enter")
    await until(pilot, lambda: getattr(app.screen, "view", None))
    return app.screen


def painted(app) -> str:
    """Return the text on the screen."""
    return "\n".join(lines(app))


async def test_an_answer_by_mail_appears_while_it_is_read(school):
    """The poller takes in a reply, and the conversation goes on by itself."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await reading(pilot, 1001)
        answer = letter(1, school.clock.now(), tags=(1001,), text="It works again, thank you")
        school.do(lambda desk: commands.take_in(desk, "help", 1, [answer]))
        await until(pilot, lambda: "It works again, thank you" in painted(app))
        assert "wrote again" in painted(app)


async def test_a_colleagues_deed_shows_in_head_and_history(school):
    """Ben claims what Ana is reading."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await reading(pilot, 1001)
        school.do(lambda desk: commands.claim(desk, BEN, the(1001)))
        await until(pilot, lambda: "open · Ben" in painted(app))
        assert "Ben claimed it" in painted(app)


async def test_two_people_in_one_request_see_each_other(school, monkeypatch):
    """Each board says who else has it open, and no more when they have left."""
    # Who only reads leaves no event that would wake the other board.
    monkeypatch.setattr("tui.board.link.COUNT_AT_LEAST_S", 0.3)
    async with (one := school.board(ANA)).run_test(size=(120, 36)) as pilot:
        await reading(pilot, 1001)
        async with (two := school.board(BEN)).run_test(size=(80, 24)) as other:
            await reading(other, 1001)
            await until(other, lambda: "Ana" in painted(two).split("\n")[3])
            assert "is reading this" in painted(two)
            await until(pilot, lambda: "Ben" in painted(one).split("\n")[3])
            await other.press("q")
            await until(pilot, lambda: "is reading this" not in painted(one))


async def test_next_and_previous_go_in_the_order_of_the_queue(school):
    """``J`` shows what stands below in the queue, ``K`` what stands above."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        order = [app.queue.list.order.number_at(place) for place in range(3)]
        screen = await reading(pilot, order[0])
        numbers = []
        for key in ("J", "J", "K"):
            await pilot.press(key)
            await until(pilot, lambda: screen.view.row.number == screen.number)
            numbers.append(screen.number)
        assert numbers == [order[1], order[2], order[1]]


async def test_the_original_of_a_mail_is_shown(school):
    """``v`` brings the bytes that came, read out of the store."""
    mail = letter(7, school.clock.now(), "Beamer dunkel", text="Der Beamer ist dunkel")
    school.do(lambda desk: commands.take_in(desk, "help", 1, [mail]))
    async with (app := school.board()).run_test() as pilot:
        await reading(pilot, 1008)
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, OriginalScreen))
        await pilot.pause()
        assert "7@mail.northgate.example" in painted(app)


async def test_why_a_mail_was_understood_so_stands_in_the_history(school):
    """The rules that fired are told under the event."""
    mail = letter(7, school.clock.now(), "Beamer dunkel")
    school.do(lambda desk: commands.take_in(desk, "help", 1, [mail]))
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await reading(pilot, 1008)
        assert "the word projector" in painted(app)


async def test_it_is_resolved_opened_again_and_undone_from_the_screen(school):
    """The screen stays on the request and shows each step."""
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        screen = await reading(pilot, 1003)
        await pilot.press("t")
        await until(pilot, lambda: screen.view.row.assignee == "ana")
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("f")
        await until(pilot, lambda: screen.view.row.state is State.RESOLVED)
        assert screen.view.ending is Ending.FIXED
        await pilot.press("x")
        await until(pilot, lambda: screen.view.row.state is State.OPEN)
        await pilot.press("u")
        await until(pilot, lambda: screen.view.row.state is State.RESOLVED)
        assert isinstance(app.screen, RequestScreen)


async def test_a_number_nobody_has_leads_back_to_the_queue(school):
    """Asked for by the palette: it is said, and nothing stays open."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        app.push_screen(RequestScreen(9999))
        await said(pilot, "9999")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))
