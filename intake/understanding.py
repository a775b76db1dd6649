"""What is understood of a message: read and triaged, or why it could not be."""

from __future__ import annotations

from dataclasses import dataclass

from intake.mishap import mishap
from intake.reading import UnreadableMail, read
from intake.triage import triage
from store.records import ReadMail, Triage
from store.rulebook import Rulebook
from store.text import one_line


@dataclass(frozen=True, slots=True)
class Understood:
    """A mail with its triage, or the reason for quarantine."""

    mail: ReadMail | None
    triage: Triage | None
    quarantine: str = ""


def understand(raw: bytes, rules: Rulebook, mailbox: str) -> Understood:
    """Read and triage a message of ``mailbox``; whatever that raises is a reason."""
    try:
        mail = read(raw)
        return Understood(mail, triage(mail, rules, mailbox))
    except UnreadableMail as unreadable:
        return Understood(None, None, one_line(str(unreadable)))
    except Exception as error:  # noqa: BLE001 - one bad message never stops the rest
        return Understood(None, None, f"reading it failed ({mishap(error)})")
