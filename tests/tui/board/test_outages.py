"""Outages, emergencies and claimed urgency from the board, on a real desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update
from textual.widgets import Input

from store import commands, queries
from store.facts.requests import request
from store.words import Happened, Level, OutageKind, State
from tests.conftest import NOW
from tests.store.outages import DARK, about_it, about_printing, person
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import lines, opened, said, until
from tui.board.queue import QueueScreen
from tui.board.screens.outage import KindDialog, OutageDialog, ParentDialog
from tui.board.screens.request import RequestScreen
from tui.board.views.fairness.screen import FairnessScreen
from tui.board.watch_words import Turn
from tui.board.widgets.side import Beside, StatusLine

#: The first number that the school has not given out.
NEXT = 1008


def painted(app) -> str:
    """Return the text on the screen."""
    return "\n".join(lines(app))


def line_of(app, number) -> str:
    """Return the line of a request in the queue."""
    return next((each for each in lines(app) if f" {number} " in each), "")


async def on_queue(pilot, number: int) -> None:
    """Put the cursor on a request."""
    app = pilot.app
    await until(pilot, lambda: app.queue.list.order.place(number) is not None)
    app.queue.list.go_to(app.queue.list.order.place(number))
    await until(pilot, lambda: [row.number for row in app.queue.rows()] == [number])


def take(school, *mails):
    """Take mails in, as a poller would."""
    school.do(lambda desk: commands.take_in(desk, "help", 1, mails))


def asked(school, question):
    """Return what the store answers."""
    answers = []
    school.do(lambda desk: answers.append(question(desk)))
    return answers[0]


async def test_a_request_becomes_the_parent_of_an_outage_with_one_key_and_a_form(school):
    """The service and telling words are there; the queue and its side tell of it."""
    take(school, about_it(1))
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await on_queue(pilot, NEXT)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, KindDialog))
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, OutageDialog))
        fields = {each.id: each.value for each in app.screen.query(Input) if each.id}
        assert fields == {"service": "Projectors", "words": "projector, room, dark", "text": ""}
        await pilot.press("enter", *"A fuse", "enter", *"2h", "enter")
        await said(pilot, f"#{NEXT} is the parent of a known outage")
        await until(pilot, lambda: "KNOWN TO BE DOWN" in painted(app))
        assert "▲ Projectors" in painted(app)
        assert "since 10:42, back 12:42" in painted(app)
        assert "outage" in line_of(app, NEXT)
        (known,) = asked(school, queries.outages)
        assert (known.words, known.text) == (("projector", "room", "dark"), "A fuse")
        await pilot.press("u")
        await said(pilot, "taken back")
        await until(pilot, lambda: "KNOWN TO BE DOWN" not in painted(app))


async def test_a_narrow_board_tells_of_an_outage_and_still_of_the_watch(school):
    """When the outage began gives way to who is there, and how many more there are is told."""
    async with (app := school.board()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await until(pilot, lambda: app.around.counted is not None)
        mail = ("E-mail", "since Thu 5 Nov 11:33, back 13:33", "back 13:33", "12 people")
        light = ("Projectors", "since 10:42", "", "1 person")
        turns = (Turn("now", "Ana Ben (2 in)", brief="Ana Ben (2 in)"),)
        status = app.queue.query_one(StatusLine)
        for outages, begin in (
            ((light,), " ▲ Projectors since 10:42 (1) · Ana Ben (2 in) "),
            ((mail, light), " ▲ E-mail back 13:33 (12) and 1 more · Ana Ben (2 in) "),
        ):
            status.tell(
                Beside(ANA, app.telling.names, turns, app.around.counted.summary, {}, outages, ())
            )
            assert status.render().plain.startswith(begin)


async def test_what_may_be_about_it_is_decided_with_one_key(school):
    """``y`` merges it and the others; the next ones join, and the count rises by itself."""
    take(school, about_it(1))
    school.do(lambda desk: commands.declare_outage(desk, ANA, the(NEXT), DARK))
    take(school, about_it(2), about_it(3))
    async with (app := school.board(BEN)).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "outage?" in line_of(app, NEXT + 1))
        await on_queue(pilot, NEXT + 1)
        await pilot.press("O")
        await until(pilot, lambda: f"Is it about the outage of #{NEXT}?" in painted(app))
        await pilot.press("enter", "y")
        await said(pilot, f"#{NEXT + 1} merged into #{NEXT}, and 1 more with it; further mail")
        await until(pilot, lambda: "outage ×3" in line_of(app, NEXT))
        take(school, about_it(4))
        await until(pilot, lambda: "outage ×4" in line_of(app, NEXT))
        await until(pilot, lambda: "4 people" in painted(app))
        await pilot.press("u")
        await said(pilot, "3 taken back")
        await until(pilot, lambda: "outage?" in line_of(app, NEXT + 2))


async def test_no_takes_the_question_away(school):
    """It is a request like any other then; esc decides nothing."""
    take(school, about_it(1))
    school.do(lambda desk: commands.declare_outage(desk, ANA, the(NEXT), DARK))
    take(school, about_it(2))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await on_queue(pilot, NEXT + 1)
        for key in ("escape", "n"):
            await pilot.press("O")
            await until(pilot, lambda: "Is it about the outage" in painted(app))
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, QueueScreen))
        await said(pilot, f"#{NEXT + 1} is not about #{NEXT}")
        await until(pilot, lambda: "outage?" not in line_of(app, NEXT + 1))


async def test_several_doubts_are_decided_at_once_and_other_marks_are_refused(school):
    """Exactly those that are marked."""
    take(school, about_it(1))
    school.do(lambda desk: commands.declare_outage(desk, ANA, the(NEXT), DARK))
    take(school, about_it(2), about_it(3), about_it(4))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        for number in (NEXT + 1, NEXT + 2, 1001):
            await until(pilot, lambda number=number: app.queue.list.rows.get(number))
            app.queue.list.toggle_mark(number)
        await until(pilot, lambda: len(app.queue.rows()) == 3)
        await pilot.press("O")
        await said(pilot, "Outage works on one request, or on those that may be about the same")
        app.queue.list.toggle_mark(1001)
        await pilot.press("O")
        await until(pilot, lambda: "y merges these 2 into" in painted(app))
        await pilot.press("y")
        await said(pilot, "2 merged")
        state = asked(school, lambda desk: queries.rows(desk, [NEXT + 3])[NEXT + 3].state)
        assert state is State.NEW


async def test_an_outage_is_changed_and_ended_on_the_screen_of_its_parent(school):
    """What is known stands among the facts, and in the form again."""
    take(school, about_it(1))
    facts = replace(DARK, ends_at=NOW + timedelta(hours=1))
    school.do(lambda desk: commands.declare_outage(desk, ANA, the(NEXT), facts))
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await on_queue(pilot, NEXT)
        await pilot.press("enter")
        await until(pilot, lambda: "asks first" in painted(app))
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, ParentDialog))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, OutageDialog))
        assert "2026-11-23 11:42" in painted(app)
        service = app.screen.query_one("#service", Input)
        service.value = "piano"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Which service? There are: Laptops; Printing" in painted(app))
        service.value = "print"
        await pilot.press("ctrl+s")
        await said(pilot, f"#{NEXT}: outage changed")
        (known,) = asked(school, queries.outages)
        assert (known.service, known.ends_at) == ("printing", NOW + timedelta(hours=1))
        await until(pilot, lambda: isinstance(app.screen, RequestScreen))
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, ParentDialog))
        await pilot.press("e")
        await said(pilot, f"#{NEXT}: outage is over")
        await until(pilot, lambda: "asks first" not in painted(app))


async def test_maintenance_to_come_is_planned_and_told_of(school):
    """From when until when; without an end it is no plan."""
    async with (app := school.board()).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        await on_queue(pilot, 1001)
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, KindDialog))
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, OutageDialog))
        await pilot.press("enter", *"New lamps", "enter", *"fri 18:00", "enter")
        await pilot.press(*"2h", "ctrl+s")
        await until(pilot, lambda: "It would end before it begins" in painted(app))
        await pilot.press("ctrl+u", *"fri 20:00", "ctrl+s")
        await said(pilot, "#1001 is the parent of planned maintenance")
        (known,) = asked(school, queries.outages)
        friday = NOW + timedelta(days=4)
        assert known.starts_at == friday.replace(hour=18, minute=0)
        assert (known.kind, known.ends_at) == (
            OutageKind.MAINTENANCE,
            friday.replace(hour=20, minute=0),
        )
        await until(pilot, lambda: "from Fri 27 Nov 18:00" in painted(app))


async def test_one_reply_says_whom_it_reaches(school):
    """All who wrote, and that nobody sees the others."""
    take(school, about_it(1))
    school.do(lambda desk: commands.declare_outage(desk, ANA, the(NEXT), DARK))
    take(school, about_it(2))
    school.do(lambda desk: commands.join_outage(desk, ANA, the(NEXT + 1)))
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await on_queue(pilot, NEXT)
        await pilot.press("r", *"Light again")
        await until(pilot, lambda: "all 2 people who wrote about it" in painted(app))
        await pilot.press("ctrl+s", "enter")
        await said(pilot, f"#{NEXT} answered")
        (mail,) = asked(school, lambda desk: queries.outbox(desk, number=NEXT))
        assert mail.to == (person(1), person(2))


async def test_what_is_over_leaves_no_question_behind(school):
    """When somebody else resolves the parent, no row says any more that it may be about it."""
    take(school, about_it(1))
    school.do(lambda desk: commands.declare_outage(desk, ANA, the(NEXT), DARK))
    take(school, about_it(2))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "outage?" in line_of(app, NEXT + 1))
        school.do(lambda desk: commands.end_outage(desk, BEN, the(NEXT)))
        await until(pilot, lambda: "outage?" not in line_of(app, NEXT + 1))


async def test_an_emergency_is_stood_down_with_a_sentence(school):
    """The same key; undo makes it one again."""
    school.do(lambda desk: commands.emergency(desk, BEN, the(1001), "All rooms are dark"))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        await on_queue(pilot, 1001)
        await pilot.press("!")
        await until(pilot, lambda: "Stand it down" in painted(app))
        await pilot.press(*"One room only", "enter")
        await said(pilot, "#1001 is no emergency any more: P1")
        await until(pilot, lambda: not app.queue.list.rows.get(1001).emergency)
        last = asked(school, lambda desk: queries.request(desk, 1001).history[-1])
        assert (last.what, last.text) == (
            Happened.STOOD_DOWN,
            "stood it down, it is no emergency: One room only",
        )
        await pilot.press("u")
        await said(pilot, "#1001: standing down taken back")
        await until(pilot, lambda: app.queue.list.rows.get(1001).emergency)


async def test_claimed_urgency_stands_beside_the_priority_and_moves_nothing(school):
    """In the queue as a word; in the view of fairness as a number."""
    mail = about_printing(1, subject="URGENT!!")
    triage = replace(mail.triage, claimed_urgent=True, impact=Level.LOW)
    take(school, replace(mail, triage=triage))
    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        await until(pilot, lambda: "urgent?" in line_of(app, NEXT))
        assert " P3 " in line_of(app, NEXT)
        await pilot.press("6")
        await until(pilot, lambda: isinstance(app.screen, FairnessScreen))
        await until(pilot, lambda: "all together" in painted(app))
        figures = {
            name: row.split()[-4:]
            for row in lines(app)
            for name in ("Mathematics", "all together")
            if name in row
        }
        assert figures == {
            "Mathematics": ["3", "1", "–", "–"],
            "all together": ["8", "1", "–", "–"],
        }
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, QueueScreen))


async def test_a_technician_sees_no_names_of_departments(school):
    """Only what all together do."""
    async with (app := school.board(BEN)).run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("6")
        await until(pilot, lambda: "all together" in painted(app))
        assert "Mathematics" not in painted(app)
        assert "Departments are shown to leads." in painted(app)


def claim_all(desk):
    """Let every request be called urgent."""
    with desk.writing() as writing:
        writing.connection.execute(update(request).values(claimed_urgent=True))


async def test_many_claims_have_a_share(school):
    """And few have none."""
    school.ask_all([f"Lamp {n}" for n in range(20)], impact=Level.LOW, urgency=Level.LOW)
    school.do(claim_all)
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("6")
        await until(pilot, lambda: "7 %" in painted(app))
