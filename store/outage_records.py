"""Records about known outages and planned maintenance that cross rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.words import OutageKind


@dataclass(frozen=True, slots=True)
class OutageFacts:
    """What is known of an outage, as somebody enters it."""

    kind: OutageKind
    service: str = ""
    """Key of the service; "" for any."""
    words: tuple[str, ...] = ()
    """One of them is in a mail about it; none: every mail for the service is."""
    text: str = ""
    """What requesters are told, in one line."""
    starts_at: datetime | None = None
    """None: when the request was received; of maintenance: now."""
    ends_at: datetime | None = None
    """When it is expected to be over; maintenance has to say so."""


@dataclass(frozen=True, slots=True)
class OutageView:
    """A known outage, or maintenance that is going on or to come."""

    number: int
    """The parent: the request that mail about it joins."""
    kind: OutageKind
    service: str
    words: tuple[str, ...]
    text: str
    starts_at: datetime
    ends_at: datetime | None
    always: bool
    """Mail about it joins the parent without asking."""
    people: int
    """Who asked about it: everybody whom an answer on the parent reaches."""
    maybe: int = 0
    """Live requests that may be about it, which nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class OutageMark:
    """What a request has to do with a known outage."""

    number: int
    """The parent; the request itself if it is."""
    parent: bool
    """Whether it is the parent; else it may be about it."""
    kind: OutageKind
    people: int
    """Of the parent: everybody whom an answer reaches."""
