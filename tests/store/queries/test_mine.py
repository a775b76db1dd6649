"""Everything that is one's own: in which order, from when, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import commands, queries
from store.new_requests import EndRunEntry
from store.records import Actor
from store.rules.clocks import ClockEvent, ClockEventKind, evaluate
from store.rules.owed import owed_since
from store.words import Channel, ClockStatus, Ending, Level, Metric, State
from tests.conftest import NOW
from tests.rulebook import a_rulebook
from tests.store.letters import letter
from tests.store.looking import take
from tests.store.people import ANA, BEN, CHI, HOPPER, a_request, the

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LOW = {"impact": Level.LOW, "urgency": Level.LOW}


def key(uid):
    """Return the Message-ID of a mail, as a reference to it."""
    return {"refers_to": (f"{uid}@mail.northgate.example",)}


def test_a_new_person_has_nothing(desk):
    """And is told so, in every part."""
    a_request(desk)
    a_request(desk, assignee="chi")
    view = queries.mine(desk, BEN)
    assert (view.live, view.yours, view.owed, view.promised, view.offered, view.moved) == (
        0,
        *((),) * 5,
    )
    assert (view.end_runs.count, view.rows) == (0, {})
    assert queries.mine(desk, Actor("", "Somebody", read_only=True)).live == 0


def test_what_is_mine_stands_in_the_order_of_the_board(desk):
    """Late, at risk, running, waiting, asleep; what has ended is gone."""
    ago = {"late": 9 * DAY, "calm": HOUR, "waits": HOUR, "asleep": HOUR, "ended": HOUR}
    number = {
        name: a_request(desk, name, assignee="ben", asked_at=NOW - age, **LOW)
        for name, age in reversed(ago.items())
    }
    commands.wait(desk, BEN, the(number["waits"]), State.WAITING_SUPPLIER)
    commands.snooze(desk, BEN, the(number["asleep"]), NOW + HOUR)
    commands.resolve(desk, BEN, the(number["ended"]), Ending.FIXED)
    view = queries.mine(desk, BEN)
    everything = [row.number for row in queries.requests(desk, assignee="ben")]
    assert [*view.yours] == everything
    assert sorted(view.yours) == sorted(number[name] for name in ago if name != "ended")
    assert (view.yours[0], view.live) == (number["late"], 4)


def test_of_very_many_the_first_are_shown(desk, monkeypatch):
    """And how many there are."""
    monkeypatch.setattr(import_module("store.queries.mine"), "MOST", 2)
    for age in range(4):
        a_request(desk, assignee="ben", asked_at=NOW - age * HOUR, **LOW)
    view = queries.mine(desk, BEN)
    assert (view.live, view.yours) == (4, (1004, 1003))


def test_an_answer_is_owed_to_who_wrote_after_they_were_answered(desk, clock):
    """Not to who waits for the first, was answered since, or only got a note; longest first."""
    take(desk, *(letter(uid, NOW, f"Mail {uid}") for uid in range(1, 5)))
    for number in range(1001, 1005):
        commands.claim(desk, BEN, the(number))
    for number in range(1002, 1005):
        clock.advance(HOUR / 4)
        commands.reply(desk, BEN, the(number), "Try again")
    wrote = {}
    for uid in (4, 1, 3, 2):
        wrote[uid] = clock.advance(HOUR / 4)
        take(desk, letter(10 + uid, wrote[uid], "Re: x", **key(uid)))
    commands.reply(desk, BEN, the(1003), "And again")
    commands.note(desk, BEN, the(1002), "Hm")
    owed = [(each.number, each.since) for each in queries.mine(desk, BEN).owed]
    assert owed == [(1004, wrote[4]), (1002, wrote[2])]


def test_promises_stand_by_their_time_with_their_words(desk):
    """The newest word counts; those of other people's requests are theirs."""
    first, second, other = (a_request(desk, assignee=who) for who in ("ben", "ben", "chi"))
    commands.promise(desk, BEN, the(first), NOW + 2 * DAY, "soon")
    commands.promise(desk, ANA, the(first), NOW + DAY, "a new lamp")
    commands.promise(desk, BEN, the(first), NOW + DAY + HOUR, "two lamps")
    commands.undo(desk, BEN)
    commands.promise(desk, BEN, the(second), NOW + HOUR)
    commands.promise(desk, CHI, the(other), NOW + HOUR)
    promised = queries.mine(desk, BEN).promised
    assert [(each.number, each.by, each.text) for each in promised] == [
        (second, NOW + HOUR, ""),
        (first, NOW + DAY, "a new lamp"),
    ]


def test_what_colleagues_need_a_hand_with(desk):
    """One's own is not among it."""
    mine, hers = (a_request(desk, assignee=who) for who in ("ben", "chi"))
    commands.offer(desk, BEN, the(mine))
    commands.offer(desk, CHI, the(hers))
    view = queries.mine(desk, BEN)
    assert (view.offered, view.rows[mine].offered) == ((hers,), True)


def test_what_came_and_what_went(desk, clock):
    """From whom and to whom, the newest first; what one did oneself is no news."""
    names = ("went", "given", "back", "own")
    numbers = {name: a_request(desk, name, assignee="ben") for name in names}
    numbers["came"] = a_request(desk, "came")
    helped = a_request(desk, assignee="ben")
    commands.offer(desk, BEN, the(helped))
    commands.assign(desk, ANA, the(numbers["came"]), "ben")
    steps = (
        lambda: commands.take_over(desk, CHI, the(numbers["went"])),
        lambda: commands.assign(desk, ANA, the(numbers["given"]), "chi"),
        lambda: commands.release(desk, ANA, the(numbers["back"])),
        lambda: commands.assign(desk, BEN, the(numbers["own"]), "chi"),
        lambda: commands.take_over(desk, CHI, the(helped)),
    )
    for step in steps:
        clock.advance(HOUR / 10)
        step()
    told = [(each.number, each.came, each.who, each.text) for each in queries.mine(desk, BEN).moved]
    assert told == [
        (helped, False, "Chi", "took it off your hands"),
        (numbers["back"], False, "Ana", "gave it back to the queue"),
        (numbers["given"], False, "Ana", "gave it to Chi"),
        (numbers["went"], False, "Chi", "took it over"),
        (numbers["came"], True, "Ana", "gave it to you"),
    ]


def test_what_came_back_or_went_on_is_no_news(desk):
    """Only where a request is now counts: nor is what was taken back, or has ended."""
    there_and_back, undone, ended = (a_request(desk, assignee="ben") for _ in range(3))
    commands.take_over(desk, CHI, the(there_and_back))
    commands.take_over(desk, BEN, the(there_and_back))
    commands.assign(desk, ANA, the(undone), "chi")
    commands.undo(desk, ANA)
    commands.assign(desk, ANA, the(ended), "chi")
    commands.assign(desk, ANA, the(ended), "ben")
    assert [each.number for each in queries.mine(desk, BEN).moved] == [ended]
    commands.resolve(desk, BEN, the(ended), Ending.FIXED)
    assert queries.mine(desk, BEN).moved == ()


@pytest.mark.parametrize(
    ("last", "since"),
    [
        (-3 * DAY, -3 * DAY),
        (-HOUR, -7 * DAY),
        (-80 * DAY, -30 * DAY),
    ],
    ids=["before the weekend", "never before today", "before a long time away"],
)
def test_news_begin_with_the_last_day(desk, clock, last, since):
    """The day before today on which somebody did something, from its midnight; at most a month."""
    clock.advance(last)
    commands.note(desk, BEN, the(a_request(desk)), "Hm")
    clock.advance(-last)
    midnight = NOW.replace(hour=0, minute=0)
    view = queries.mine(desk, BEN)
    assert view.since == midnight + since


def test_my_end_runs_of_this_week(desk, clock):
    """With their minutes; what was before Monday, or only suspected, is not among them."""
    clock.advance(-3 * DAY)
    a_request(desk, "old", end_run_person="ben")
    clock.advance(3 * DAY)
    silent = a_request(desk, "new", end_run_person="ben")
    a_request(desk, "hers", end_run_person="chi")
    entry = EndRunEntry("e", HOPPER, "toner", "ben", NOW, Channel.PHONE, 12, Ending.DONE)
    logged = commands.log_end_run(desk, BEN, entry).number
    runs = queries.mine(desk, BEN).end_runs
    assert (runs.count, runs.minutes, runs.timed) == (2, 12, 1)
    assert [(each.number, each.minutes, each.probable) for each in runs.listed] == [
        (logged, 12, False),
        (silent, None, False),
    ]


KINDS = st.sampled_from(
    [
        ClockEventKind.PUBLIC_REPLY,
        ClockEventKind.REQUESTER_REPLY,
        ClockEventKind.INTERNAL_NOTE,
        ClockEventKind.WAIT_REQUESTER,
        ClockEventKind.RESUME,
    ]
)


@given(st.lists(KINDS, max_size=8))
def test_an_answer_is_owed_exactly_while_the_clock_of_the_next_one_runs(kinds):
    """The rule of the clocks, told without a target."""
    events = [ClockEvent(NOW, ClockEventKind.RECEIVED, priority="P3")]
    events += [ClockEvent(NOW + place * HOUR / 60, kind) for place, kind in enumerate(kinds, 1)]
    rules = a_rulebook()
    clocks = evaluate(events, rules.targets, rules.hours, NOW + HOUR)
    runs = clocks[Metric.NEXT_RESPONSE].status is ClockStatus.RUNNING
    assert (owed_since(events) is not None) == runs
