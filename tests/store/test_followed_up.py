"""What a mail does to the request it is about: waits, snoozes, clocks, ends, thanks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands
from store.words import Ending, Outcome, State
from tests.conftest import NOW
from tests.store.letters import DESK_ADDRESS, letter
from tests.store.looking import history, how, verified
from tests.store.people import ANA, BEN, HOPPER, the
from tests.store.taking import SUPPLIER, address_of, key, take


def test_a_requesters_mail_ends_the_wait_for_it(desk, clock):
    """One event resumes the request and starts the clock of the next answer."""
    take(desk, letter(1, NOW))
    commands.reply(desk, BEN, the(1001), "Which room?")
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER, NOW + timedelta(days=2))
    assert how(desk, 1001)["clock_paused"]
    clock.advance(timedelta(hours=1))
    take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), text="Room B12"))
    resumed = how(desk, 1001)
    assert resumed["state"] == State.OPEN
    assert resumed["wait_until"] is None
    assert not resumed["clock_paused"]
    assert history(desk, 1001)[-1].new == {"state": "open", "wait_until": None}
    assert verified(desk) == []


def test_a_suppliers_mail_does_not_end_the_wait_for_a_supplier(desk):
    """An automatic "we got your order" must not; a person reads it and resumes."""
    take(desk, letter(1, NOW))
    commands.wait(desk, BEN, the(1001), State.WAITING_SUPPLIER)
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), sender=SUPPLIER))
    assert how(desk, 1001)["state"] == State.WAITING_SUPPLIER
    assert history(desk, 1001)[-1].detail["by"] == "other"


def test_a_requesters_mail_wakes_a_snoozed_request(desk):
    """What was put away until Friday is back when the requester writes on Tuesday."""
    take(desk, letter(1, NOW))
    commands.snooze(desk, BEN, the(1001), NOW + timedelta(days=3))
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),)))
    assert how(desk, 1001)["snoozed_until"] is None


def test_a_mail_to_a_resolved_request_opens_it_again(desk, clock):
    """Its clocks go on where they stood."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(timedelta(days=2))
    take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), text="Dead again"))
    again = how(desk, 1001)
    assert (again["state"], again["ending"], again["resolved_at"]) == (State.OPEN, "", None)
    assert again["live"]
    assert again["due_at"] is not None
    assert verified(desk) == []


@pytest.mark.parametrize("days", [1, 100])
def test_a_thank_you_for_a_resolved_request_is_only_counted(desk, clock, days):
    """However late it comes, it opens nothing."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(timedelta(days=days))
    (taken,) = take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), thanks=True))
    assert (taken.outcome, taken.number) == (Outcome.FOLLOWED_UP, 1001)
    assert how(desk, 1001)["state"] == State.RESOLVED
    assert history(desk, 1001)[-1].what == "thanked"
    assert verified(desk) == []


def test_a_mail_to_a_long_closed_request_opens_a_linked_one(desk, clock):
    """After a fortnight it is new work; the history says what it came from."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    commands.close(desk, BEN, the(1001))
    clock.advance(timedelta(days=15))
    (taken,) = take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),)))
    assert (taken.outcome, taken.number) == (Outcome.OPENED, 1002)
    assert how(desk, 1002)["linked_to"] == 1001
    assert how(desk, 1001)["state"] == State.CLOSED
    assert "#1001 ended more than 14 days before" in taken.reason


def test_a_technicians_mail_to_the_requester_is_an_answer(desk):
    """Somebody answers from a mail program with the desk in Cc: the clock of response stops."""
    take(desk, letter(1, NOW))
    take(
        desk,
        letter(
            2,
            NOW,
            "Re: x",
            refers_to=(key(1),),
            sender=address_of("ben"),
            to=(HOPPER,),
            cc=(DESK_ADDRESS,),
        ),
    )
    assert history(desk, 1001)[-1].detail["by"] == "desk"
    assert how(desk, 1001)["state"] == State.OPEN
    assert how(desk, 1001)["clock_metric"] != "first_response"


def test_a_technicians_mail_to_the_desk_alone_is_no_answer(desk):
    """The requester has not heard of it."""
    take(desk, letter(1, NOW))
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), sender=address_of("ben")))
    assert history(desk, 1001)[-1].detail["by"] == "inside"
    assert how(desk, 1001)["clock_metric"] == "first_response"


def test_a_mail_that_was_late_does_not_turn_time_back(desk, clock):
    """It arrived before the answer was written and was fetched after it: it counts after."""
    take(desk, letter(1, NOW))
    clock.advance(timedelta(minutes=10))
    commands.reply(desk, ANA, the(1001), "On my way")
    take(desk, letter(2, NOW + timedelta(minutes=5), "Re: x", refers_to=(key(1),)))
    times = [each.at for each in history(desk, 1001)]
    assert times == sorted(times)
    assert how(desk, 1001)["clock_metric"] == "next_response"
