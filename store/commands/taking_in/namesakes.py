"""Who asked, where a mail gives the name alone: the one person of that name whom the desk knows.

Outlook writes no addresses of colleagues above what it forwards, and technicians write notes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy import func as sql

from store.facts.people import mail_address, person
from store.rules.prepared import Letter, Prepared
from store.rules.terms import index_terms

#: Names of one batch that are looked for.
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
        select(
            person.c.name,
            sql.count(person.c.id.distinct()).label("people"),
            sql.min(mail_address.c.address).label("address"),
        )
        .join(mail_address, mail_address.c.person_id == person.c.id)
        .where(person.c.name.in_(sorted(names)[:_MOST]), person.c.login == "")
        .group_by(person.c.name)
    )
    known = {row.name: row for row in connection.execute(query)}
    return [_with_address(each, known) for each in batch]


def _with_address(message: Prepared, known: Mapping[str, Row[*tuple[Any, ...]]]) -> Prepared:
    letter = message.letter
    if letter is None or letter.requester:
        return message
    found = [known[name] for name in _spellings(letter.requester_name) if name in known]
    if sum(row.people for row in found) != 1:
        return message
    return replace(message, letter=_of(letter, found[0].address))


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
