"""Whether a mail may be answered by the desk itself, and whether anybody can be written to."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.rulebook import Rulebook
from store.words import Machine

#: Mail that came longer ago is history, as in a mailbox that is read for the first time.
_OLD = timedelta(hours=24)
#: RFC 5321 4.5.3.1: 64 for the local part, 255 for the domain.
_LONGEST_ADDRESS = 320
#: Before the @ may stand anything printable, in quotes.
_SENDABLE = re.compile(
    r"(?:[^\s@<>()\[\],;:\\\"]+|\"[^\"\\\x00-\x1f\x7f]+\")@[^\s@<>()\[\],;:\\\"]+"
)
_NO_REPLY = re.compile(r"(?:no|do[._-]?not)[._-]?reply\b|nobody@|mailer-daemon@|postmaster@")


@dataclass(frozen=True, slots=True)
class Question:
    """What the decision needs of a mail that opens a request."""

    sender: str
    """Address, lower case."""
    requester: str
    arrived_at: datetime
    written_at: datetime | None
    machine: Machine | None
    spoofed: str = ""
    """Why the sender may be somebody else."""


@dataclass(slots=True)
class Valve:
    """How many automatic answers went out in the last hour, counted on as more are written."""

    total: int
    by_address: dict[str, int]

    def answered(self, address: str) -> None:
        """Count one more."""
        self.total += 1
        self.by_address[address] = self.by_address.get(address, 0) + 1

    def stops(self, address: str, rules: Rulebook) -> str:
        """Return why no more may go to ``address`` now; "" if one may."""
        most, most_to_one = rules.answers.per_hour, rules.answers.per_address
        if self.by_address.get(address, 0) >= most_to_one:
            return f"{address} had {most_to_one} automatic answers within the hour"
        if self.total >= most:
            return f"the desk has sent {most} automatic answers within the hour"
        return ""


def why_silent(asked: Question, rules: Rulebook, staff: Collection[str], now: datetime) -> str:
    """Return why a mail that opens a request is not acknowledged; "" if it is.

    Args:
        asked: The mail.
        rules: The desk's.
        staff: Addresses of the people on the desk.
        now: The time.
    """
    address = asked.requester
    written = min(asked.written_at or asked.arrived_at, asked.arrived_at)
    machine = asked.machine.value.replace("_", " ") if asked.machine else ""
    reasons = {
        f"it is automatic or list mail ({machine})": bool(machine),
        f"the sender may be somebody else ({asked.spoofed})": bool(asked.spoofed),
        "there is no address to answer to": not is_sendable(address),
        "the desk asks itself": is_the_desk(address, rules),
        f"nobody reads answers to {address}": bool(_NO_REPLY.match(address)),
        "people of the desk see it on the board": address in staff,
        "it is more than a day old": now - written > _OLD,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def is_sendable(address: str) -> bool:
    """Say whether this is an address that a mail can be sent to."""
    return len(address) <= _LONGEST_ADDRESS and _SENDABLE.fullmatch(address) is not None


def is_the_desk(address: str, rules: Rulebook) -> bool:
    """Say whether mail to ``address`` would come back to this very desk."""
    return address.lower() in {*rules.addresses, rules.sender}
