"""From a fetched message to what the store takes in."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from intake.imap.fetched import Fetched
from intake.understanding import Understood
from store.records import Incoming


def incoming(fetched: Fetched, understood: Understood, now: datetime) -> Incoming:
    """Return ``fetched`` with what was understood of it.

    ``now`` is when it was fetched: its arrival where the server does not know that, and the
    latest it can have arrived.
    """
    arrived = min(fetched.arrived_at.astimezone(UTC), now) if fetched.arrived_at else now
    return Incoming(
        uid=fetched.uid,
        arrived_at=arrived,
        size=fetched.size,
        raw=fetched.raw,
        sha256=hashlib.sha256(fetched.raw).digest(),
        truncated=fetched.truncated,
        mail=None if fetched.failure else understood.mail,
        triage=None if fetched.failure else understood.triage,
        quarantine=fetched.failure or understood.quarantine,
    )
