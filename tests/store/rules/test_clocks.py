"""Clocks in production: to the microsecond, with gaps in the policy, and the face they show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.records import ClockFace
from store.rules.clocks import ClockEvent, ClockEventKind, TargetSet, evaluate, face
from store.rules.hours import CalendarSpec, always, compile_hours
from store.words import ClockStatus, Metric

START = datetime(2026, 6, 1, 8, tzinfo=UTC)
HOUR, MINUTE, INSTANT = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)
HOURS = {
    "always": always("UTC"),
    "never": compile_hours(CalendarSpec("UTC", {})),
    "morning": compile_hours(CalendarSpec("UTC", {"mon": (("08:00", "12:00"),)})),
}
TARGETS = {
    "P2": TargetSet("always", HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR),
    "P3": TargetSet("always", first_response=2 * HOUR),
    "P4": TargetSet("never", first_response=HOUR, resolution=2 * HOUR),
    "emergency": TargetSet("always", 15 * MINUTE, resolution=HOUR, anchor="declared"),
    "morning": TargetSet("morning", 3 * HOUR, resolution=10 * HOUR),
}


def clocks(now: timedelta, *events: tuple, priority: str = "P2"):
    """Return the clocks ``now`` after the receipt; events are (after, kind[, priority])."""
    told = [ClockEvent(START, ClockEventKind.RECEIVED, priority)]
    for after, kind, *rest in events:
        told.append(ClockEvent(START + after, ClockEventKind(kind), *rest))
    return evaluate(told, TARGETS, HOURS, START + now)


@pytest.mark.parametrize(
    ("answered", "status"),
    [(HOUR, ClockStatus.MET), (HOUR + INSTANT, ClockStatus.MISSED)],
)
def test_a_microsecond_decides(answered, status):
    """At the due time is in time; after it is not."""
    first = clocks(2 * HOUR, (answered, "public_reply"))[Metric.FIRST_RESPONSE]
    assert (first.status, first.used, first.target) == (status, answered, HOUR)
    assert (first.cycles[0].due, first.stopped_at) == (START + HOUR, START + answered)
    assert first.breached_at == ((START + HOUR,) if status is ClockStatus.MISSED else ())


def test_late_begins_after_the_due_time():
    """At the due time the clock is not late yet; a microsecond after it is."""
    on_time, late = clocks(HOUR), clocks(HOUR + INSTANT)
    assert not on_time[Metric.FIRST_RESPONSE].breached
    assert late[Metric.FIRST_RESPONSE].breached
    assert late[Metric.FIRST_RESPONSE].remaining == -INSTANT


def test_warnings_of_odd_targets_are_not_early():
    """75 % of a target that cannot be divided is used at the warning, not just before it."""
    targets = {"P1": TargetSet("always", first_response=timedelta(microseconds=5))}
    received = ClockEvent(START, ClockEventKind.RECEIVED, "P1")
    first = evaluate([received], targets, HOURS, START)[Metric.FIRST_RESPONSE]
    assert (first.warn_75, first.warn_90) == (START + 4 * INSTANT, START + 5 * INSTANT)


def test_events_are_taken_in_order_of_time():
    """However they are handed over, and none that is still to come."""
    events = [
        ClockEvent(START + 3 * HOUR, ClockEventKind.RESOLVED),
        ClockEvent(START + MINUTE, ClockEventKind.PUBLIC_REPLY),
        ClockEvent(START, ClockEventKind.RECEIVED, "P2"),
    ]
    states = evaluate(events, TARGETS, HOURS, START + 2 * HOUR)
    assert states[Metric.FIRST_RESPONSE].stopped_at == START + MINUTE
    assert states[Metric.RESOLUTION].status is ClockStatus.RUNNING


def test_nothing_runs_before_the_receipt():
    """A history that has not begun has four clocks that have not started."""
    states = evaluate([ClockEvent(START, ClockEventKind.PUBLIC_REPLY)], TARGETS, HOURS, START)
    assert {state.status for state in states.values()} == {ClockStatus.NOT_STARTED}
    assert face(states) is None


def test_a_calendar_that_never_opens_has_no_due_time():
    """The clock is outside hours for good, with nothing used."""
    first = clocks(HOUR, priority="P4")[Metric.FIRST_RESPONSE]
    assert (first.status, first.used) == (ClockStatus.OUTSIDE_HOURS, timedelta())
    assert (first.due, first.warn_75, first.breached) == (None, None, False)


def test_an_emergency_without_a_priority_of_its_own():
    """It is measured by the targets called emergency."""
    first = clocks(HOUR, (50 * MINUTE, "emergency"))[Metric.FIRST_RESPONSE]
    assert (first.target, first.used) == (15 * MINUTE, 10 * MINUTE)


def test_face_is_what_is_due_first():
    """Of the clocks that run, the first to be due."""
    shown = face(clocks(5 * MINUTE))
    assert shown == ClockFace(
        Metric.FIRST_RESPONSE,
        ClockStatus.RUNNING,
        "always",
        START + HOUR,
        START + 45 * MINUTE,
        START + 54 * MINUTE,
    )


def test_face_of_an_open_question_while_waiting():
    """What runs goes before what is paused, however little of that is left."""
    shown = face(
        clocks(
            6 * HOUR,
            (MINUTE, "public_reply"),
            (3 * HOUR, "wait_supplier"),
            (5 * HOUR, "requester_reply"),
        )
    )
    assert (shown.metric, shown.due) == (Metric.NEXT_RESPONSE, START + 7 * HOUR)


def test_face_while_waiting_is_the_least_left():
    """No due time and no warnings, though one had passed: only what is left."""
    shown = face(clocks(6 * HOUR, (HOUR, "public_reply"), (5 * HOUR, "wait_requester")))
    assert shown == ClockFace(Metric.UPDATE, ClockStatus.PAUSED, "always", remaining=timedelta())


def test_face_outside_hours():
    """The clock goes on being shown while its calendar is closed."""
    shown = face(clocks(5 * HOUR, (HOUR, "public_reply"), priority="morning"))
    assert (shown.metric, shown.status) == (Metric.RESOLUTION, ClockStatus.OUTSIDE_HOURS)


def test_no_face_after_the_end():
    """A resolved request shows no clock."""
    assert face(clocks(HOUR, (MINUTE, "resolved"))) is None


def test_a_target_less_clock_has_no_face():
    """Answered, and nothing else is promised: nothing to show."""
    assert face(clocks(HOUR, (MINUTE, "public_reply"), priority="P3")) is None
