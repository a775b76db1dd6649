"""What happens elsewhere shows on an open board, and moves nothing on it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from store import commands
from store.errors import StoreUnreachable
from store.facts.engine import Store
from store.policy.apply import apply_file
from store.queries import present
from store.records import Actor
from store.words import Ending, State
from tests.store.letters import letter
from tests.store.people import ANA, BEN, the
from tests.tui.board.school import lines, opened, said, toasts, until
from tui.board.widgets.footer import Footer


async def test_new_mail_appears_without_moving_anything(school):
    """Cursor, marks and scroll position stay on their requests."""
    school.ask_all([f"Older {n}" for n in range(30)], minutes=60)
    async with (app := school.board()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("G", "space", "k", "k")
        before = (app.queue.list.cursor, set(app.queue.list.rows.marked), app.queue.list.window)
        number = school.ask("Everything burns", minutes=100)
        await until(pilot, lambda: app.queue.list.order.place(number) is not None)
        after = (app.queue.list.cursor, set(app.queue.list.rows.marked), app.queue.list.window)
        assert (after, len(app.queue.list.order)) == (before, 38)


async def test_mail_from_the_poller_appears(school):
    """As the poller writes it, in one transaction for a batch."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        letters = [letter(n, school.clock.now(), f"Mail {n}") for n in range(1, 4)]
        school.do(lambda desk: commands.take_in(desk, "help", 1, letters))
        await until(pilot, lambda: len(app.queue.list.order) == 10)
        await until(pilot, lambda: any("Mail 3" in line for line in lines(app)))


async def test_a_colleagues_claim_shows(school):
    """In the list, without a toast: it was nobody's."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.claim(desk, BEN, the(1001)))
        await until(pilot, lambda: app.queue.list.rows.get(1001).assignee == "ben")
        assert toasts(app) == []


async def test_what_a_colleague_does_to_mine_is_told(school):
    """Ben takes over what Ana has, and resolves it."""
    school.do(lambda desk: commands.claim(desk, ANA, the(1001)))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.take_over(desk, BEN, the(1001)))
        await said(pilot, "Ben took #1001 over from Ana\nProjector dead, class waiting")
        school.do(lambda desk: commands.resolve(desk, BEN, the(1001), Ending.FIXED))
        await until(pilot, lambda: app.queue.list.order.place(1001) is None)
        assert len(toasts(app)) == 1


async def test_an_answer_to_mine_is_told(school):
    """A mail with our tag in its subject."""
    school.do(lambda desk: commands.claim(desk, ANA, the(1001)))
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        answer = letter(1, school.clock.now(), "Re: [#1001] Projector", tags=(1001,))
        school.do(lambda desk: commands.take_in(desk, "help", 1, [answer]))
        await said(pilot, "Grace Hopper wrote again on #1001")


async def test_what_happens_to_a_request_that_is_being_answered_is_told(school):
    """It is nobody's, but Ben resolves it while Ana writes."""
    async with school.board().run_test(notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("r", *"On my way")
        school.do(lambda desk: commands.resolve(desk, BEN, the(1001), Ending.FIXED))
        await said(pilot, "Ben resolved #1001: fixed")


async def test_many_changes_at_once_are_told_in_one_toast(school):
    """A colleague's bulk command is one thing that happened."""
    targets = [the(number) for number in (1001, 1002, 1006, 1007)]
    school.do(lambda desk: commands.many(desk, commands.claim, ANA, targets))
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.many(desk, commands.take_over, BEN, targets))
        await said(pilot, "4 changes to what you have: #1001, #1002, #1006 and 1 more")
        assert len(toasts(app)) == 1


async def test_a_request_becomes_overdue_while_the_board_is_open(school):
    """It moves up, its clock says so, and the cursor stays where it was."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("G")
        cursor = app.queue.list.cursor
        school.clock.advance(timedelta(minutes=11))
        app.tick()
        await until(pilot, lambda: any("overdue 0:01" in line for line in lines(app)))
        assert app.queue.list.cursor == cursor


async def test_when_the_desk_closes_the_clocks_say_so(school):
    """At noon everything that runs by the desk's hours stands still."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        school.clock.advance(timedelta(hours=1, minutes=19))
        app.tick()
        await until(pilot, lambda: any(" –  1003" in line for line in lines(app)))


def policy(tmp_path, keys):
    """Write the example config with other keys; return its path."""
    example = Path(__file__).parents[3] / "config.example.toml"
    text = example.read_text(encoding="utf-8").partition("\n[keys]")[0]
    (tmp_path / "config.toml").write_text(f"{text}\n[keys]\n{keys}\n", encoding="utf-8")
    return tmp_path / "config.toml"


async def test_a_new_policy_holds_at_once(school, tmp_path):
    """The desk's name is in the head, and the new key claims."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        apply_file(policy(tmp_path, 'claim = "f2"'), school.url)
        await until(pilot, lambda: "Northgate School IT" in lines(app)[0])
        assert app.queue.query_one(Footer).render().plain.strip().startswith("f2 claim")
        await pilot.press("c")
        await pilot.press("f2")
        await said(pilot, "claimed")


async def test_keys_of_a_policy_that_clash_are_refused(school, tmp_path):
    """The built-in ones hold, and a toast says what is wrong."""
    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        apply_file(policy(tmp_path, 'claim = "x"'), school.url)
        await said(pilot, 'the policy [keys] claim: "x" is already resolve')
        assert app.keymap.first("claim") == "c"


async def test_a_store_that_is_lost_is_stale_until_it_is_found_again(school, monkeypatch):
    """The board keeps what it shows, the keys work, and it goes on by itself."""
    monkeypatch.setattr("tui.board.link.RETRY_S", 0.05)
    reading = Store.reading

    def unreachable(_self):
        raise StoreUnreachable("the database deskwatch.db is gone")

    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        monkeypatch.setattr(Store, "reading", unreachable)
        app.link.look()
        await said(pilot, "the database deskwatch.db is gone")
        await until(pilot, lambda: "Stale" in lines(app)[0])
        await pilot.press("j", "c")
        await pilot.pause()
        assert app.queue.list.cursor == app.queue.list.order.number_at(1)
        monkeypatch.setattr(Store, "reading", reading)
        await until(pilot, lambda: "Stale" not in lines(app)[0])
        number = school.ask("After the break")
        await until(pilot, lambda: app.queue.list.order.place(number) is not None)


@pytest.mark.parametrize("key", ["2", "3", "4", "6"])
async def test_a_view_opened_while_the_store_is_lost_fills_when_it_is_found(
    school, monkeypatch, key
):
    """By itself, and at once."""
    monkeypatch.setattr("tui.board.link.RETRY_S", 0.05)
    reading = Store.reading

    def unreachable(_self):
        raise StoreUnreachable("the database deskwatch.db is gone")

    async with (app := school.board()).run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot)
        monkeypatch.setattr(Store, "reading", unreachable)
        app.link.look()
        await said(pilot, "the database deskwatch.db is gone")
        await pilot.press(key)
        await until(pilot, lambda: app.screen.ready)
        assert app.screen.known is None
        monkeypatch.setattr(Store, "reading", reading)
        await until(pilot, lambda: app.screen.known is not None)


async def test_a_command_while_the_store_is_lost_says_why_not(school, monkeypatch):
    """At once, without waiting for the store."""
    monkeypatch.setattr("tui.board.link.RETRY_S", 60)

    def unreachable(_self):
        raise StoreUnreachable("the database is gone")

    async with (app := school.board()).run_test(notifications=True) as pilot:
        await opened(pilot)
        monkeypatch.setattr(Store, "reading", unreachable)
        monkeypatch.setattr(Store, "writing", unreachable)
        app.link.look()
        await said(pilot, "the database is gone")
        before = list(app._notifications)
        await pilot.press("c")
        await until(pilot, lambda: list(app._notifications) != before)
        assert toasts(app) == ["the database is gone"]  # said twice, it stands there once


@pytest.mark.parametrize(("read_only", "here"), [(False, {"ana"}), (True, set())])
async def test_an_open_board_is_somebodys_presence(school, read_only, here):
    """Unless it only looks on; and it is gone when the board is."""
    seen = []
    me = Actor("ana", "Ana Lovelace", ANA.role, read_only)
    async with school.board(me).run_test() as pilot:
        await opened(pilot)
        school.do(lambda desk: seen.append(set(present(desk))))
    school.do(lambda desk: seen.append(set(present(desk))))
    assert seen == [here, set()]


async def test_who_has_a_request_open_shows_in_the_list(school):
    """Their initials, behind the subject."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.presence(desk, BEN, 1001, "ben's"))
        app.link._want(app.link._session.count)
        await until(pilot, lambda: any("Projector" in line and "BO" in line for line in lines(app)))


async def test_thousands_of_changes_at_once_are_taken_as_a_new_order(school):
    """More than are told one by one."""
    async with (app := school.board()).run_test() as pilot:
        await opened(pilot)
        at = school.clock.now()
        letters = [letter(n, at, f"Storm {n}") for n in range(1, 2_101)]
        school.do(lambda desk: commands.take_in(desk, "help", 1, letters))
        await until(pilot, lambda: len(app.queue.list.order) == 2_107)
        assert app.queue.list.missing() == [] or app.queue.list.window


async def test_waiting_requests_stand_behind_the_others(school):
    """Groups of the queue in their order."""
    async with (app := school.board()).run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        school.do(lambda desk: commands.wait(desk, BEN, the(1003), State.WAITING_SUPPLIER))
        await until(pilot, lambda: app.queue.list.rows.get(1003).state is State.WAITING_SUPPLIER)
        numbers = app.queue.list.order.numbers(0, 99)
        assert numbers[:2] == [1001, 1002]
