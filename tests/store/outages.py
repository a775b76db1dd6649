"""Outages and mails about them, for the store's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from store import commands
from store.desk import Desk
from store.mail_records import Incoming
from store.outage_records import OutageFacts
from store.records import Address
from store.words import OutageKind
from tests.conftest import NOW
from tests.store.letters import letter
from tests.store.people import ANA, the

#: Projectors are dark everywhere.
DARK = OutageFacts(OutageKind.OUTAGE, "projector", ("projector", "dark"), "A fuse has gone.")


def person(number: int) -> Address:
    """Return somebody who writes to the desk."""
    return Address(f"Person {number}", f"p{number}@maths.northgate.example")


def about_it(uid: int, at: datetime = NOW, **more: object) -> Incoming:
    """Return a mail of somebody of their own about projectors."""
    return letter(uid, at, f"The projector in room {uid} is dark", sender=person(uid), **more)


def about_printing(uid: int, at: datetime = NOW, subject: str = "Projector dark") -> Incoming:
    """Return a mail with the same words that is for another service."""
    mail = letter(uid, at, subject, sender=person(uid))
    return replace(mail, triage=replace(mail.triage, service="printing"))


def declare(desk: Desk, facts: OutageFacts = DARK, uid: int = 1) -> int:
    """Take a mail in and make its request the parent of an outage; return its number."""
    (taken,) = commands.take_in(desk, "help", 1, [about_it(uid, desk.clock.now())])
    commands.declare_outage(desk, ANA, the(taken.number), facts)
    return taken.number
