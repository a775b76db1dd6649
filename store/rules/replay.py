"""The clocks of a request while its history is gone through, event by event.

A round of a clock starts and stops whatever the targets are; the target and calendar are those
of the priority the request has at the moment they are asked for. So a change of priority
recounts a round from its own start, and a clock with no target for a while only hides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar

from store.rules.clock_records import ClockEvent, ClockEventKind, Cycle, Result, TargetSet
from store.rules.hours import Hours
from store.rules.stopwatch import NEVER, Pauses, reached, used
from store.words import EMERGENCY, ClockStatus, Metric

_PAUSING = (Metric.UPDATE, Metric.RESOLUTION)
_ANSWERED = (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE, Metric.UPDATE)


@dataclass(slots=True)
class Round:
    """One round of a clock."""

    start: datetime
    """Its own start: the receipt, a message, an answer, a declaration."""
    since: datetime
    """From when on what it is measured by has been the same: target, calendar, start."""
    declared: datetime | None = None
    """When it was given the priority it has, if time counts from then."""
    from_receipt: bool = False
    was_late: bool = False
    """It was late already when that changed."""
    noted: bool = False
    """That it is late has been noted since."""

    @property
    def counts_from(self) -> datetime:
        """Return from when on time is used."""
        return self.declared or self.start


@dataclass(slots=True)
class Progress:
    """One clock: what it did, and the round it is in."""

    metric: Metric
    pauses: Pauses
    round: Round | None = None
    running: bool = False
    ended: ClockStatus = ClockStatus.NOT_STARTED
    """What it says while it does not run."""
    cycles: list[Cycle] = field(default_factory=list)
    breaches: list[datetime] = field(default_factory=list)
    measured_by: TargetSet | None = None
    """The targets in force when it last stopped."""


class Replay:
    """The state of a request's clocks after the events it was told so far, in order."""

    def __init__(self, targets: Mapping[str, TargetSet], hours: Mapping[str, Hours]) -> None:
        """Begin before the request was received."""
        self._targets = targets
        self._hours = hours
        self._pauses = Pauses()
        self._waits_for: ClockEventKind | None = None
        self._resolved = False
        self._gone = False
        self._answered_before: Progress | None = None
        """First response as it stood when an emergency asked for another one."""
        self._unanswered: datetime | None = None
        """When the requester first wrote while that one was waited for."""
        self.target: TargetSet | None = None
        self.clocks = {
            metric: Progress(metric, self._pauses if metric in _PAUSING else NEVER)
            for metric in Metric
        }

    def tell(self, event: ClockEvent) -> None:
        """Take one more event; those before the receipt and after a merger change nothing."""
        act = self._ACTS.get(event.kind)
        received = self.target is not None
        if act is None or self._gone or received == (event.kind is ClockEventKind.RECEIVED):
            return
        act(self, event)

    def due(self, clock: Progress) -> datetime | None:
        """Return when the round of ``clock`` is due; None: no target, or paused before it."""
        if self.target is None or clock.round is None:
            return None
        target = self.target.of(clock.metric)
        if target is None:
            return None
        hours = self._hours[self.target.calendar]
        return reached(hours, clock.pauses, clock.round.counts_from, target)

    def note_breach(self, clock: Progress, at: datetime, due: datetime | None) -> None:
        """Note that ``clock`` is late at ``at``, if it is and that is news."""
        turn = clock.round
        if turn is None or turn.noted or due is None or at <= due:
            return
        if due >= turn.since or not turn.was_late:
            clock.breaches.append(max(due, turn.since))
            turn.noted = True

    def _received(self, event: ClockEvent) -> None:
        self.target = self._targets_of(event)
        self._start(Metric.FIRST_RESPONSE, event.at, from_receipt=True)
        self._start(Metric.RESOLUTION, event.at, from_receipt=True)

    def _public_reply(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        for metric in _ANSWERED:
            self._stop(metric, event)
        self._start(Metric.UPDATE, event.at)

    def _requester_reply(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        if self._waits_for is ClockEventKind.WAIT_REQUESTER:
            self._end_wait(event)
        if self.clocks[Metric.NEXT_RESPONSE].running:
            return
        if not self.clocks[Metric.FIRST_RESPONSE].running:
            self._start(Metric.NEXT_RESPONSE, event.at)
        elif self._unanswered is None:
            self._unanswered = event.at

    def _wait(self, event: ClockEvent) -> None:
        if not self._resolved:
            self._waits_for = event.kind
            self._pauses.begin(event.at)

    def _end_wait(self, event: ClockEvent) -> None:
        if self._waits_for is not None:
            self._waits_for = None
            self._pauses.end(event.at)

    def _priority(self, event: ClockEvent) -> None:
        self._measure_anew(event.at)
        self.target = self._targets_of(event)
        declared = event.at if self.target.anchor == "declared" else None
        for clock in self.clocks.values():
            if clock.round is not None:
                clock.round.declared = declared

    def _emergency(self, event: ClockEvent) -> None:
        self._end_wait(event)
        self._priority(event)
        clock = self.clocks[Metric.FIRST_RESPONSE]
        self._answered_before = self._unanswered = None
        if not self._resolved and not clock.running:
            self._answered_before = replace(clock)
            self._start(Metric.FIRST_RESPONSE, event.at)

    def _stand_down(self, event: ClockEvent) -> None:
        """Go back to the clocks of the priority; what was late as an emergency was late.

        The answer that the emergency asked for is owed no more; one to what the requester wrote
        meanwhile is.
        """
        self._priority(event)
        clock, before = self.clocks[Metric.FIRST_RESPONSE], self._answered_before
        if before is None or not clock.running:
            return
        clock.round, clock.running = before.round, False
        clock.ended, clock.measured_by = before.ended, before.measured_by
        if self._unanswered is not None:
            self._start(Metric.NEXT_RESPONSE, self._unanswered)

    def _resolve(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        for metric in Metric:
            self._stop(metric, event)
        self._resolved = True
        self._waits_for = None
        self._pauses.begin(event.at)

    def _reopen(self, event: ClockEvent) -> None:
        if not self._resolved:
            return
        self._resolved = False
        self._pauses.end(event.at)
        clock = self.clocks[Metric.RESOLUTION]
        clock.running = True
        if clock.cycles:
            clock.cycles[-1] = replace(clock.cycles[-1], reopened=event.at)
        self._start(Metric.NEXT_RESPONSE, event.at)

    def _merge_in(self, event: ClockEvent) -> None:
        earlier = event.other_received
        for clock in self.clocks.values():
            turn = clock.round
            if turn is None or not turn.from_receipt or earlier is None or turn.start <= earlier:
                continue
            self._measure_clock_anew(clock, event.at)
            turn.start = earlier

    def _merge_away(self, event: ClockEvent) -> None:
        for clock in self.clocks.values():
            if clock.running:
                self.note_breach(clock, event.at, self.due(clock))
                clock.running = False
                clock.ended = ClockStatus.CANCELLED
        self._gone = True

    def _start(self, metric: Metric, at: datetime, *, from_receipt: bool = False) -> None:
        clock = self.clocks[metric]
        clock.round = Round(at, at, from_receipt=from_receipt)
        clock.running = True

    def _stop(self, metric: Metric, event: ClockEvent) -> None:
        """End the round of a clock, if it runs; one without a target is not counted."""
        clock = self.clocks[metric]
        turn, targets = clock.round, self.target
        if not clock.running or turn is None or targets is None:
            return
        clock.running = False
        if targets.of(metric) is None:
            clock.ended = ClockStatus.NOT_APPLICABLE
            return
        due = self.due(clock)
        self.note_breach(clock, event.at, due)
        late = due is not None and event.at > due
        result: Result = ClockStatus.MISSED if late else ClockStatus.MET
        elapsed = used(self._hours[targets.calendar], clock.pauses, turn.counts_from, event.at)
        clock.cycles.append(Cycle(turn.counts_from, event.at, elapsed, due, result, event.kind))
        clock.ended, clock.measured_by = result, targets

    def _measure_anew(self, at: datetime) -> None:
        for clock in self.clocks.values():
            self._measure_clock_anew(clock, at)

    def _measure_clock_anew(self, clock: Progress, at: datetime) -> None:
        """Settle whether a round is late, before what it is measured by changes."""
        turn = clock.round
        if turn is None:
            return
        if clock.running:
            due = self.due(clock)
            self.note_breach(clock, at, due)
            turn.was_late = due is not None and at > due
        else:
            turn.was_late = clock.ended is ClockStatus.MISSED
        turn.since, turn.noted = at, False

    def _targets_of(self, event: ClockEvent) -> TargetSet:
        return self._targets[event.priority or EMERGENCY]

    #: Automatic answers and internal notes are not here: to a clock they are nothing.
    _ACTS: ClassVar[Mapping[ClockEventKind, Callable[[Replay, ClockEvent], None]]] = {
        ClockEventKind.RECEIVED: _received,
        ClockEventKind.PUBLIC_REPLY: _public_reply,
        ClockEventKind.REQUESTER_REPLY: _requester_reply,
        ClockEventKind.WAIT_REQUESTER: _wait,
        ClockEventKind.WAIT_SUPPLIER: _wait,
        ClockEventKind.RESUME: _end_wait,
        ClockEventKind.PRIORITY: _priority,
        ClockEventKind.EMERGENCY: _emergency,
        ClockEventKind.STOOD_DOWN: _stand_down,
        ClockEventKind.RESOLVED: _resolve,
        ClockEventKind.REOPENED: _reopen,
        ClockEventKind.MERGED_IN: _merge_in,
        ClockEventKind.MERGED_AWAY: _merge_away,
    }
