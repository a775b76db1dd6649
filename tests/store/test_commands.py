"""Commands: who may, when it is possible, and exactly one event for each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import commands
from store.errors import LostRace, NotAllowed, NotFound, NotPossible
from store.facts.mail import outbox
from store.facts.messages import message
from store.facts.people import mail_address
from store.new_requests import NewRequest
from store.records import Address
from store.words import Channel, Ending, Happened, Level, State
from tests.conftest import NOW
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, CHI, HOPPER, VISITOR, a_request, the

SOON = NOW + timedelta(hours=2)
WAITING = State.WAITING_REQUESTER


@pytest.fixture
def number(desk) -> int:
    """A new request that nobody has."""
    return a_request(desk)


def last(desk, number):
    """Return the newest event of a request, and check that it is the only new one."""
    events = history(desk, number)
    assert [each.version for each in events] == list(range(1, len(events) + 1))
    assert how(desk, number)["version"] == len(events)
    assert verified(desk) == []
    return events[-1]


# ---------------------------------------------------------------------------- ownership


def test_a_claim_makes_it_mine_and_open(desk, number):
    """Nobody had it; now Ben has, and the toast says so."""
    done = commands.claim(desk, BEN, the(number, 1))
    assert (done.number, done.version, done.text) == (number, 2, f"#{number} claimed")
    assert (how(desk, number)["assignee"], how(desk, number)["state"]) == ("ben", State.OPEN)
    event = last(desk, number)
    assert (event.id, event.actor, event.what) == (done.event_id, "ben", Happened.CLAIMED)
    assert event.old == {"assignee": "", "state": "new"}
    assert event.new == {"assignee": "ben", "state": "open"}


def test_the_second_claim_is_told_who_was_first(desk, clock, number):
    """Chi's board still showed it as nobody's."""
    commands.claim(desk, BEN, the(number, 1))
    clock.advance(timedelta(seconds=4))
    with pytest.raises(LostRace, match=f"^Ben claimed #{number} 4 s ago$"):
        commands.claim(desk, CHI, the(number, 1))
    assert how(desk, number)["assignee"] == "ben"


def test_ones_own_changes_are_no_race(desk, number):
    """Two quick keys, and the second went out before the first had come back."""
    commands.claim(desk, BEN, the(number, 1))
    commands.wait(desk, BEN, the(number, 1), WAITING)
    assert how(desk, number)["state"] == WAITING


def test_a_claim_of_what_one_has_or_another_has_says_so(desk, number):
    """The way on is named."""
    commands.claim(desk, BEN, the(number))
    with pytest.raises(NotPossible, match="is yours already"):
        commands.claim(desk, BEN, the(number))
    with pytest.raises(NotPossible, match=f"Ben has #{number}; take it over instead"):
        commands.claim(desk, CHI, the(number))


def test_only_a_lead_moves_other_peoples_work(desk, number):
    """A technician may give away and release what is their own or nobody's."""
    commands.assign(desk, CHI, the(number), "ben")
    for move in (
        lambda who: commands.assign(desk, who, the(number), "dee"),
        lambda who: commands.release(desk, who, the(number)),
    ):
        with pytest.raises(NotAllowed, match=f"Ben has #{number}: only a lead moves"):
            move(CHI)
    commands.assign(desk, BEN, the(number), "dee")
    commands.release(desk, ANA, the(number))
    assert how(desk, number)["assignee"] == ""
    assert last(desk, number).what == Happened.RELEASED


def test_everybody_may_take_over_and_the_history_says_so(desk, number):
    """*I'll take that* needs no leave."""
    commands.claim(desk, BEN, the(number))
    done = commands.take_over(desk, CHI, the(number))
    assert done.text == f"#{number} taken over from Ben"
    assert last(desk, number).old == {"assignee": "ben"}


def test_nobody_can_be_given_work_who_is_not_on_the_desk(desk, number):
    """A login that the policy does not name."""
    with pytest.raises(NotFound, match="Nobody on the desk has the login 'zed'"):
        commands.assign(desk, ANA, the(number), "zed")


def test_who_may_only_look_changes_nothing(desk, number):
    """Every command refuses a read-only board."""
    target = the(number)
    for command in (
        lambda: commands.claim(desk, VISITOR, target),
        lambda: commands.note(desk, VISITOR, target, "x"),
        lambda: commands.undo(desk, VISITOR),
        lambda: commands.open_request(desk, VISITOR, NewRequest(HOPPER, "x")),
    ):
        with pytest.raises(NotAllowed, match="You are only looking"):
            command()
    assert last(desk, number).version == 1


def test_a_number_that_is_none_is_not_found(desk):
    """There is no request 999."""
    with pytest.raises(NotFound, match="There is no request #999"):
        commands.claim(desk, BEN, the(999))


# ------------------------------------------------------------------------------ waiting


def test_a_wait_pauses_and_a_resume_goes_on(desk, clock, number):
    """While paused there is no due time, only time left; it is the same afterwards."""
    commands.reply(desk, BEN, the(number), "Which room?")
    before = how(desk, number)["due_at"]
    commands.wait(desk, BEN, the(number), WAITING, SOON)
    paused = how(desk, number)
    assert (paused["clock_paused"], paused["due_at"], paused["wait_until"]) == (True, None, SOON)
    assert paused["remaining_us"] > 0
    clock.advance(timedelta(hours=1))
    commands.resume(desk, BEN, the(number))
    going = how(desk, number)
    assert (going["state"], going["wait_until"], going["clock_paused"]) == ("open", None, False)
    assert going["due_at"] > before
    assert last(desk, number).what == Happened.RESUMED


def test_a_wait_can_be_given_another_end(desk, clock, number):
    """Only the time changes, and the clocks stand still as before."""
    commands.wait(desk, BEN, the(number), WAITING)
    commands.wait(desk, BEN, the(number), WAITING, SOON)
    assert last(desk, number).new == {"wait_until": SOON.isoformat()}
    with pytest.raises(NotPossible, match="waits for the requester already"):
        commands.wait(desk, BEN, the(number), WAITING, SOON)


def test_waits_end_by_themselves_when_their_time_has_come(desk, clock, number):
    """Housekeeping resumes what waited only until now, and leaves the others."""
    other = a_request(desk, "Other")
    commands.wait(desk, BEN, the(number), WAITING, SOON)
    commands.wait(desk, BEN, the(other), WAITING)
    assert commands.end_waits(desk) == []
    clock.advance(timedelta(hours=3))
    assert [done.number for done in commands.end_waits(desk)] == [number]
    assert last(desk, number).actor == ""
    assert how(desk, other)["state"] == WAITING


def test_what_was_resolved_two_weeks_ago_is_closed_by_itself(desk, number, clock):
    """And what is still open, or was opened again, is left alone."""
    again, still = a_request(desk, "Again"), a_request(desk, "Still")
    for each in (number, again):
        commands.resolve(desk, BEN, the(each), Ending.FIXED)
    commands.reopen(desk, BEN, the(again))
    clock.advance(timedelta(days=13))
    assert commands.close_resolved(desk) == []
    clock.advance(timedelta(days=1))
    assert [done.number for done in commands.close_resolved(desk)] == [number]
    states = [how(desk, each)["state"] for each in (number, again, still)]
    assert states == [State.CLOSED, State.OPEN, State.NEW]
    assert last(desk, number).actor == ""


def test_a_time_that_has_passed_is_refused(desk, number):
    """Waiting or snoozing until yesterday is a slip of the finger."""
    for command in (
        lambda: commands.wait(desk, BEN, the(number), WAITING, NOW),
        lambda: commands.snooze(desk, BEN, the(number), NOW),
    ):
        with pytest.raises(NotPossible, match="That time has passed already"):
            command()


def test_a_snooze_puts_away_and_brings_back(desk, number):
    """Its clocks run on all the while."""
    due = how(desk, number)["due_at"]
    done = commands.snooze(desk, BEN, the(number), SOON)
    assert done.text == f"#{number} snoozed until Mon 23 Nov 12:42"
    assert (how(desk, number)["snoozed_until"], how(desk, number)["due_at"]) == (SOON, due)
    commands.snooze(desk, BEN, the(number), None)
    assert last(desk, number).new == {"snoozed_until": None}
    with pytest.raises(NotPossible, match="is not snoozed"):
        commands.snooze(desk, BEN, the(number), None)


# ------------------------------------------------------------------------------- rating


def test_the_matrix_makes_the_priority(desk, number):
    """People say impact and urgency; due times follow."""
    before = how(desk, number)["due_at"]
    done = commands.rate(desk, BEN, the(number), Level.HIGH, Level.HIGH)
    assert done.text == f"#{number} is P1: impact high, urgency high"
    assert how(desk, number)["due_at"] < before
    assert last(desk, number).new == {"impact": "high", "urgency": "high", "priority": "P1"}
    with pytest.raises(NotPossible, match="rated so already"):
        commands.rate(desk, BEN, the(number), Level.HIGH, Level.HIGH)


def test_an_emergency_ends_a_wait_and_runs_round_the_clock(desk, number):
    """Its clock counts from the declaration, by its own targets."""
    commands.wait(desk, BEN, the(number), WAITING, SOON)
    commands.emergency(desk, BEN, the(number), "The whole school has no network")
    row = how(desk, number)
    assert (row["state"], row["emergency_at"], row["wait_until"]) == ("open", NOW, None)
    assert (row["clock_calendar"], row["due_at"]) == ("always", NOW + timedelta(minutes=15))
    assert last(desk, number).detail == {"text": "The whole school has no network"}
    with pytest.raises(NotPossible, match="is an emergency already"):
        commands.emergency(desk, BEN, the(number), "again")


def test_an_emergency_needs_its_sentence(desk, number):
    """What stands still, for whom."""
    with pytest.raises(NotPossible, match="An emergency needs some words"):
        commands.emergency(desk, BEN, the(number), " \n ")


# ------------------------------------------------------------------------- conversation


def test_a_reply_goes_to_the_outbox_in_the_thread_of_the_request(desk, number):
    """Row, outbox and event in one go, with a Message-ID of ours that cannot be guessed."""
    commands.reply(desk, BEN, the(number), "Coming at eleven.\n")
    out = rows(desk, message)[-1]
    sent = dict(zip(message.c.keys(), out, strict=True))
    assert (sent["direction"], sent["text"]) == ("out", "Coming at eleven.")
    assert sent["subject"] == f"Re: Projector dead, class waiting [#{number}]"
    assert sent["message_id"].startswith(f"deskwatch.{number}.")
    assert sent["message_id"].endswith("@northgate.example")
    ((state, to, kind),) = rows(desk, outbox, "state", "recipients", "kind")
    assert (state, to, kind) == ("pending", [["Grace Hopper", HOPPER.address]], "reply")
    row = how(desk, number)
    assert (row["state"], row["messages"]) == (State.OPEN, 2)
    assert row["clock_metric"] != "first_response"
    assert last(desk, number).what == Happened.REPLIED


def test_a_reply_is_a_reminder_while_waiting(desk, number):
    """The wait goes on."""
    commands.wait(desk, BEN, the(number), WAITING)
    commands.reply(desk, BEN, the(number), "Have you seen my question?")
    assert how(desk, number)["state"] == WAITING


def test_who_has_no_address_cannot_be_replied_to(desk):
    """Asked at the counter, without a name even."""
    number = a_request(desk, requester=Address("somebody", ""))
    with pytest.raises(NotPossible, match="has no mail address to reply to; write a note"):
        commands.reply(desk, BEN, the(number), "Hello")
    assert rows(desk, mail_address) == []


def test_a_note_stays_inside_and_moves_no_clock(desk, number):
    """First response is what the requester sees."""
    due = how(desk, number)["due_at"]
    commands.note(desk, BEN, the(number), "Lamp?\x1b[31m")
    assert rows(desk, message, "direction", "text")[-1] == ("note", "Lamp?[31m")
    assert rows(desk, outbox) == []
    assert (how(desk, number)["due_at"], how(desk, number)["messages"]) == (due, 2)
    assert last(desk, number).what == Happened.NOTED


# ------------------------------------------------------------------------------- ending


def test_a_resolution_says_how_and_who(desk, number):
    """Nobody had it: it is the resolver's now; no clock runs any more."""
    commands.resolve(desk, BEN, the(number), Ending.GUIDED, "Showed her the switch")
    row = how(desk, number)
    assert (row["state"], row["ending"], row["resolved_at"]) == ("resolved", "guided", NOW)
    assert (row["assignee"], row["live"], row["due_at"], row["clock_metric"]) == (
        "ben",
        False,
        None,
        "",
    )
    assert last(desk, number).detail["text"] == "Showed her the switch"


def test_a_request_that_ended_asks_for_no_more_work(desk, number):
    """Each command says what to do first."""
    commands.resolve(desk, BEN, the(number), Ending.DONE)
    for command in (
        lambda: commands.claim(desk, CHI, the(number)),
        lambda: commands.wait(desk, CHI, the(number), WAITING),
        lambda: commands.rate(desk, CHI, the(number), Level.HIGH, Level.HIGH),
        lambda: commands.resolve(desk, CHI, the(number), Ending.DONE),
    ):
        with pytest.raises(NotPossible, match="is resolved; re-open it first"):
            command()


def test_it_can_be_opened_again_and_closed_for_good(desk, clock, number):
    """Closing needs a resolution; re-opening goes on with the clocks."""
    with pytest.raises(NotPossible, match="not resolved yet; resolve it first"):
        commands.close(desk, BEN, the(number))
    commands.resolve(desk, BEN, the(number), Ending.DONE)
    commands.close(desk, BEN, the(number))
    clock.advance(timedelta(days=1))
    commands.reopen(desk, ANA, the(number))
    row = how(desk, number)
    assert (row["state"], row["resolved_at"], row["live"]) == ("open", None, True)
    assert last(desk, number).what == Happened.REOPENED
    with pytest.raises(NotPossible, match="is not resolved"):
        commands.reopen(desk, ANA, the(number))


# ------------------------------------------------------------------------------ opening


def test_a_request_at_the_counter_takes_what_the_catalogue_says(desk):
    """Kind, impact and urgency of the service, the department of the address."""
    number = a_request(desk, "Laptop for Monday", service="laptops", channel=Channel.PHONE)
    row = how(desk, number)
    assert (row["kind"], row["department"], row["channel"]) == ("service", "maths", "phone")
    assert row["due_at"] is not None
    with pytest.raises(NotFound, match="There is no service 'boats'"):
        a_request(desk, service="boats")


def test_one_person_asks_twice_and_is_one_person(desk):
    """Known by address, whatever the case of its letters."""
    first = a_request(desk)
    second = a_request(desk, requester=Address("G. Hopper", HOPPER.address.upper()))
    assert how(desk, first)["requester_id"] == how(desk, second)["requester_id"]
