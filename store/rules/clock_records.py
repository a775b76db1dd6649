"""What goes into the clocks of a request, and what comes out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from store.words import ClockStatus, Metric

#: How a round of a clock may end.
Result = Literal[ClockStatus.MET, ClockStatus.MISSED]


class ClockEventKind(StrEnum):
    """What the clocks see of what happens to a request."""

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
    STOOD_DOWN = "stood_down"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    MERGED_IN = "merged_in"
    MERGED_AWAY = "merged_away"


#: What answers a requester.
ANSWERS = frozenset({ClockEventKind.PUBLIC_REPLY, ClockEventKind.RESOLVED})


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something that happened to a request.

    ``received``, ``priority`` and ``stood_down`` carry the priority, ``emergency`` may (else it is
    ``words.EMERGENCY``); ``merged_in`` carries when the other request was received.
    """

    at: datetime
    kind: ClockEventKind
    priority: str | None = None
    other_received: datetime | None = None


@dataclass(frozen=True, slots=True)
class TargetSet:
    """What is promised for one priority, in open time of ``calendar``.

    None: that clock does not run. ``anchor`` "declared": time counts from when the request
    got this priority, if that was after it was received.
    """

    calendar: str
    first_response: timedelta | None = None
    next_response: timedelta | None = None
    update: timedelta | None = None
    resolution: timedelta | None = None
    anchor: Literal["received", "declared"] = "received"

    def of(self, metric: Metric) -> timedelta | None:
        """Return the target of one clock."""
        target: timedelta | None = getattr(self, metric.value)
        return target


@dataclass(frozen=True, slots=True)
class Cycle:
    """A round of a clock that was run to its end."""

    start: datetime
    stop: datetime
    elapsed: timedelta
    """Open time, without waits and without the time the request was resolved."""
    due: datetime | None
    """None: it was paused at the end, with the target not used up."""
    result: Result
    by: ClockEventKind
    """What ended it."""
    reopened: datetime | None = None
    """When the clock went on after all."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """One clock of a request at a moment.

    ``target``, ``used`` and ``remaining`` are None where they mean nothing: ``not_started``,
    ``not_applicable``, ``cancelled``; of a finished clock they tell of its last round.
    """

    metric: Metric
    status: ClockStatus
    calendar: str
    target: timedelta | None = None
    used: timedelta | None = None
    remaining: timedelta | None = None
    """Open time left; below zero when overdue."""
    due: datetime | None = None
    """None at rest, and while paused unless it was over before the wait began; so are the
    warnings."""
    warn_75: datetime | None = None
    warn_90: datetime | None = None
    breached: bool = False
    """It runs, or is paused, and was due before now."""
    breached_at: tuple[datetime, ...] = ()
    """Every moment at which it became late, whatever was changed afterwards."""
    cycles: tuple[Cycle, ...] = ()
    stopped_at: datetime | None = None
