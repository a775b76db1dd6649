"""Pulling the next best request: what is taken, what never is, and two at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from store import commands, queries
from store.commands.pulling import parts
from store.desk import Desk
from store.errors import NotAllowed, NotPossible
from store.facts.engine import open_store
from store.records import Address
from store.words import Ending, Happened, Level, State
from tests.conftest import NOW
from tests.rulebook import PEOPLE, a_rulebook
from tests.store.letters import letter
from tests.store.looking import history, how, take, verified
from tests.store.people import ANA, BEN, CHI, VISITOR, a_request, the

HOUR = timedelta(hours=1)
LOW = {"impact": Level.LOW, "urgency": Level.LOW}
ITO = Address("Yuki Ito", "ito@office.northgate.example")


def skilled(desk) -> Desk:
    """Return the desk where printing asks for a skill, and Ben has it."""
    rules = a_rulebook()
    printing = replace(rules.services["printing"], skill="printers")
    ben = replace(PEOPLE["ben"], skills=("printers",))
    services = {**rules.services, "printing": printing}
    return Desk(desk.store, replace(rules, services=services, people={**PEOPLE, "ben": ben}))


def test_the_best_is_taken_and_says_why(desk):
    """The toast and the history do; the row is Ben's."""
    desk = skilled(desk)
    okoye = {"requester": Address("Ada Okoye", "okoye@science.northgate.example")}
    a_request(desk, "Dock", service="laptops", asked_at=NOW - HOUR, **okoye, **LOW)
    a_request(desk, "Toner", service="printing", asked_at=NOW - HOUR / 2, **LOW)
    old = {"service": "printing", "requester": ITO, "asked_at": NOW - 3 * HOUR / 4}
    number = a_request(desk, "Exam papers", **old, **LOW)
    done = commands.pull(desk, BEN)
    why = "P4, due Tue 09:57, you know Printing; Yuki Ito has waited longest"
    assert done.text == f"#{number} is yours: {why}"
    claimed = history(desk, number)[-1]
    assert (claimed.what, claimed.detail["why"]) == (Happened.CLAIMED, [f"next best: {why}"])
    assert queries.request(desk, number).history[-1].why == (f"next best: {why}",)
    assert how(desk, number)["assignee"] == "ben"
    assert verified(desk) == []


def test_one_after_the_other(desk, clock):
    """Emergencies, what is late, then by priority; undo gives the last one back."""
    calm = a_request(desk, "A", **LOW)
    urgent = a_request(desk, "B", impact=Level.HIGH, urgency=Level.MEDIUM)
    late = a_request(desk, "C", asked_at=NOW - timedelta(days=6), **LOW)
    dark = a_request(desk, "D", **LOW)
    commands.emergency(desk, ANA, the(dark), "All is dark")
    assert [commands.pull(desk, BEN).number for _ in range(3)] == [dark, late, urgent]
    commands.undo(desk, BEN)
    assert [commands.pull(desk, CHI).number for _ in range(2)] == [urgent, calm]
    assert how(desk, dark)["acknowledged_by"] == "ben"
    with pytest.raises(NotPossible, match="Nothing that you could take is waiting"):
        commands.pull(desk, BEN)


@pytest.mark.parametrize(
    "taken_care_of",
    [
        lambda desk, at: commands.claim(desk, ANA, at),
        lambda desk, at: commands.wait(desk, ANA, at, State.WAITING_SUPPLIER),
        lambda desk, at: commands.snooze(desk, ANA, at, NOW + HOUR),
        lambda desk, at: commands.resolve(desk, ANA, at, Ending.FIXED),
        lambda desk, at: (
            commands.emergency(desk, ANA, at, "All is dark"),
            commands.on_it(desk, ANA, at),
        ),
    ],
    ids=["somebody's", "waiting", "snoozed", "resolved", "an emergency somebody is on"],
)
def test_what_is_not_for_the_taking(desk, taken_care_of):
    """It stays where it is."""
    taken_care_of(desk, the(a_request(desk)))
    with pytest.raises(NotPossible, match="Nothing that you could take"):
        commands.pull(desk, BEN)


def test_whoever_has_too_much_is_warned_and_gets_it_all_the_same(desk):
    """The limit stops nobody."""
    for _ in range(10):
        a_request(desk, assignee="ben", **LOW)
    a_request(desk, impact=Level.HIGH, urgency=Level.MEDIUM)
    done = commands.pull(desk, BEN)
    assert done.text == "#1011 is yours: P2, due in 1 h. Your load is 13.0 of 10 now"


def test_who_only_looks_takes_nothing(desk):
    """As with every key."""
    a_request(desk)
    with pytest.raises(NotAllowed, match="You are only looking"):
        commands.pull(desk, VISITOR)


def test_claimed_urgency_changes_nothing(desk):
    """Who shouts waits as long as who does not."""
    polite = letter(1, NOW, "Printer jam")
    loud = letter(2, NOW, "URGENT!!! Printer jam", sender=ITO)
    assert loud.triage is not None
    urgent = replace(loud, triage=replace(loud.triage, claimed_urgent=True))
    take(desk, polite, urgent)
    assert how(desk, 1002)["claimed_urgent"]
    assert commands.pull(desk, BEN).number == 1001


def test_two_at_once_get_two_requests(desk):
    """And three share six: nobody is told that somebody was faster."""
    numbers = {a_request(desk, f"{place}", **LOW) for place in range(6)}
    desks = [Desk(open_store(desk.store.url, desk.clock), desk.rules) for _ in range(3)]
    start = threading.Barrier(3)

    def work(mine):
        start.wait()
        taken = []
        while True:
            try:
                taken.append(commands.pull(mine, BEN if mine is desks[0] else CHI).number)
            except NotPossible:
                return taken

    with ThreadPoolExecutor(3) as pool:
        taken = [number for each in pool.map(work, desks) for number in each]
    for each in desks:
        each.close()
    assert (len(taken), set(taken)) == (6, numbers)
    assert verified(desk) == []


def test_the_parts_are_asked_for_one_by_one(desk):
    """An emergency is found by one statement, whatever waits behind it."""
    sizes = [len(part) for part in parts("ben", NOW)]
    assert sizes == [1, 8, 2, 2, 2, 2]
