"""A mail that is about something else gets a request of its own, and is put back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands, queries
from store.errors import NotPossible
from store.facts.mail import ledger
from store.words import Ending, Outcome, State
from tests.conftest import NOW
from tests.store.letters import key, letter
from tests.store.looking import how, rows, take, verified
from tests.store.people import ANA, BEN, HOPPER, the

LATER = timedelta(hours=2)


def test_a_split_message_opens_a_request_of_its_own(desk, clock):
    """As if it had: the one it went out of is resolved again, and later replies follow it."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "Re: projector", refers_to=(key(1),), text="New laptop"))
    assert how(desk, 1001)["state"] == State.OPEN
    done = commands.split(desk, ANA, the(1001, 3))
    assert done.text == "#1002 split off from #1001"
    assert how(desk, 1001)["state"] == State.RESOLVED
    assert how(desk, 1001)["due_at"] is None
    opened = how(desk, 1002)
    assert (opened["state"], opened["linked_to"]) == (State.NEW, 1001)
    assert opened["received_at"] == clock.now()
    assert opened["due_at"] > clock.now()
    assert rows(desk, ledger, "uid", "outcome", "number") == [
        (1, "opened", 1001),
        (2, "opened", 1002),
    ]
    assert verified(desk) == []
    (later,) = take(
        desk, letter(3, clock.now(), "Re: [#1001]", refers_to=(key(1), key(2)), tags=(1001,))
    )
    assert (later.outcome, later.number) == (Outcome.FOLLOWED_UP, 1002)
    assert verified(desk) == []


@pytest.fixture
def joined(desk, clock):
    """A request that waits for its requester's answer, and a mail that ended the wait."""
    take(desk, letter(1, NOW))
    commands.reply(desk, BEN, the(1001), "Which room?")
    commands.wait(desk, BEN, the(1001), State.WAITING_REQUESTER, NOW + timedelta(days=2))
    clock.advance(LATER)
    take(desk, letter(2, clock.now(), "Re: x", refers_to=(key(1),), text="Also: a new laptop"))
    return desk


def without_times(row):
    """Return a request's row but for what every event changes."""
    return {name: value for name, value in row.items() if name not in {"version", "changed_at"}}


def test_a_split_leaves_a_request_as_if_the_mail_had_never_come(joined, clock):
    """It waits again, until the same time, with the same clocks."""
    commands.split(joined, BEN, the(1001))
    row = how(joined, 1001)
    assert (row["state"], row["wait_until"]) == (
        State.WAITING_REQUESTER,
        NOW + timedelta(days=2),
    )
    assert row["clock_paused"]
    shown = queries.request(joined, 1001)
    assert [each.undone for each in shown.history] == [False, False, False, True, False]
    assert shown.history[-1].text == "split a message off into #1002"
    opened = queries.request(joined, 1002)
    assert opened.history[0].text == "asked by mail: P3, after #1001"
    assert opened.history[0].why == ("Ben Okafor split it off from #1001",)
    assert [each.text for each in opened.messages] == ["Also: a new laptop"]
    assert verified(joined) == []


def test_a_split_is_taken_back_with_one_key(joined):
    """The message is where it was; its number leads there for ever."""
    before = without_times(how(joined, 1001))
    account = rows(joined, ledger)
    commands.split(joined, BEN, the(1001))
    commands.undo(joined, BEN)
    assert without_times(how(joined, 1001)) == before
    assert rows(joined, ledger) == account
    assert queries.request(joined, 1002).merged_into == 1001
    assert queries.request(joined, 1002).history[-1].text == (
        "took back the split: it is part of #1001 again"
    )
    assert not queries.request(joined, 1001).history[3].undone
    (taken,) = take(joined, letter(3, NOW, "x [#1002]", tags=(1002,)))
    assert taken.number == 1001
    assert taken.reason == "its subject has our tag [#1002], which is part of #1001 now"
    assert verified(joined) == []
    with pytest.raises(NotPossible, match="wrote on #1001"):
        commands.undo(joined, BEN)


def test_a_split_whose_request_went_on_is_taken_back_by_merging(joined):
    """Somebody has claimed what was split off: that is not undone behind their back."""
    commands.split(joined, BEN, the(1001))
    commands.claim(joined, ANA, the(1002))
    with pytest.raises(
        NotPossible,
        match=r"^#1002 cannot be put back: Ana claimed #1002 .*; merge it into #1001 instead$",
    ):
        commands.undo(joined, BEN)
    commands.merge(joined, ANA, the(1002), into=1001)
    assert how(joined, 1001)["messages"] == 3
    assert verified(joined) == []


def test_what_was_done_on_the_strength_of_a_mail_stays_when_it_is_split_off(joined, clock):
    """Ben set it waiting for a supplier meanwhile: that is his, and the wait goes on."""
    commands.wait(joined, BEN, the(1001), State.WAITING_SUPPLIER)
    commands.split(joined, BEN, the(1001))
    assert how(joined, 1001)["state"] == State.WAITING_SUPPLIER
    metrics = {each.metric: each for each in queries.request(joined, 1001).clocks}
    assert metrics["next_response"].status == "not_started"
    assert verified(joined) == []


def test_an_older_message_can_be_split_off(joined, clock):
    """The one that is named, not the newest; a note or the first mail cannot."""
    take(joined, letter(3, clock.now(), "Re: x", refers_to=(key(1),), text="Room B12"))
    commands.note(joined, BEN, the(1001), "hm")
    ids = {each.text.split(",")[0]: each.id for each in queries.request(joined, 1001).messages}
    for text, says in (
        ("hm", "Only a mail that came to #1001"),
        ("Which room?", "Only a mail that came to #1001"),
        ("Projector dead", "That message opened #1001"),
    ):
        with pytest.raises(NotPossible, match=says):
            commands.split(joined, BEN, the(1001), ids[text])
    commands.split(joined, BEN, the(1001), ids["Also: a new laptop"])
    assert [each.text for each in queries.request(joined, 1002).messages] == ["Also: a new laptop"]
    commands.split(joined, BEN, the(1001))
    assert [each.text for each in queries.request(joined, 1003).messages] == ["Room B12"]
    with pytest.raises(NotPossible, match="No further mail has come to #1001: nothing to split"):
        commands.split(joined, BEN, the(1001))
    assert verified(joined) == []


def test_a_split_request_is_rated_as_the_mail_asks(desk, clock):
    """Not as the request it was taken for."""
    take(desk, letter(1, NOW))
    again = letter(2, NOW, "Re: x", refers_to=(key(1),), priority="P1", sender=HOPPER)
    take(desk, again)
    commands.split(desk, BEN, the(1001))
    row = how(desk, 1002)
    assert (row["priority"], row["requester_address"]) == ("P1", HOPPER.address)
    assert row["requester_id"] == how(desk, 1001)["requester_id"]


def test_thanks_that_were_split_off_are_not_counted(desk, clock):
    """It was no thanks for that request."""
    take(desk, letter(1, NOW))
    commands.resolve(desk, BEN, the(1001), Ending.FIXED)
    take(desk, letter(2, NOW, "Re: x", refers_to=(key(1),), thanks=True))
    assert queries.summary(desk, BEN).thanks_today == 1
    commands.split(desk, BEN, the(1001))
    assert queries.summary(desk, BEN).thanks_today == 0
    commands.undo(desk, BEN)
    assert queries.summary(desk, BEN).thanks_today == 1


def test_a_copy_of_a_split_mail_is_told_where_it_is(joined, clock):
    """The ledger has the request that the mail opened."""
    commands.split(joined, BEN, the(1001))
    copy = letter(
        9, clock.now(), "Re: x", refers_to=(key(1),), text="Also: a new laptop", message_id=key(2)
    )
    (taken,) = take(joined, copy)
    assert (taken.outcome, taken.number) == (Outcome.DUPLICATE, 1002)
