"""From a fetched message to what the store takes in: read, triaged, or put to quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from intake.imap.fetched import Fetched
from intake.mishap import mishap
from intake.reading import UnreadableMail, read
from intake.triage import triage
from store.mail_records import Incoming, ReadMail, Triage
from store.rulebook import Rulebook
from store.rules.prepared import Prepared, prepare
from store.text import one_line


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads the mail of one mailbox by the rules of one policy. A pure function, in effect."""

    rules: Rulebook
    mailbox: str
    whole: str = "in the mailbox"
    """Where the whole of a mail is of which only the start is read."""

    def of(self, batch: Sequence[Fetched], now: datetime) -> list[Prepared]:
        """Return what the store takes in of each message, fetched at ``now``.

        Whatever reading one of them raises sends that one to quarantine.
        """
        return [self._of_one(each, now) for each in batch]

    def _of_one(self, fetched: Fetched, now: datetime) -> Prepared:
        mail, found, reason = self.explained(fetched)
        if not reason:
            try:
                return prepare(_incoming(fetched, now, mail, found))
            except Exception as error:  # noqa: BLE001 - one bad message never stops the rest
                reason = f"preparing it failed ({mishap(error)})"
        return prepare(_incoming(fetched, now, quarantine=reason))

    def explained(self, fetched: Fetched) -> tuple[ReadMail | None, Triage | None, str]:
        """Return a message read and triaged; or why it cannot be, and neither."""
        reason = fetched.failure
        if not reason:
            try:
                mail = read(fetched.raw)
                found = triage(mail, self.rules, self.mailbox)
            except UnreadableMail as unreadable:
                reason = one_line(str(unreadable))
            except Exception as error:  # noqa: BLE001 - one bad message never stops the rest
                reason = f"reading it failed ({mishap(error)})"
            else:
                if fetched.truncated:
                    mail = _with_note(mail, fetched.size, self.whole)
                return mail, found, ""
        return None, None, reason


def _incoming(
    fetched: Fetched,
    now: datetime,
    mail: ReadMail | None = None,
    found: Triage | None = None,
    quarantine: str = "",
) -> Incoming:
    # No mail arrives after it was fetched, whatever the server's clock says.
    arrived = min(fetched.arrived_at.astimezone(UTC), now) if fetched.arrived_at else now
    return Incoming(
        uid=fetched.uid,
        arrived_at=arrived,
        size=fetched.size,
        raw=fetched.raw,
        sha256=hashlib.sha256(fetched.raw).digest(),
        truncated=fetched.truncated,
        mail=mail,
        triage=found,
        quarantine=quarantine,
    )


def _with_note(mail: ReadMail, size: int, whole: str) -> ReadMail:
    """Return a mail of which only the start was fetched, saying so where people read it."""
    note = (
        f"[This mail has {size / 1_000_000:,.0f} MB: only its start is here. The whole is {whole}.]"
    )
    return replace(
        mail,
        text=f"{mail.text}\n\n{note}",
        reply=f"{mail.reply}\n\n{note}",
        defects=(*mail.defects, note),
    )
