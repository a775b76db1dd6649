"""Read mails and a rulebook for the tests of triage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from store.mail_records import ReadMail
from store.records import Address
from store.rulebook import Rulebook, ServiceRule
from store.words import Kind, Level
from tests.rulebook import a_rulebook

ANA = Address("Ana Lovelace", "ana@northgate.example")
"""A lead of the desk."""
VOSS = Address("Ingrid Voss", "voss@northgate.example")
"""Somebody who asks."""
DESK = Address("", "help@northgate.example")

_MAIL = ReadMail(
    message_id="1@northgate.example",
    in_reply_to=(),
    references=(),
    date=None,
    sender=VOSS,
    reply_to=None,
    to=(DESK,),
    cc=(),
    subject="Hello",
    text="",
    reply="",
    quoted="",
)


def letter(reply: str = "", /, **changes: Any) -> ReadMail:
    """Return a mail to the desk with this new text; ``headers`` are given as plain strings."""
    headers = {name: (value,) for name, value in changes.pop("headers", {}).items()}
    return replace(_MAIL, text=reply, reply=reply, headers=headers, **changes)


def with_services(*services: ServiceRule) -> Rulebook:
    """Return the test policy with these services."""
    return replace(a_rulebook(), services={service.key: service for service in services})


PRINTING = ServiceRule(
    "printing",
    "Printing",
    ("printer", "toner", "paper jam", "Drucker", "imprimante", "プリンタ", "打印机", "מדפסת"),
    impact_words={Level.HIGH: ("whole school", "everybody"), Level.MEDIUM: ("class",)},
    urgency_words={Level.HIGH: ("exam", "right now"), Level.LOW: ("no hurry",)},
)
PASSWORDS = ServiceRule(
    "passwords", "Passwords", ("password", "Passwort", "log in"), kind=Kind.SERVICE
)
VAULT = ServiceRule("vault", "Password manager", ("password manager",), kind=Kind.SUPPORT)
