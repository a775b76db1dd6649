"""From a request's history to what its clocks see.

An event that was taken back, and the event that took it back, never happened to a clock. Nor
did a mail that was split off, unless more was done on the strength of it: then the request
still went on or was opened again at that moment, but nobody asked anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from store.rules.clocks import ClockEvent, ClockEventKind
from store.words import Happened, State

_WAITING = {
    State.WAITING_REQUESTER: ClockEventKind.WAIT_REQUESTER,
    State.WAITING_SUPPLIER: ClockEventKind.WAIT_SUPPLIER,
}
_ENDED = (State.RESOLVED, State.CLOSED)

#: What happened, where it is the same to the clocks whatever else the event says.
_SAME = {
    Happened.ACKNOWLEDGED: ClockEventKind.AUTO_ACK,
    Happened.REDIRECTED: ClockEventKind.AUTO_ACK,
    Happened.REPLIED: ClockEventKind.PUBLIC_REPLY,
    Happened.NOTED: ClockEventKind.INTERNAL_NOTE,
    Happened.RESUMED: ClockEventKind.RESUME,
    Happened.EMERGENCY: ClockEventKind.EMERGENCY,
    Happened.RESOLVED: ClockEventKind.RESOLVED,
    Happened.REOPENED: ClockEventKind.REOPENED,
    Happened.MERGED_AWAY: ClockEventKind.MERGED_AWAY,
}

#: Who wrote a mail that followed up, as ``detail["by"]`` of the event says.
_WRITERS = {
    "requester": ClockEventKind.REQUESTER_REPLY,
    "desk": ClockEventKind.PUBLIC_REPLY,
    "inside": ClockEventKind.INTERNAL_NOTE,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a request's history, as the rules need it."""

    id: int
    at: datetime
    what: Happened
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None


def standing(history: Iterable[Happening]) -> list[Happening]:
    """Return the events that count: neither taken back nor taking back, oldest first."""
    events = sorted(history, key=lambda event: event.id)
    gone = taken_back(events)
    kept = {event.undoes for event in events if event.detail.get("stays") and event.id not in gone}
    return [
        replace(event, detail={**event.detail, "by": ""}) if event.id in kept else event
        for event in events
        if event.undoes is None and (event.id not in gone or event.id in kept)
    ]


class TakesBack(Protocol):
    """What ``taken_back`` needs to know of an event."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def undoes(self) -> int | None:
        """Id of the event that it takes back."""


def taken_back(history: Iterable[TakesBack]) -> set[int]:
    """Return the ids of the events that were taken back, and are so still.

    One that took something back, and was taken back itself, has taken nothing back.
    """
    gone: set[int] = set()
    for event in sorted(history, key=lambda event: event.id, reverse=True):
        if event.undoes is not None and event.id not in gone:
            gone.add(event.undoes)
    return gone


def clock_events(history: Iterable[Happening]) -> list[ClockEvent]:
    """Return what the clocks see of a request's whole history, oldest first."""
    seen: list[ClockEvent] = []
    declared, priority = False, ""
    for event in standing(history):
        priority = event.new.get("priority", priority)
        if event.what is Happened.STOOD_DOWN:
            declared = False
            seen.append(ClockEvent(event.at, ClockEventKind.STOOD_DOWN, priority=priority))
            continue
        declared = declared or event.what is Happened.EMERGENCY
        # An emergency keeps its own clocks, however it is rated, until it is stood down.
        if not (declared and event.what is Happened.RATED):
            seen += _seen(event)
    return seen


def _seen(event: Happening) -> Iterator[ClockEvent]:
    match event.what:
        case Happened.UNDONE if event.new.get("state") == State.MERGED:
            # A split was taken back: what it had opened is part of the other again.
            yield ClockEvent(event.at, ClockEventKind.MERGED_AWAY)
        case Happened.RECEIVED:
            yield ClockEvent(event.at, ClockEventKind.RECEIVED, priority=event.new["priority"])
        case Happened.FOLLOWED_UP:
            yield from _followed_up(event)
        case Happened.WAIT_STARTED if "state" in event.new:
            yield ClockEvent(event.at, _WAITING[State(event.new["state"])])
        case Happened.RATED if "priority" in event.new:
            yield ClockEvent(event.at, ClockEventKind.PRIORITY, priority=event.new["priority"])
        case Happened.MERGED_IN:
            received = datetime.fromisoformat(event.detail["received_at"])
            yield ClockEvent(event.at, ClockEventKind.MERGED_IN, other_received=received)
        case what if what in _SAME:
            yield ClockEvent(event.at, _SAME[what])
        case _:
            return


def _followed_up(event: Happening) -> Iterator[ClockEvent]:
    """A mail may first end a wait or open the request again, and then counts as a message."""
    if event.new.get("state") == State.OPEN:
        was = event.old["state"]
        if was in _WAITING:
            yield ClockEvent(event.at, ClockEventKind.RESUME)
        elif was in _ENDED:
            yield ClockEvent(event.at, ClockEventKind.REOPENED)
    writer = _WRITERS.get(event.detail.get("by", ""))
    if writer is not None:
        yield ClockEvent(event.at, writer)
