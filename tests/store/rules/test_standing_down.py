"""Emergencies that are none after all: the clocks go back to those of the priority."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.rules.clocks import ClockEvent, ClockEventKind, TargetSet, evaluate
from store.rules.hours import CalendarSpec, always, compile_hours
from store.rules.timeline import Happening, clock_events
from store.rules.whatif_read import _KINDS
from store.words import ClockStatus, Happened, Metric

START = datetime(2026, 6, 1, 8, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOURS = {
    "always": always("UTC"),
    "morning": compile_hours(
        CalendarSpec("UTC", {"mon": (("08:00", "12:00"),), "tue": (("08:00", "12:00"),)})
    ),
}
TARGETS = {
    "P2": TargetSet("always", HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR),
    "P3": TargetSet("morning", 2 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR),
    "emergency": TargetSet("always", 15 * MINUTE, HOUR, HOUR, 2 * HOUR, anchor="declared"),
}


def clocks(now: timedelta, *events: tuple):
    """Return the clocks of a P2 ``now`` after its receipt; events are (after, kind[, priority])."""
    told = [ClockEvent(START, ClockEventKind.RECEIVED, "P2")]
    for after, kind, *rest in events:
        told.append(ClockEvent(START + after, ClockEventKind(kind), *rest))
    return evaluate(told, TARGETS, HOURS, START + now)


def down(after: timedelta, priority: str = "P2") -> tuple:
    """Return a standing down."""
    return (after, "stood_down", priority)


def test_the_clocks_are_those_of_the_priority_again_from_the_receipt():
    """As if nobody had ever declared it."""
    first, _, _, fix = clocks(30 * MINUTE, (10 * MINUTE, "emergency"), down(20 * MINUTE)).values()
    assert (first.due, first.used, first.calendar) == (START + HOUR, 30 * MINUTE, "always")
    assert (fix.due, fix.breached_at) == (START + 8 * HOUR, ())


def test_what_was_late_as_an_emergency_stays_late():
    """Fifteen minutes were promised and had passed."""
    first = clocks(50 * MINUTE, (10 * MINUTE, "emergency"), down(40 * MINUTE))
    assert first[Metric.FIRST_RESPONSE].breached_at == (START + 25 * MINUTE,)
    assert first[Metric.FIRST_RESPONSE].due == START + HOUR


def test_the_time_it_waited_before_still_does_not_count():
    """The emergency ended the wait; standing it down does not begin it again."""
    events = (HOUR, "wait_supplier"), (3 * HOUR, "emergency"), down(4 * HOUR)
    fix = clocks(5 * HOUR, *events)[Metric.RESOLUTION]
    assert (fix.status, fix.due) == (ClockStatus.RUNNING, START + 10 * HOUR)


def test_the_answer_that_it_asked_for_is_owed_no_more():
    """It was answered before it was declared."""
    events = (30 * MINUTE, "public_reply"), (HOUR, "emergency"), down(2 * HOUR)
    states = clocks(3 * HOUR, *events)
    first = states[Metric.FIRST_RESPONSE]
    assert (first.status, first.stopped_at) == (ClockStatus.MET, START + 30 * MINUTE)
    assert first.breached_at == (START + HOUR + 15 * MINUTE,)
    assert states[Metric.NEXT_RESPONSE].status is ClockStatus.NOT_STARTED


def test_what_the_requester_wrote_meanwhile_is_still_to_be_answered():
    """From when it came."""
    events = (30 * MINUTE, "public_reply"), (HOUR, "emergency"), (70 * MINUTE, "requester_reply")
    states = clocks(3 * HOUR, *events, (80 * MINUTE, "requester_reply"), down(2 * HOUR))
    following = states[Metric.NEXT_RESPONSE]
    assert following.due == START + 70 * MINUTE + 2 * HOUR


def test_it_can_be_declared_again():
    """From then on it is measured as one once more."""
    events = (5 * MINUTE, "emergency"), down(10 * MINUTE), (20 * MINUTE, "emergency")
    first = clocks(30 * MINUTE, *events)[Metric.FIRST_RESPONSE]
    assert first.due == START + 35 * MINUTE


def test_the_rating_made_meanwhile_counts_from_then_on():
    """Of the history: it moved nothing while it was an emergency."""
    history = [
        Happening(1, START, Happened.RECEIVED, {}, {"priority": "P2"}),
        Happening(2, START + MINUTE, Happened.EMERGENCY),
        Happening(3, START + 2 * MINUTE, Happened.RATED, {"priority": "P2"}, {"priority": "P3"}),
        Happening(4, START + 3 * MINUTE, Happened.STOOD_DOWN),
        Happening(5, START + 4 * MINUTE, Happened.RATED, {"priority": "P3"}, {"priority": "P2"}),
    ]
    told = [(each.kind.value, each.priority) for each in clock_events(history)]
    assert told == [
        ("received", "P2"),
        ("emergency", None),
        ("stood_down", "P3"),
        ("priority", "P2"),
    ]
    undone = Happening(6, START + 5 * MINUTE, Happened.UNDONE, undoes=4)
    assert [each.kind.value for each in clock_events([*history, undone])] == [
        "received",
        "emergency",
    ]


_MOMENTS = st.integers(1, 40).map(lambda halves: halves * 30 * MINUTE)
_BEFORE = st.sampled_from(
    ["public_reply", "requester_reply", "wait_requester", "wait_supplier", "resume"]
)
_BETWEEN = st.sampled_from(["requester_reply", "wait_supplier", "resume", "internal_note"])
_SEEN = ("status", "due", "warn_75", "used", "remaining", "target", "calendar")


@given(
    earlier=st.lists(st.tuples(_MOMENTS, _BEFORE), max_size=5),
    meanwhile=st.lists(st.tuples(_MOMENTS, _BETWEEN), max_size=4),
    declared=_MOMENTS,
    lasts=_MOMENTS,
    later=_MOMENTS,
    priority=st.sampled_from(["P2", "P3"]),
)
def test_standing_down_leaves_all_as_if_it_had_never_been_declared(
    earlier, meanwhile, declared, lasts, later, priority
):
    """But for the wait that the declaration ended, and for what was late by then."""
    ends = declared + lasts
    told = [(at, kind) for at, kind in earlier if at < declared]
    told += [(declared + at, kind) for at, kind in meanwhile if at < lasts]
    told.sort(key=lambda each: each[0])
    received = ClockEvent(START, ClockEventKind.RECEIVED, priority)
    others = [ClockEvent(START + at, ClockEventKind(kind)) for at, kind in told]
    now = START + ends + later
    emergency = [
        received,
        ClockEvent(START + declared, ClockEventKind.EMERGENCY),
        *others,
        ClockEvent(START + ends, ClockEventKind.STOOD_DOWN, priority),
    ]
    never = [received, ClockEvent(START + declared, ClockEventKind.RESUME), *others]
    was, is_, plain = (
        evaluate(emergency[:-1], TARGETS, HOURS, START + ends),
        evaluate(emergency, TARGETS, HOURS, now),
        evaluate(never, TARGETS, HOURS, now),
    )
    for metric in Metric:
        for name in _SEEN:
            assert getattr(plain[metric], name) == getattr(is_[metric], name), (metric, name)
        assert set(was[metric].breached_at) <= set(is_[metric].breached_at)


def test_what_if_cases_do_not_know_it():
    """They rehearse promises; their kinds of events stay what they were."""
    assert "stood_down" not in _KINDS
