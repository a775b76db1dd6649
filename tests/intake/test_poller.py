"""All mailboxes together: none waits for another, and the poller ends when told."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from intake import poller as poller_module
from intake.imap.connect import Patience, connect
from intake.poller import Looked, Poller
from store import commands, queries
from store.errors import StoreError, StoreUnreachable
from store.records import DESK, Target
from store.words import Outcome, State
from tests.intake.conftest import Followed, both_stores, health_of, mails, taken_in, until
from tests.servers.scripted import Scripted


def test_every_mailbox_is_looked_at_once(pymap_server, configured, desk, bell):
    """And each says how it went."""
    with pymap_server.client(None) as client:
        for folder in ("One", "Two"):
            client.create_folder(folder)
    pymap_server.deliver(mails(3), "One")
    pymap_server.deliver(mails(4, first=10), "Two")
    boxes = [
        configured(pymap_server, name="one", folder="One"),
        configured(pymap_server, name="two", folder="Two"),
        configured(pymap_server, name="three", folder="Three"),
    ]
    one, two, three = Poller(desk, boxes).run_once(bell)
    assert (one, two) == (Looked("one", ""), Looked("two", ""))
    assert three.error.startswith('mailbox "three": 127.0.0.1 refuses to open the folder "Three"')
    assert (taken_in(desk, "one"), taken_in(desk, "two")) == (
        {Outcome.OPENED: 3},
        {Outcome.OPENED: 4},
    )
    assert [health.connected for health in queries.mailbox_health(desk)] == [False] * 3


def test_one_bad_mailbox_delays_no_other(pymap_server, configured, desk, bell, monkeypatch):
    """A server that takes connections and says nothing."""
    soon = partial(connect, patience=Patience(connect=2, answer=2))
    monkeypatch.setattr("intake.mailbox.connect", soon)
    with pymap_server.client(None) as client:
        client.create_folder("Beside")
    with Scripted(greeting=b"") as silent:
        boxes = [
            configured(silent, name="bad"),
            configured(pymap_server, name="good", folder="Beside"),
        ]
        thread = threading.Thread(target=Poller(desk, boxes).run, args=[bell])
        thread.start()
        pymap_server.deliver(mails(2), "Beside")
        until(lambda: taken_in(desk, "good") == {Outcome.OPENED: 2}, 5)
        bell.ring()
        thread.join(5)
        assert not thread.is_alive()


@pytest.fixture
def impatient(monkeypatch):
    """Cuts connections soon."""
    monkeypatch.setattr(poller_module, "_TO_FINISH", 0.3)


@pytest.mark.dovecot
@pytest.mark.usefixtures("impatient")
def test_a_poller_ends_within_its_batch(dovecot, configured, user, desk, bell):
    """In the middle of a long look; what is committed is complete, the rest comes next time."""
    dovecot.deliver(user, mails(1000))
    stops = Followed(200, bell.ring)
    config = configured(dovecot)
    assert Poller(desk, [config], stops).run_once(bell) == [Looked("help", "")]
    half = sum(taken_in(desk).values())
    assert 200 <= half < 1000
    Poller(desk, [config]).run_once(bell)
    assert taken_in(desk) == {Outcome.OPENED: 1000}


@pytest.mark.dovecot
@both_stores
def test_two_pollers_at_once_double_nothing(dovecot, configured, user, desk, bell):
    """The ledger has one row for each message, whoever brings it."""
    dovecot.deliver(user, mails(600))
    config = configured(dovecot, after="seen")
    with ThreadPoolExecutor(2) as two:
        running = [two.submit(Poller(desk, [config]).run_once, bell) for _ in range(2)]
        assert [each.result()[0].error for each in running] == ["", ""]
    assert taken_in(desk) == {Outcome.OPENED: 600}
    assert queries.summary(desk, DESK).live == 600


@pytest.mark.dovecot
def test_a_store_that_is_down_for_a_while_loses_nothing(
    dovecot, configured, user, desk, working, monkeypatch
):
    """Tried again with growing pauses, until it takes the mail."""
    dovecot.deliver(user, mails(300))
    take_in, fails = commands.take_in, iter([False, True, True, True])

    def flaky(*args, **kwargs):
        if next(fails, False):
            raise StoreUnreachable("the database cannot be reached")
        return take_in(*args, **kwargs)

    monkeypatch.setattr(commands, "take_in", flaky)
    monkeypatch.setattr("intake.mailbox.Backoff.next", lambda self, at_least=0.0: 0.05)
    working(configured(dovecot), runs=True)
    until(lambda: taken_in(desk) == {Outcome.OPENED: 300})
    assert list(fails) == []


def test_the_timetable_drops_nothing_that_is_late(configured, desk):
    """Jobs that come late run once; the library's default forgets them after a second."""
    poller = Poller(desk, [configured(None)])
    timetable = poller._timetable()
    timetable.start(paused=True)
    jobs = {job.id: (job.trigger.interval.seconds, job) for job in timetable.get_jobs()}
    assert {name: seconds for name, (seconds, _) in jobs.items()} == {
        "look": 180,
        "look_again": 2,
        "write_standing": 30,
        "keep_house": 60,
        "supervise": 10,
    }
    assert {(job.misfire_grace_time, job.coalesce) for _, job in jobs.values()} == {(None, True)}
    timetable.shutdown()
    poller._close()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (StoreError("the database is busy"), "the database is busy"),
        (ValueError("text of a mail"), "ValueError, test_poller.py line"),
    ],
)
def test_a_job_that_fails_is_one_line_in_the_log(configured, desk, caplog, error, expected):
    """And the timetable goes on."""
    done = threading.Event()

    def it() -> None:
        done.set()
        raise error

    poller = Poller(desk, [configured(None)])
    timetable = poller._timetable()
    timetable.remove_all_jobs()
    timetable.add_job(it, id="it")
    with caplog.at_level(logging.WARNING, "intake"):
        timetable.start()
        assert done.wait(5)
        until(lambda: [each for each in caplog.records if each.name.startswith("intake")])
        timetable.shutdown()
    poller._close()
    [record] = [each for each in caplog.records if each.name.startswith("intake")]
    assert record.getMessage() == "the timetable's job failed"
    assert record.job == "it"
    assert str(record.error).startswith(expected)
    assert "text of a mail" not in str(record.error)


@pytest.mark.dovecot
def test_a_listening_mailbox_is_noted_as_alive(dovecot, configured, user, desk, clock, working):
    """So that boards can tell a quiet mailbox from a dead poller."""
    worker = working(configured(dovecot), runs=True)
    until(lambda: worker.standing._listening)
    before = health_of(desk).last_contact
    clock.advance(timedelta(seconds=30))
    worker.standing.still_there()
    assert (health_of(desk).last_contact - before).seconds == 30
    worker.stop()
    until(lambda: not health_of(desk).connected)
    clock.advance(timedelta(seconds=30))
    worker.standing.still_there()
    assert (health_of(desk).last_contact - before).seconds == 30


def test_housekeeping_ends_waits_that_are_over(configured, desk, clock, bell, pymap_server):
    """Nobody has to look at the clock."""
    with pymap_server.client(None) as client:
        client.create_folder("House")
    pymap_server.deliver(mails(1), "House")
    poller = Poller(desk, [configured(pymap_server, folder="House")])
    poller.run_once(bell)
    [number] = queries.board_index(desk)
    until_then = clock.now() + timedelta(hours=1)
    commands.wait(desk, DESK, Target(number.number), State.WAITING_REQUESTER, until_then)
    poller.keep_house()
    assert queries.request(desk, number.number).row.state is State.WAITING_REQUESTER
    clock.advance(timedelta(hours=2))
    poller.keep_house()
    assert queries.request(desk, number.number).row.state is State.OPEN


def test_a_thread_that_has_ended_is_started_anew(configured, desk, caplog):
    """It never should; but a poller that lost one would be silent."""
    poller = Poller(desk, [configured(None, port=1)])
    [worker] = poller._workers
    poller._start(worker, lambda _: None)
    until(lambda: not poller._threads["help"].is_alive())
    poller.supervise()
    assert poller._threads["help"].is_alive()
    poller._stop()
    poller._close()
    assert "its thread has ended" in caplog.text


def test_stopping_is_quick(pymap_server, configured, desk, bell):
    """While every worker listens."""
    with pymap_server.client(None) as client:
        client.create_folder("Quick")
    thread = threading.Thread(
        target=Poller(desk, [configured(pymap_server, folder="Quick")]).run, args=[bell]
    )
    thread.start()
    until(lambda: [each for each in queries.mailbox_health(desk) if each.connected])
    bell.ring()
    thread.join(20)  # the machine may be busy; what they wait for would take minutes
    assert not thread.is_alive()
    assert not health_of(desk).connected
