"""From a fetched message to what the store takes in: read, triaged, or put to quarantine."""

from __future__ import annotations

import hashlib
import traceback
from datetime import UTC, datetime
from pathlib import PurePath

from intake.imap.fetch import Fetched
from intake.reading import UnreadableMail, read
from intake.triage import triage
from store.records import Incoming
from store.rulebook import Rulebook
from store.text import one_line


def incoming(fetched: Fetched, rules: Rulebook, mailbox: str, now: datetime) -> Incoming:
    """Read and triage a message of ``mailbox``; whatever that raises sends it to quarantine.

    ``now`` is when it was fetched: its arrival where the server does not know that, and the
    latest it can have arrived.
    """
    arrived = min(fetched.arrived_at.astimezone(UTC), now) if fetched.arrived_at else now
    mail, found, reason = None, None, fetched.failure
    if not reason:
        try:
            mail = read(fetched.raw)
            found = triage(mail, rules, mailbox)
        except UnreadableMail as unreadable:
            reason = one_line(str(unreadable))
        except Exception as error:  # noqa: BLE001 - one bad message never stops the rest
            reason = f"reading it failed ({mishap(error)})"
    return Incoming(
        uid=fetched.uid,
        arrived_at=arrived,
        size=fetched.size,
        raw=fetched.raw,
        sha256=hashlib.sha256(fetched.raw).digest(),
        truncated=fetched.truncated,
        mail=None if reason else mail,
        triage=None if reason else found,
        quarantine=reason,
    )


def mishap(error: BaseException) -> str:
    """Return an unforeseen error as its kind and place: its text may hold the mail's."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f", {PurePath(frames[-1].filename).name} line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
