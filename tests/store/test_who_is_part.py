"""Forged senders, late end-runs, and when a person was asked: what triage finds, as it is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.commands import take_in
from store.records import Address
from store.words import Ending, Machine, Outcome, State
from tests.conftest import NOW
from tests.store.letters import DESK_ADDRESS, letter
from tests.store.looking import history, how, verified
from tests.store.people import BEN, the

BEN_ADDRESS = Address("Ben Okafor", "ben@northgate.example")
CHI_ADDRESS = Address("Chi Nakamura", "chi@northgate.example")
FORGED = "northgate.example says the sender failed its checks (spf)"
FIRST = ("1@mail.northgate.example",)


def take(desk, *items):
    """Take mails of the mailbox in."""
    return take_in(desk, "help", 7, items)


@pytest.fixture
def ended(desk, clock):
    """A request that ended long ago."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(timedelta(days=15))
    return desk


@pytest.mark.parametrize(
    ("to", "cc", "more", "found"),
    [
        ((BEN_ADDRESS,), (DESK_ADDRESS,), {}, ("ben", "R5", "probable")),
        ((CHI_ADDRESS,), (), {}, ("chi", "R5", "probable")),
        ((DESK_ADDRESS, BEN_ADDRESS), (), {}, ("", "", "")),
        ((DESK_ADDRESS,), (BEN_ADDRESS,), {}, ("", "", "")),
        ((BEN_ADDRESS,), (DESK_ADDRESS,), {"machine": Machine.LIST}, ("", "", "")),
        ((BEN_ADDRESS,), (DESK_ADDRESS,), {"sender": CHI_ADDRESS}, ("", "", "")),
    ],
)
def test_an_old_mail_answered_to_get_at_a_person_is_an_end_run(ended, clock, to, cc, more, found):
    """R5, with its reason; the desk's own people and lists are none."""
    mail = letter(2, clock.now(), "Re: x", refers_to=FIRST, to=to, cc=cc, **more)
    (taken,) = take(ended, mail)
    assert taken.outcome == Outcome.OPENED
    row = how(ended, 1002)
    kept = (row["end_run_person"], row["end_run_rule"], row["end_run_certainty"])
    assert kept == found
    reason = history(ended, 1002)[0].detail["why"][-1]
    assert reason.startswith("R5: it was sent to") == bool(found[0])
    assert verified(ended) == []


def test_an_answer_in_time_is_no_late_end_run(desk, clock):
    """It joins the request."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(timedelta(days=13))
    mail = letter(2, clock.now(), "Re: x", refers_to=FIRST, to=(BEN_ADDRESS,), cc=(DESK_ADDRESS,))
    assert take(desk, mail)[0].number == 1001


def test_a_forged_sender_joins_nothing_by_the_address(desk):
    """The request it would have joined is linked, and the reason is in the history."""
    take(desk, letter(1, NOW))
    (taken,) = take(desk, letter(2, NOW, "x [#1001]", tags=(1001,), spoofed=FORGED))
    assert (taken.outcome, how(desk, 1002)["linked_to"]) == (Outcome.OPENED, 1001)
    assert (
        "the sender may be forged and holds no mail of it"
        in history(desk, 1002)[0].detail["why"][0]
    )


def test_a_forged_colleague_answers_for_nobody(desk):
    """A mail that claims to be Ben's stops no clock, though it holds a mail of the request."""
    take(desk, letter(1, NOW))
    claims = {"sender": BEN_ADDRESS, "to": (Address("", "hopper@maths.northgate.example"),)}
    take(desk, letter(2, NOW, "Re: x", refers_to=FIRST, spoofed=FORGED, **claims))
    assert how(desk, 1001)["state"] == State.NEW
    assert how(desk, 1001)["clock_metric"] == "first_response"
    take(desk, letter(3, NOW, "Re: x", refers_to=FIRST, **claims))
    assert how(desk, 1001)["state"] == State.OPEN


def test_when_a_person_was_asked_is_kept_and_told(desk):
    """The clocks run from when the desk heard of it."""
    asked = NOW - timedelta(days=3)
    take(desk, letter(1, NOW, asked_at=asked))
    first = queries.request(desk, 1001).history[0]
    assert first.text == "asked by mail on Fri 20 Nov 10:42: P3"
    assert history(desk, 1001)[0].detail["asked_at"] == asked.isoformat()
    assert how(desk, 1001)["received_at"] == NOW
