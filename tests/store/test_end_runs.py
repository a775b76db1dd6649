"""Logging end-runs: opened, done or queued, once each, and counted only where they count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from store import commands, queries
from store.errors import NotAllowed, NotFound, NotPossible
from store.facts.mail import outbox
from store.facts.requests import request
from store.new_requests import EndRunEntry
from store.records import Address
from store.rules.roster import Roster, Rotation
from store.words import Channel, Ending, Happened, State
from tests.conftest import NOW
from tests.store.looking import history, how, rows, verified
from tests.store.people import ANA, BEN, HOPPER, VISITOR, a_request

ASKED = NOW - timedelta(minutes=20)
DONE = EndRunEntry("e1", HOPPER, "Projector in B12", "ben", ASKED, minutes=10, ending=Ending.DONE)


def test_what_is_done_already_is_opened_and_resolved(desk):
    """It is an end-run to Ben by R7, with its minutes; the requester gets no mail about it."""
    done = commands.log_end_run(desk, BEN, replace(DONE, service="projector"))
    assert done.text == "#1001 logged, 10 min: done for them"
    row = how(desk, 1001)
    assert (row["state"], row["assignee"], row["ending"]) == (State.RESOLVED, "ben", Ending.DONE)
    assert (row["end_run_person"], row["end_run_rule"]) == ("ben", "R7")
    assert (row["end_run_certainty"], row["minutes"]) == ("certain", 10)
    assert (row["received_at"], row["channel"]) == (ASKED, Channel.WALK_UP)
    assert [each.what for each in history(desk, 1001)] == [Happened.RECEIVED, Happened.RESOLVED]
    assert rows(desk, outbox) == []
    assert verified(desk) == []


def test_what_is_queued_is_nobodys(desk):
    """It waits for anybody like all that came through the front door."""
    done = commands.log_end_run(desk, BEN, replace(DONE, ending=None, channel=Channel.PHONE))
    assert done.text == "#1001 logged, 10 min: in the queue"
    row = how(desk, 1001)
    assert (row["state"], row["assignee"], row["channel"]) == (State.NEW, "", Channel.PHONE)
    assert row["live"]


def test_an_emergency_is_declared(desk):
    """Its clock runs at once, and it stays open."""
    done = commands.log_end_run(desk, BEN, replace(DONE, ending=None, emergency=True))
    assert done.text == "#1001 logged, 10 min: an emergency"
    assert how(desk, 1001)["emergency_at"] is not None
    assert verified(desk) == []


def test_an_entry_is_logged_once(desk):
    """However often it is sent: a board that crashed sends what it kept again."""
    commands.log_end_run(desk, BEN, DONE)
    again = commands.log_end_run(desk, BEN, DONE)
    assert (again.number, again.text) == (1001, "#1001 is logged already")
    assert commands.log_end_run(desk, BEN, replace(DONE, entry="e2")).number == 1002
    assert rows(desk, request, "number") == [(1001,), (1002,)]


def test_one_undo_takes_the_resolution_back(desk):
    """What was logged as done by mistake waits in the queue of whoever was asked."""
    commands.log_end_run(desk, BEN, DONE)
    (undone,) = commands.undo(desk, BEN)
    assert undone.text == "#1001: resolution taken back"
    assert how(desk, 1001)["live"]


def test_colleagues_do_not_go_around_the_desk(desk):
    """A request of a technician's own is never counted."""
    asks = Address("Ana Lovelace", "ana@northgate.example")
    done = commands.log_end_run(desk, BEN, replace(DONE, requester=asks))
    assert done.text.endswith("; no end-run, a colleague asked")
    assert how(desk, 1001)["end_run_person"] == ""


def test_who_has_the_watch_is_the_front_door(desk):
    """Asking the published contact at that moment is no end-run."""
    rotation = Rotation("main", date(2026, 1, 5), "00:00", ("ben",))
    roster = Roster("Europe/London", desk.rules.hours["desk"], [rotation], required="always")
    desk.rules = replace(desk.rules, roster=roster)
    done = commands.log_end_run(desk, ANA, DONE)
    assert done.text.endswith("; no end-run, Ben had the watch")
    assert how(desk, 1001)["end_run_person"] == ""


def test_people_without_an_address_are_known_by_their_name(desk):
    """The same name again is the same person; somebody with an address is somebody else."""
    for name in ("e1", "e2"):
        commands.log_end_run(desk, BEN, replace(DONE, entry=name, requester=Address("Jo", "")))
    a_request(desk, requester=Address("Jo", "jo@x.example"))
    first, second, third = rows(desk, request, "requester_id")
    assert first == second != third


@pytest.mark.parametrize(
    ("actor", "entry", "error"),
    [
        (VISITOR, DONE, NotAllowed),
        (BEN, replace(DONE, what=" "), NotPossible),
        (BEN, replace(DONE, whom="zoe"), NotFound),
        (BEN, replace(DONE, service="cars"), NotFound),
    ],
)
def test_what_cannot_be_logged_leaves_nothing(desk, actor, entry, error):
    """All of it or nothing."""
    with pytest.raises(error):
        commands.log_end_run(desk, actor, entry)
    assert rows(desk, request) == []


def test_the_directory_has_everybody_who_asked_and_how_often(desk):
    """And the people of the desk, with their logins."""
    a_request(desk)
    a_request(desk)
    commands.log_end_run(desk, BEN, replace(DONE, requester=Address("Jo", "")))
    found = {each.name: each for each in queries.directory(desk)}
    assert (found["Grace Hopper"].asked, found["Grace Hopper"].department) == (2, "maths")
    assert (found["Jo"].asked, found["Jo"].address) == (1, "")


def test_an_end_run_is_written_down_with_whom_it_went_to(desk):
    """Somebody stopped Ben in the corridor."""
    number = a_request(desk, end_run_person="ben", assignee="ben")
    row = how(desk, number)
    assert (row["end_run_person"], row["end_run_rule"], row["state"]) == ("ben", "R7", "open")
