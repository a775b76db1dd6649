"""The four clocks of a request: a pure function of its events, the targets and now.

The rules are those of DESIGN section 5. A clock is *late* once now is after its due time; it is
met when stopped at or before it. Only ``update`` and ``resolution`` pause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from store.records import ClockFace
from store.rules.hours import Hours
from store.rules.running import Clock, Cycle
from store.words import EMERGENCY, ClockStatus, Metric


class ClockEventKind(StrEnum):
    """What moves a clock."""

    RECEIVED = "received"
    AUTO_ACK = "auto_ack"
    INTERNAL_NOTE = "internal_note"
    PUBLIC_REPLY = "public_reply"
    REQUESTER_REPLY = "requester_reply"
    WAIT_REQUESTER = "wait_requester"
    WAIT_SUPPLIER = "wait_supplier"
    RESUME = "resume"
    PRIORITY = "priority"
    EMERGENCY = "emergency"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    MERGED_IN = "merged_in"
    MERGED_AWAY = "merged_away"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to a request, as far as its clocks care."""

    at: datetime
    kind: ClockEventKind
    priority: str | None = None
    """Of ``received``, ``priority`` and ``emergency``: the name of a target set."""
    other_received: datetime | None = None
    """Of ``merged_in``: when the other request was received."""


@dataclass(frozen=True, slots=True)
class TargetSet:
    """What is promised at one priority, in open time of one calendar; None: not promised."""

    calendar: str
    first_response: timedelta | None = None
    next_response: timedelta | None = None
    update: timedelta | None = None
    resolution: timedelta | None = None
    anchor: str = "received"
    """"received", or "declared": clocks count from when this target set was given."""

    def of(self, metric: Metric) -> timedelta | None:
        """Return what is promised for ``metric``."""
        promised: timedelta | None = getattr(self, metric.value)
        return promised


@dataclass(frozen=True, slots=True)
class ClockState:
    """One clock at one moment. ``used``, ``remaining`` and the rest only while it is going."""

    metric: Metric
    status: ClockStatus
    calendar: str
    target: timedelta | None = None
    used: timedelta | None = None
    remaining: timedelta | None = None
    due: datetime | None = None
    """None while paused, unless it passed before."""
    warn_75: datetime | None = None
    warn_90: datetime | None = None
    breached: bool = False
    breached_at: tuple[datetime, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    stopped_at: datetime | None = None


def evaluate(
    events: Sequence[ClockEvent],
    targets: Mapping[str, TargetSet],
    hours: Mapping[str, Hours],
    now: datetime,
) -> dict[Metric, ClockState]:
    """Return the state of every clock at ``now``; later events are ignored.

    Raises:
        ValueError: the events do not begin with ``received``, or name an unknown target set.
    """
    story = _Story(targets, hours)
    for event in sorted((e for e in events if e.at <= now), key=lambda e: e.at):
        story.tell(event)
    return story.states(now)


def _due_first(state: ClockState) -> tuple[datetime, Metric]:
    return state.due or _NEVER, state.metric


def face(states: Mapping[Metric, ClockState]) -> ClockFace | None:
    """Return the clock that matters most: the earliest due, else one that is paused."""
    going = [s for s in states.values() if s.status in _GOING and s.due is not None]
    if going:
        first = min(going, key=_due_first)
        return ClockFace(
            first.metric, first.status, first.calendar, first.due, first.warn_75, first.warn_90
        )
    paused = [s for s in states.values() if s.status is ClockStatus.PAUSED]
    if not paused:
        return None
    least = min(paused, key=lambda s: s.remaining or timedelta(0))
    return ClockFace(least.metric, least.status, least.calendar, remaining=least.remaining)


_NEVER = datetime.max.replace(tzinfo=UTC)
_GOING = (ClockStatus.RUNNING, ClockStatus.OUTSIDE_HOURS)
_PAUSING = (Metric.UPDATE, Metric.RESOLUTION)
_RESPONSES = (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE)


class _Story:
    """The clocks of one request while its events are told in order."""

    def __init__(self, targets: Mapping[str, TargetSet], hours: Mapping[str, Hours]) -> None:
        self._targets = targets
        self._hours = hours
        self._clocks = {metric: Clock() for metric in Metric}
        self._priority: TargetSet | None = None
        self._responded = self._resolved = self._merged = False
        self._waiting = ""
        kinds = ClockEventKind
        #: An acknowledgement by machine and an internal note move nothing.
        self._handlers: Mapping[ClockEventKind, Callable[[ClockEvent], None]] = {
            kinds.RECEIVED: self._receive,
            kinds.PUBLIC_REPLY: self._public_reply,
            kinds.REQUESTER_REPLY: self._requester_reply,
            kinds.WAIT_REQUESTER: lambda event: self._wait(event.at, "requester"),
            kinds.WAIT_SUPPLIER: lambda event: self._wait(event.at, "supplier"),
            kinds.RESUME: self._resume,
            kinds.PRIORITY: self._set_targets,
            kinds.EMERGENCY: self._emergency,
            kinds.RESOLVED: self._resolve,
            kinds.REOPENED: self._reopen,
            kinds.MERGED_IN: self._merge_in,
            kinds.MERGED_AWAY: self._merge_away,
        }

    def tell(self, event: ClockEvent) -> None:
        """Let ``event`` move the clocks."""
        if self._priority is None and event.kind is not ClockEventKind.RECEIVED:
            raise ValueError("the first event of a request is that it was received")
        if self._merged:
            return
        tell = self._handlers.get(event.kind)
        if tell is not None:
            tell(event)

    def states(self, now: datetime) -> dict[Metric, ClockState]:
        """Return what the clocks say at ``now``."""
        return {metric: self._state(metric, clock, now) for metric, clock in self._clocks.items()}

    def _receive(self, event: ClockEvent) -> None:
        if self._priority is not None:
            return
        self._set_targets(event)
        for metric in (Metric.FIRST_RESPONSE, Metric.RESOLUTION):
            self._clocks[metric].start(event.at)

    def _public_reply(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        self._responded = True
        for metric in (*_RESPONSES, Metric.UPDATE):
            self._clocks[metric].stop(event.at, event.kind.value)
        self._clocks[Metric.UPDATE].start(event.at)
        if self._waiting:
            self._clocks[Metric.UPDATE].pause(event.at)

    def _requester_reply(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        if self._waiting == "requester":
            self._resume(event)
        if self._responded:
            self._clocks[Metric.NEXT_RESPONSE].start(event.at)

    def _wait(self, at: datetime, whom: str) -> None:
        if self._resolved:
            return
        self._waiting = whom
        for metric in _PAUSING:
            self._clocks[metric].pause(at)

    def _resume(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        self._waiting = ""
        for metric in _PAUSING:
            self._clocks[metric].resume(event.at)

    def _emergency(self, event: ClockEvent) -> None:
        self._resume(event)
        self._set_targets(event)
        if not self._resolved:
            self._responded = False
            self._clocks[Metric.FIRST_RESPONSE].start(event.at)

    def _resolve(self, event: ClockEvent) -> None:
        if self._resolved:
            return
        self._resolved, self._responded, self._waiting = True, True, ""
        for clock in self._clocks.values():
            clock.stop(event.at, event.kind.value)

    def _reopen(self, event: ClockEvent) -> None:
        if not self._resolved:
            return
        self._resolved = False
        self._clocks[Metric.RESOLUTION].reopen(event.at)
        self._clocks[Metric.NEXT_RESPONSE].start(event.at)

    def _merge_in(self, event: ClockEvent) -> None:
        if event.other_received is not None:
            for metric in (Metric.FIRST_RESPONSE, Metric.RESOLUTION):
                self._clocks[metric].began_earlier(event.other_received, event.at)

    def _merge_away(self, event: ClockEvent) -> None:
        self._merged = True
        for clock in self._clocks.values():
            clock.cancel(event.at)

    def _set_targets(self, event: ClockEvent) -> None:
        name = event.priority or (EMERGENCY if event.kind is ClockEventKind.EMERGENCY else None)
        if name is None or name not in self._targets:
            raise ValueError(f'there are no targets for priority "{name}"')
        self._priority = targets = self._targets[name]
        since = event.at if targets.anchor == "declared" else None
        for metric, clock in self._clocks.items():
            clock.aim(event.at, targets.of(metric), self._hours[targets.calendar], since)

    def _state(self, metric: Metric, clock: Clock, now: datetime) -> ClockState:
        calendar = self._priority.calendar if self._priority else ""
        state = ClockState(
            metric,
            clock.status(now),
            calendar,
            breached=clock.late(now),
            breached_at=tuple(clock.breached_at),
            cycles=tuple(clock.cycles),
            stopped_at=clock.cycles[-1].stop if clock.cycles else None,
        )
        target = self._priority.of(metric) if self._priority else None
        if target is None or state.status not in (*_GOING, ClockStatus.PAUSED):
            return replace(state, breached=False)
        used = clock.used(now)
        return replace(
            state,
            target=target,
            used=used,
            remaining=target - used,
            due=clock.due(now),
            warn_75=clock.reached(target * 3 / 4, now),
            warn_90=clock.reached(target * 9 / 10, now),
            stopped_at=None,
        )
