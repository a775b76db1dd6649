"""Who asked, where a mail gives the name alone: the one person of that name whom the desk knows.

Outlook writes no addresses of colleagues above what it forwards, and technicians write notes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from store.facts.people import mail_address, person
from store.rules.prepared import Letter, Prepared
from store.rules.terms import index_terms

#: Addresses of namesakes that are looked at.
_MOST = 500


def with_addresses(connection: Connection, batch: Sequence[Prepared]) -> list[Prepared]:
    """Return ``batch`` with the addresses of those who are known by their names only."""
    names = {
        spelling
        for each in batch
        if each.letter is not None and not each.letter.requester
        for spelling in _spellings(each.letter.requester_name)
    }
    if not names:
        return list(batch)
    query = (
        select(person.c.name, person.c.id, mail_address.c.address)
        .join(mail_address, mail_address.c.person_id == person.c.id)
        .where(person.c.name.in_(sorted(names)[:_MOST]), person.c.login == "")
        .order_by(mail_address.c.address)
        .limit(_MOST)
    )
    known: dict[str, dict[int, str]] = defaultdict(dict)
    for row in connection.execute(query):
        known[row.name].setdefault(row.id, row.address)
    return [_with_address(each, known) for each in batch]


def _with_address(message: Prepared, known: dict[str, dict[int, str]]) -> Prepared:
    letter = message.letter
    if letter is None or letter.requester:
        return message
    found: dict[int, str] = {}
    for spelling in _spellings(letter.requester_name):
        found |= known.get(spelling, {})
    if len(found) != 1:
        return message
    [address] = found.values()
    return replace(message, letter=_of(letter, address))


def _of(letter: Letter, address: str) -> Letter:
    why = f"{letter.requester_name} is {address}: nobody else of that name has asked before"
    return replace(
        letter,
        requester=address,
        terms=f"{letter.terms} {index_terms(address)}",
        triage=replace(letter.triage, why=(*letter.triage.why, why)),
    )


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name as people write it, and as address books do: "Hopper, Grace"."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return (name, f"{first} {last}") if comma and first and last else (name,) if name else ()
