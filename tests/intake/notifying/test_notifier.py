"""The notifier with a real mail server and a real receiver of pushes."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from types import SimpleNamespace

from sqlalchemy import select

from intake.poller import Looked, Poller
from store import commands, queries
from store.facts.notices import notice
from store.policy.people import Person
from store.words import Ending
from tests.intake.conftest import both_stores, until
from tests.servers.dovecot import free_port
from tests.store.people import CHI, the

TEN = timedelta(minutes=10)


def states(desk):
    """Return (login, place, state, error) of the notices so far."""
    with desk.store.reading() as connection:
        found = connection.execute(select(notice).order_by(notice.c.id))
        return [(row.login, row.place, row.state, row.error) for row in found]


def history(desk, number):
    """Return what the history says of calls."""
    lines = [each.text for each in queries.request(desk, number).history]
    return [line for line in lines if "call" in line]


@both_stores
def test_somebody_is_called_within_seconds_and_the_next_after_ten_minutes(
    desk, clock, emergency, notifying, pushes, smtp
):
    """A declaration wakes the notifier; the answer ends it, and who was called can sleep on."""
    one, two = notifying(smtp), notifying(smtp)
    one.start()
    two.start()
    until(lambda: pushes.to("ben") and len(smtp.mails) == 1)
    clock.advance(TEN)
    commands.note(desk, CHI, the(emergency), "anything wakes it")
    until(lambda: pushes.to("chi") and len(smtp.mails) == 2)
    commands.on_it(desk, CHI, the(emergency))
    until(lambda: len(pushes.to("ben")) == 2 and len(smtp.mails) == 3)
    until(lambda: {state for _, _, state, _ in states(desk)} == {"sent", "given_up"})
    subject = f"Emergency [#{emergency}] Wi-Fi down"
    assert pushes.to("ben") == [subject, f"[#{emergency}] Chi is on it"]
    assert pushes.to("chi") == [subject]
    call = smtp.mails[0].decode()
    assert f"Subject: {subject}" in call
    assert "Auto-Submitted: auto-generated" in call
    assert "Reply-To: Northgate IT <help@northgate.example>" in call
    assert history(desk, emergency) == ["called Ben: mail, json", "called Chi: mail, json"]


def test_what_fails_in_one_place_stops_no_other(desk, clock, bell, emergency, notifying, pushes):
    """Each failure says why in the history, and passwords are nowhere."""
    pushes.status = 401
    wrong = ["foo://secret-token", "json://${NOT_SET}/x", pushes.url("ben")]
    assert notifying(ben=wrong).once(bell) == ""
    by_place = {place: (state, error) for _, place, state, error in states(desk)}
    assert by_place["foo"][0] == by_place["json"][0] == by_place["json 2"][0] == "failed"
    assert "does not understand this address" in by_place["foo"][1]
    assert "the environment variable NOT_SET is not set" in by_place["json"][1]
    assert by_place["json 2"][1] == (
        "the service answered 401: it does not accept our key or password"
    )
    pushes.status = 200
    # Nobody was reached, so it goes on at once.
    assert notifying().once(bell) == ""
    assert pushes.to("chi") == [f"Emergency [#{emergency}] Wi-Fi down"]
    said = " ".join(history(desk, emergency)) + str(states(desk))
    assert "could not call Ben by foo" in said
    assert not {"secret-token", "hunter2"} & set(said.replace(":", " ").split())


def test_a_service_that_cannot_be_reached_is_tried_again(desk, clock, bell, emergency, notifying):
    """Each time later; the mail goes its own way."""
    nowhere = f"json://127.0.0.1:{free_port()}"
    notifying(ben=[nowhere]).once(bell)
    assert states(desk)[0][1:] == ("json", "pending", "the service cannot be reached")
    due = queries.next_notice(desk)
    assert due is not None
    assert due > clock.now()
    clock.advance(timedelta(minutes=3))
    notifying(ben=[nowhere]).once(bell)
    assert [each.failed for each in queries.rows(desk, [emergency])[emergency].calls] == [True]


def test_a_service_that_never_answers_leaves_it_open_and_is_asked_once(
    desk, clock, bell, emergency, notifying, pushes
):
    """It may have arrived: nobody is called twice by it, and the next is called in time."""
    pushes.held.clear()
    slow = f"{pushes.url('ben')}?rto=0.2"
    notifying(ben=[slow]).once(bell)
    assert states(desk)[0][1:] == (
        "json",
        "uncertain",
        "the service did not say whether it has it",
    )
    pushes.held.set()
    notifying(ben=[slow]).once(bell)
    assert len(pushes.to("ben")) == 1


def test_a_poller_that_was_killed_while_it_sent_calls_nobody_twice(
    desk, clock, bell, emergency, notifying, pushes
):
    """What it had begun to hand over is in doubt; what it had only taken is sent."""
    names = {"ben": ("json", "json 2")}
    commands.call(desk, names)
    lost = [commands.lease_notice(desk, f"x/1/{n}", clock.now() + TEN) for n in range(2)]
    commands.hand_over_notice(desk, lost[0], clock.now() + TEN)
    clock.advance(timedelta(minutes=11))
    notifying(ben=[pushes.url("ben"), pushes.url("ben-too")]).once(bell)
    assert (pushes.to("ben"), len(pushes.to("ben-too"))) == ([], 1)
    assert [state for _, _, state, _ in states(desk)][:2] == ["uncertain", "sent"]


def test_nobody_is_told_twice_that_it_is_over(desk, bell, emergency, notifying, pushes):
    """Whatever ended it."""
    notifying().once(bell)
    commands.resolve(desk, CHI, the(emergency), Ending.FIXED)
    notifying().once(bell)
    notifying().once(bell)
    assert pushes.to("ben")[1:] == [f"[#{emergency}] it is resolved"]


def test_a_mail_server_that_is_down_keeps_no_push_waiting(desk, bell, emergency, notifying, pushes):
    """The mail is tried again, and says what is wrong."""
    notifying(SimpleNamespace(port=free_port())).once(bell)
    assert len(pushes.to("ben")) == 1
    assert states(desk)[0][1:3] == ("mail", "pending")
    assert "outgoing mail" in states(desk)[0][3]


def test_the_poller_calls_while_no_mailbox_can_be_reached(
    desk, bell, emergency, configured, pushes
):
    """And ends when it is told to."""
    people = [Person(name="Ben", login="ben", addresses=["b@x.example"], notify=[pushes.url("b")])]
    box = configured(SimpleNamespace(port=free_port(), user="nobody"))
    poller = Poller(desk, [box], people=people)
    thread = Thread(target=poller.run, args=[bell])
    thread.start()
    until(lambda: pushes.to("b"))
    bell.ring()
    thread.join(20)
    assert not thread.is_alive()
    # Run once, as by cron, it does the same: nothing is left to do.
    assert Poller(desk, [box], people=people).run_once(bell)[-1] == Looked("calls", "")
    assert len(pushes.to("b")) == 1
