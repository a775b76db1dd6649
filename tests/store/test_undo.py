"""Undo: what one did last is taken back, unless something else happened since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from store import commands
from store.errors import NotPossible
from store.facts.mail import outbox
from store.facts.messages import message
from store.records import Done
from store.words import Delivery, Ending, Happened, Level, State
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, CHI, a_request, the

CLOCKS = ("due_at", "warn_75_at", "warn_90_at", "clock_metric", "clock_paused", "remaining_us")
FACTS = (
    *("state", "assignee", "impact", "urgency", "priority", "emergency_at", "ending"),
    *("resolved_at", "wait_until", "snoozed_until", "messages", "live", *CLOCKS),
)


def facts(desk, number):
    """Return everything about a request but its version."""
    row = how(desk, number)
    return {name: row[name] for name in FACTS}


@pytest.mark.parametrize(
    "command",
    [
        lambda desk, at: commands.claim(desk, CHI, at),
        lambda desk, at: commands.assign(desk, CHI, at, "ben"),
        lambda desk, at: commands.wait(desk, CHI, at, State.WAITING_SUPPLIER),
        lambda desk, at: commands.snooze(desk, CHI, at, NOW + timedelta(days=1)),
        lambda desk, at: commands.rate(desk, CHI, at, Level.HIGH, Level.HIGH),
        lambda desk, at: commands.emergency(desk, CHI, at, "All stands still"),
        lambda desk, at: commands.note(desk, CHI, at, "A lamp?"),
        lambda desk, at: commands.resolve(desk, CHI, at, Ending.FIXED, "New lamp"),
    ],
    ids=["claim", "assign", "wait", "snooze", "rate", "emergency", "note", "resolve"],
)
def test_what_was_done_is_taken_back_as_if_it_had_not_been(desk, clock, command):
    """State, conversation and clocks stand as before; the history keeps both."""
    number = a_request(desk)
    before = facts(desk, number)
    clock.advance(timedelta(minutes=3))
    did = command(desk, the(number))
    clock.advance(timedelta(minutes=3))
    (done,) = commands.undo(desk, CHI)
    assert isinstance(done, Done)
    assert done.text.startswith(f"#{number}: ")
    assert facts(desk, number) == before
    undone = history(desk, number)[-1]
    assert (undone.what, undone.undoes) == (Happened.UNDONE, did.event_id)
    assert verified(desk) == []


def test_commands_are_taken_back_one_by_one_the_last_first(desk):
    """Each press of the key goes one step further back, then there is nothing left."""
    number = a_request(desk)
    commands.claim(desk, BEN, the(number))
    commands.wait(desk, BEN, the(number), State.WAITING_REQUESTER)
    commands.resume(desk, BEN, the(number))
    commands.resolve(desk, BEN, the(number), Ending.DONE)
    commands.close(desk, BEN, the(number))
    commands.reopen(desk, BEN, the(number))
    states = []
    for _ in range(6):
        commands.undo(desk, BEN)
        states.append(how(desk, number)["state"])
    assert states == ["closed", "resolved", "open", "waiting_requester", "open", "new"]
    with pytest.raises(NotPossible, match="There is nothing of yours to take back"):
        commands.undo(desk, BEN)
    assert verified(desk) == []


def test_a_note_taken_back_is_shown_no_more(desk):
    """It stays in the store, withdrawn."""
    number = a_request(desk)
    commands.note(desk, BEN, the(number), "Wrong request")
    commands.undo(desk, BEN)
    assert rows(desk, message, "direction", "withdrawn") == [("in", False), ("note", True)]


@pytest.mark.parametrize(
    ("state", "how_far"),
    [
        (Delivery.SENT, "has gone out"),
        (Delivery.SENDING, "is going out just now"),
        (Delivery.UNCERTAIN, "may have gone out"),
    ],
)
def test_mail_that_has_gone_out_is_not_taken_back_and_nor_is_what_was_before_it(
    desk, state, how_far
):
    """However often the key is pressed: it says so, and stays there."""
    number = a_request(desk)
    commands.claim(desk, BEN, the(number))
    commands.reply(desk, BEN, the(number), "On my way")
    with desk.writing() as writing:
        writing.connection.execute(update(outbox).values(state=state.value))
    for _ in range(2):
        with pytest.raises(
            NotPossible, match=f"The answer to #{number} {how_far}; it cannot be taken back"
        ):
            commands.undo(desk, BEN)
    commands.snooze(desk, BEN, the(number), NOW + timedelta(days=1))
    assert isinstance(commands.undo(desk, BEN)[0], Done)
    assert how(desk, number)["assignee"] == "ben"


def test_a_mail_that_still_waits_is_taken_back_and_never_goes_out(desk):
    """Of several requesters, too; what was done before it is the next to go back."""
    number = a_request(desk)
    before = facts(desk, number)
    commands.claim(desk, BEN, the(number))
    commands.reply(desk, BEN, the(number), "On my way")
    (done,) = commands.undo(desk, BEN)
    assert (done.text, rows(desk, outbox, "state")) == (
        f"#{number}: answer taken back",
        [("given_up",)],
    )
    commands.undo(desk, BEN)
    assert facts(desk, number) == before
    assert verified(desk) == []


def test_of_a_text_to_several_requesters_what_has_gone_out_stays(desk):
    """Its place in the answer says why; the others are never sent."""
    first, second = a_request(desk), a_request(desk, "Other")
    commands.many(desk, commands.reply, BEN, [the(first), the(second)], text="Power cut")
    with desk.writing() as writing:
        sent = update(outbox).where(outbox.c.id == 1).values(state="sent", sent_at=NOW)
        writing.connection.execute(sent)
    stays, back = commands.undo(desk, BEN)
    assert str(stays) == f"The answer to #{first} has gone out; it cannot be taken back"
    assert back.text == f"#{second}: answer taken back"


def test_what_others_have_built_upon_stays(desk, clock):
    """The line says who did what."""
    number = a_request(desk)
    commands.claim(desk, BEN, the(number))
    commands.take_over(desk, CHI, the(number))
    clock.advance(timedelta(minutes=2))
    with pytest.raises(NotPossible, match=f"Chi took #{number} over 2 min ago"):
        commands.undo(desk, BEN)
    commands.undo(desk, CHI)
    commands.undo(desk, BEN)
    assert how(desk, number)["state"] == State.NEW


def test_a_mail_that_came_since_is_something_else(desk):
    """It was read against what the command had made of the request."""
    commands.take_in(desk, "help", 1, [letter(1, NOW)])
    commands.claim(desk, BEN, the(1001))
    again = letter(2, NOW, "Re: x", refers_to=("1@mail.northgate.example",))
    commands.take_in(desk, "help", 1, [again])
    with pytest.raises(NotPossible, match="Grace Hopper wrote on #1001 just now"):
        commands.undo(desk, BEN)


# --------------------------------------------------------------------------------- bulk


def test_a_bulk_command_answers_for_each_request(desk):
    """One is somebody else's, one does not exist; the others are done."""
    numbers = [a_request(desk, f"No {place}") for place in range(3)]
    commands.claim(desk, BEN, the(numbers[1]))
    targets = [the(number) for number in (*numbers, 999)]
    results = commands.many(desk, commands.claim, CHI, targets)
    assert [str(each) if isinstance(each, Exception) else each.text for each in results] == [
        f"#{numbers[0]} claimed",
        f"Ben has #{numbers[1]}; take it over instead",
        f"#{numbers[2]} claimed",
        "There is no request #999",
    ]
    assert verified(desk) == []


def test_one_undo_takes_back_a_whole_bulk_command(desk, monkeypatch):
    """However many requests, and in however many transactions."""
    monkeypatch.setattr("store.commands.bulk._AT_ONCE", 5)
    numbers = [a_request(desk, f"No {place}") for place in range(13)]
    targets = [the(number) for number in numbers]
    commands.many(desk, commands.assign, ANA, targets, login="ben")
    commands.many(desk, commands.snooze, ANA, targets[:2], until=NOW + timedelta(days=1))
    assert len(commands.undo(desk, ANA)) == 2
    assert len(commands.undo(desk, ANA)) == 13
    assert {how(desk, number)["assignee"] for number in numbers} == {""}
    with pytest.raises(NotPossible, match="nothing of yours"):
        commands.undo(desk, ANA)


def test_what_was_built_upon_stays_when_the_rest_of_a_bulk_command_goes_back(desk):
    """Its place in the answer says why."""
    first, second = a_request(desk), a_request(desk, "Other")
    commands.many(desk, commands.assign, ANA, [the(first), the(second)], login="ben")
    commands.note(desk, BEN, the(first), "Working on it")
    stays, back = commands.undo(desk, ANA)
    assert str(stays) == (
        f"The assignment of #{first} cannot be taken back: Ben wrote a note on #{first} just now"
    )
    assert isinstance(back, Done)
    assert how(desk, first)["assignee"] == "ben"
    assert how(desk, second)["assignee"] == ""
