"""Actors and shorthands for the store's tests."""

from __future__ import annotations

from store import commands
from store.desk import Desk
from store.new_requests import NewRequest
from store.records import Actor, Address, Target
from store.words import Role

ANA = Actor("ana", "Ana Lovelace", Role.LEAD)
BEN = Actor("ben", "Ben Okafor")
CHI = Actor("chi", "Chi Nakamura")
VISITOR = Actor("guest", "A Visitor", read_only=True)

HOPPER = Address("Grace Hopper", "hopper@maths.northgate.example")


def a_request(desk: Desk, subject: str = "Projector dead, class waiting", **more) -> int:
    """Open a request of Grace Hopper's at the counter and return its number."""
    new = NewRequest(**({"requester": HOPPER, "subject": subject} | more))
    return commands.open_request(desk, ANA, new).number


def the(number: int, version: int | None = None) -> Target:
    """Return a request as somebody saw it."""
    return Target(number, version)
