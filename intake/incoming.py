"""From a fetched message to what the store takes in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from intake.imap.fetched import Fetched
from intake.understanding import Understood
from store.records import Incoming, ReadMail


def incoming(fetched: Fetched, understood: Understood, now: datetime) -> Incoming:
    """Return ``fetched`` with what was understood of it.

    ``now`` is when it was fetched: its arrival where the server does not know that, and the
    latest it can have arrived.
    """
    mail = understood.mail
    if mail is not None and fetched.truncated:
        mail = _with_note(mail, fetched.size)
    arrived = min(fetched.arrived_at.astimezone(UTC), now) if fetched.arrived_at else now
    return Incoming(
        uid=fetched.uid,
        arrived_at=arrived,
        size=fetched.size,
        raw=fetched.raw,
        sha256=hashlib.sha256(fetched.raw).digest(),
        truncated=fetched.truncated,
        mail=None if fetched.failure else mail,
        triage=None if fetched.failure else understood.triage,
        quarantine=fetched.failure or understood.quarantine,
    )


def _with_note(mail: ReadMail, size: int) -> ReadMail:
    """Return a mail of which only the start was fetched, saying so where people read it."""
    note = (
        f"[This mail has {size / 1_000_000:,.0f} MB: only its start is here. "
        "The whole is in the mailbox.]"
    )
    return replace(
        mail,
        text=f"{mail.text}\n\n{note}",
        reply=f"{mail.reply}\n\n{note}",
        defects=(*mail.defects, note),
    )
