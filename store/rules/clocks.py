"""The four clocks of a request: a pure function of (events, targets, calendars, now).

First response runs from the receipt to the first human, public answer or the resolution; next
response from the oldest requester message that nobody answered, once there was an answer;
update from the last public answer; resolution from the receipt. Only the last two pause, while
the request waits. A clock is met if it stopped at or before its due time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from store.records import ClockFace
from store.rules.clock_records import (
    ANSWERS,
    ClockEvent,
    ClockEventKind,
    ClockState,
    Cycle,
    TargetSet,
)
from store.rules.hours import Hours
from store.rules.replay import Progress, Replay
from store.rules.stopwatch import reached, used
from store.words import ClockStatus, Metric

__all__ = [
    "ClockEvent",
    "ClockEventKind",
    "ClockState",
    "Cycle",
    "TargetSet",
    "answered_at",
    "evaluate",
    "face",
]

_FAR = datetime.max.replace(tzinfo=UTC)


def evaluate(
    events: Iterable[ClockEvent],
    targets: Mapping[str, TargetSet],
    hours: Mapping[str, Hours],
    now: datetime,
) -> dict[Metric, ClockState]:
    """Return where every clock of a request stands at ``now``.

    Args:
        events: What happened to the request; of the same instant, in the order in which it
            happened. What comes after ``now`` does not count.
        targets: By priority, and "emergency"; every priority an event names is there.
        hours: Calendars by name; every calendar of ``targets`` is there.
        now: An instant.
    """
    replay = Replay(targets, hours)
    for event in sorted(events, key=lambda event: event.at):
        if event.at > now:
            break
        replay.tell(event)
    return {clock.metric: _state(clock, replay, hours, now) for clock in replay.clocks.values()}


def face(states: Mapping[Metric, ClockState]) -> ClockFace | None:
    """Return the clock that matters most: the running one due first, else a paused one.

    None: no clock runs.
    """
    live = (ClockStatus.RUNNING, ClockStatus.OUTSIDE_HOURS)
    running = [state for state in states.values() if state.status in live]
    if running:
        first = min(running, key=lambda state: state.due or _FAR)
        return ClockFace(
            first.metric, first.status, first.calendar, first.due, first.warn_75, first.warn_90
        )
    paused = [state for state in states.values() if state.status is ClockStatus.PAUSED]
    if paused:
        least = min(paused, key=lambda state: state.remaining or timedelta())
        return ClockFace(least.metric, least.status, least.calendar, remaining=least.remaining)
    return None


def answered_at(events: Iterable[ClockEvent]) -> datetime | None:
    """Return when a request was first answered by a person, or resolved; None if it is not.

    That is what stops its clock of the first response. What was merged away is answered no more.
    """
    for event in sorted(events, key=lambda event: event.at):
        if event.kind in ANSWERS:
            return event.at
        if event.kind is ClockEventKind.MERGED_AWAY:
            return None
    return None


def _state(
    clock: Progress, replay: Replay, hours: Mapping[str, Hours], now: datetime
) -> ClockState:
    turn, targets = clock.round, replay.target
    if not clock.running or turn is None or targets is None:
        return _at_rest(clock, targets)
    target = targets.of(clock.metric)
    if target is None:
        return replace(_at_rest(clock, targets), status=ClockStatus.NOT_APPLICABLE)
    calendar, start = hours[targets.calendar], turn.counts_from
    due = replay.due(clock)
    replay.note_breach(clock, now, due)
    if clock.pauses.since is not None:
        status = ClockStatus.PAUSED
    else:
        status = ClockStatus.RUNNING if calendar.is_open(now) else ClockStatus.OUTSIDE_HOURS
    spent = used(calendar, clock.pauses, start, now)
    return ClockState(
        clock.metric,
        status,
        targets.calendar,
        target=target,
        used=spent,
        remaining=target - spent,
        due=due,
        warn_75=reached(calendar, clock.pauses, start, _part(target, 75)),
        warn_90=reached(calendar, clock.pauses, start, _part(target, 90)),
        breached=due is not None and now > due,
        breached_at=tuple(clock.breaches),
        cycles=tuple(clock.cycles),
    )


def _at_rest(clock: Progress, targets: TargetSet | None) -> ClockState:
    """Return the state of a clock that does not run: of its last round, if that was counted."""
    kept = ClockState(
        clock.metric,
        clock.ended,
        targets.calendar if targets else "",
        breached_at=tuple(clock.breaches),
        cycles=tuple(clock.cycles),
    )
    if clock.ended not in (ClockStatus.MET, ClockStatus.MISSED) or clock.measured_by is None:
        return kept
    last, target = clock.cycles[-1], clock.measured_by.of(clock.metric)
    return replace(
        kept,
        calendar=clock.measured_by.calendar,
        target=target,
        used=last.elapsed,
        remaining=None if target is None else target - last.elapsed,
        stopped_at=last.stop,
    )


def _part(target: timedelta, percent: int) -> timedelta:
    """Return ``percent`` of ``target``, to the microsecond after it."""
    return -(target * -percent // 100)
