"""Mail taken in, for the tests of what becomes of it."""

from __future__ import annotations

from store.commands import take_in
from store.records import Address

VOSS = Address("Erich Voss", "voss@northgate.example")
SUPPLIER = Address("Lamps Ltd", "sales@lamps.example")


def take(desk, *items, box="help", uidvalidity=7):
    """Take ``items`` in and return what became of them."""
    return take_in(desk, box, uidvalidity, items)


def key(uid: int) -> str:
    """Return the Message-ID of the letter with ``uid``."""
    return f"{uid}@mail.northgate.example"


def address_of(login: str) -> Address:
    """Return the address of a person of the desk."""
    return Address(login, f"{login}@northgate.example")
