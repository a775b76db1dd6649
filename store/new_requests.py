"""Records of requests that come in over no mailbox; as frozen as those of ``store.records``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.records import Address
from store.words import Channel, Ending, Kind, Level


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request that a person of the desk enters: asked at the counter, by phone, in a chat.

    What is None comes from the service catalogue.
    """

    requester: Address
    """The address may be "" if it is not known."""
    subject: str
    text: str = ""
    channel: Channel = Channel.WALK_UP
    service: str = ""
    kind: Kind | None = None
    impact: Level | None = None
    urgency: Level | None = None
    assignee: str = ""
    """Login of who has it from the start; "" for nobody."""
    end_run_person: str = ""
    """Login of the person who was asked instead of the desk; "" if it was the desk."""
    asked_at: datetime | None = None
    """None: now."""
    minutes: int | None = None
    """That it took of whoever was asked instead of the desk."""
    entry: str = ""
    """A random name of what was logged; "" for what was not."""


@dataclass(frozen=True, slots=True)
class EndRunEntry:
    """An end-run that a person of the desk logs (R7)."""

    entry: str
    """A random name for it: however often it is sent, it is logged once."""
    requester: Address
    """The address may be "" if it is not known."""
    what: str
    whom: str
    """Login of who was asked."""
    asked_at: datetime
    channel: Channel = Channel.WALK_UP
    minutes: int = 5
    ending: Ending | None = None
    """How it ended; None: it is still to be done."""
    emergency: bool = False
    service: str = ""
