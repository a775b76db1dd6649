"""Records about calls and other notices to people of the desk that cross rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.words import Delivery, Notice


@dataclass(frozen=True, slots=True)
class CallView:
    """That somebody was called to an emergency."""

    login: str
    at: datetime
    failed: bool = False
    """It has reached none of their places, as far as is known."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A request that has used most of its time."""

    number: int
    subject: str
    level: int
    """75 or 90 percent."""
    due: datetime


@dataclass(frozen=True, slots=True)
class SoonPromised:
    """A request whose requester was promised something by a time that is near."""

    number: int
    subject: str
    promised: datetime


@dataclass(frozen=True, slots=True)
class NoticeLease:
    """The right to send one notice, which only one poller has at a time, and what it says."""

    id: int
    token: str
    attempts: int
    """Made, this one included."""
    kind: Notice
    login: str
    place: str
    number: int | None
    subject: str
    text: str
    message_id: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StuckNotice:
    """A notice that did not go out as it should have."""

    id: int
    kind: Notice
    number: int | None
    login: str
    place: str
    state: Delivery
    attempts: int
    error: str
    created_at: datetime
    next_try_at: datetime
