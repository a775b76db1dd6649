"""What a requester was promised by when: noted, changed, kept, late, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import commands, queries
from store.errors import NotAllowed, NotPossible
from store.records import Address
from store.rules.promised import earlier, in_time, late
from store.words import Ending, Happened
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import history, how, take, verified
from tests.store.people import ANA, BEN, HOPPER, VISITOR, a_request, the

HOUR = timedelta(hours=1)
#: Friday 14:00 in London.
FRIDAY = NOW + timedelta(days=4, hours=3, minutes=18)


@pytest.fixture
def number(desk) -> int:
    """A request that Ben has."""
    return a_request(desk, assignee="ben")


def said(desk, number):
    """Return the newest line of a request's history."""
    newest = max(queries.request(desk, number).history, key=lambda each: each.id)
    return f"{newest.who} · {newest.text}"


def test_a_promise_is_noted(desk, number):
    """The row, the request and the history say by when, and what."""
    done = commands.promise(desk, BEN, the(number), FRIDAY, "the laptop \x1bis on their desk")
    assert done.text == f"#{number}: promised by Fri 27 Nov 14:00"
    view = queries.request(desk, number)
    assert (view.row.promised_at, view.promise) == (FRIDAY, "the laptop is on their desk")
    assert said(desk, number) == (
        "Ben · promised it by Fri 27 Nov 14:00: the laptop is on their desk"
    )
    assert history(desk, number)[-1].what == Happened.PROMISED
    assert verified(desk) == []


def test_a_promise_is_changed_and_taken_back(desk, number):
    """The last one counts; undo goes back one by one."""
    commands.promise(desk, BEN, the(number), FRIDAY, "soon")
    commands.promise(desk, ANA, the(number), FRIDAY + HOUR)
    view = queries.request(desk, number)
    assert (view.row.promised_at, view.promise) == (FRIDAY + HOUR, "")
    done = commands.take_back_promise(desk, BEN, the(number))
    assert done.text == f"#{number}: nothing is promised any more"
    assert said(desk, number) == "Ben · says that nothing is promised for it any more"
    (undone,) = commands.undo(desk, BEN)
    assert undone.text == f"#{number}: promise taken back"
    assert said(desk, number) == "Ben · took back what was said of a promise"
    commands.undo(desk, ANA)
    view = queries.request(desk, number)
    assert (view.row.promised_at, view.promise) == (FRIDAY, "soon")
    assert verified(desk) == []


def test_the_same_promise_may_have_other_words(desk, number):
    """But not the same ones again."""
    commands.promise(desk, BEN, the(number), FRIDAY, "soon")
    commands.promise(desk, BEN, the(number), FRIDAY, "a new lamp")
    assert queries.request(desk, number).promise == "a new lamp"
    with pytest.raises(NotPossible, match=f"#{number} is promised by Fri 27 Nov 14:00 already"):
        commands.promise(desk, BEN, the(number), FRIDAY)


def test_what_cannot_be_promised(desk, number):
    """The past, what has ended, by who only looks; nor can nothing be taken back."""
    with pytest.raises(NotPossible, match="That time has passed already"):
        commands.promise(desk, BEN, the(number), NOW)
    with pytest.raises(NotAllowed, match="You are only looking"):
        commands.promise(desk, VISITOR, the(number), FRIDAY)
    with pytest.raises(NotPossible, match=f"Nothing is promised for #{number}"):
        commands.take_back_promise(desk, BEN, the(number))
    commands.resolve(desk, BEN, the(number), Ending.FIXED)
    with pytest.raises(NotPossible, match=f"#{number} is resolved; re-open it first"):
        commands.promise(desk, BEN, the(number), FRIDAY)


@pytest.mark.parametrize(
    ("after", "kept", "words"), [(HOUR, "kept", "kept"), (100 * HOUR, "kept late", "late")]
)
def test_an_answer_keeps_it(desk, clock, number, after, kept, words):
    """In time or late, and the history says which; undo promises it again."""
    commands.promise(desk, BEN, the(number), FRIDAY)
    clock.advance(after)
    done = commands.reply(desk, BEN, the(number), "It is on your desk.")
    promise = "what was promised by Fri 27 Nov 14:00 is"
    assert done.text == f"#{number} answered; {promise} {kept}"
    assert (how(desk, number)["promised_at"], said(desk, number)) == (
        None,
        f"Ben · replied: {promise} {words}",
    )
    commands.undo(desk, BEN)
    assert how(desk, number)["promised_at"] == FRIDAY
    assert verified(desk) == []


def test_the_end_keeps_it(desk, number):
    """However it ends."""
    commands.promise(desk, BEN, the(number), FRIDAY)
    done = commands.resolve(desk, ANA, the(number), Ending.GUIDED)
    assert done.text.endswith("; what was promised by Fri 27 Nov 14:00 is kept")
    assert said(desk, number).startswith("Ana · resolved it: guided; what was promised by")
    commands.reopen(desk, ANA, the(number))
    assert how(desk, number)["promised_at"] is None


def test_an_answer_from_a_technicians_own_mail_keeps_it(desk, clock):
    """What the requester writes, or a note does not."""
    take(desk, letter(1, NOW, "Lamp"))
    commands.promise(desk, BEN, the(1001), FRIDAY)
    mine = {"refers_to": ("1@mail.northgate.example",)}
    take(desk, letter(2, clock.advance(HOUR), "Re: Lamp", **mine))
    commands.note(desk, BEN, the(1001), "Hm")
    assert how(desk, 1001)["promised_at"] == FRIDAY
    ben = Address("Ben Okafor", "ben@northgate.example")
    take(desk, letter(3, clock.advance(HOUR), "Re: Lamp", sender=ben, to=(HOPPER,), **mine))
    assert how(desk, 1001)["promised_at"] is None
    assert said(desk, 1001) == (
        "Ben Okafor · answered by mail: what was promised by Fri 27 Nov 14:00 is kept"
    )
    assert verified(desk) == []


@pytest.mark.parametrize("box", ["help", "ben-sent"])
@pytest.mark.parametrize(
    ("after", "kept"), [(HOUR, True), (-HOUR, False)], ids=["then answered", "answered before"]
)
def test_an_answer_keeps_what_was_promised_before_it(desk, clock, box, after, kept):
    """As the mail to the desk, or out of a Sent folder; it may be read after a later promise."""
    desk.rules = replace(desk.rules, sent_folders={"ben-sent": "ben"})
    take(desk, letter(1, NOW - 2 * HOUR, "Lamp"))
    commands.promise(desk, BEN, the(1001), FRIDAY)
    clock.advance(2 * HOUR)
    ben = Address("Ben Okafor", "ben@northgate.example")
    mine = {"refers_to": ("1@mail.northgate.example",), "sender": ben, "to": (HOPPER,)}
    commands.take_in(desk, box, 7, [letter(2, NOW + after, "Re: Lamp", **mine)])
    promised = None if kept else FRIDAY
    assert how(desk, 1001)["promised_at"] == promised
    assert queries.request(desk, 1001).history[-1].text == (
        "answered by mail: what was promised by Fri 27 Nov 14:00 is kept"
        if kept
        else "answered by mail"
    )
    assert verified(desk) == []


def test_a_merger_keeps_the_promise(desk, number):
    """Of two the earlier one; parted again, each has its own."""
    other = a_request(desk)
    commands.promise(desk, BEN, the(number), FRIDAY)
    commands.merge(desk, BEN, the(number), into=other)
    assert [how(desk, each)["promised_at"] for each in (number, other)] == [None, FRIDAY]
    commands.undo(desk, BEN)
    assert [how(desk, each)["promised_at"] for each in (number, other)] == [FRIDAY, None]
    assert verified(desk) == []


INSTANTS = st.none() | st.datetimes().map(lambda at: at.replace(tzinfo=NOW.tzinfo))


@given(INSTANTS, INSTANTS, INSTANTS.filter(bool))
def test_a_promise_is_late_exactly_when_nothing_that_comes_now_is_in_time(one, other, now):
    """And of two the earlier is kept, whichever was first."""
    assert late(one, now) == (one is not None and not in_time(one, now))
    assert earlier(one, other) == earlier(other, one)
    assert earlier(one, other) in {one, other}
    assert late(earlier(one, other), now) == (late(one, now) or late(other, now))
