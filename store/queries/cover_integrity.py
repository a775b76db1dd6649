"""Whether the changes of cover can be what people have agreed on, for ``deskwatch db verify``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from store.facts.cover import change_of, cover_change
from store.facts.people import person


def cover_problems(connection: Connection) -> Iterator[str]:
    """Yield a line for every change of cover that nobody can have made."""
    people = {*connection.scalars(select(person.c.login).where(person.c.login != ""))}
    before: set[int] = set()
    """Changes that may still be taken back."""
    for row in connection.execute(select(cover_change).order_by(cover_change.c.id)):
        if row.cancels is not None:
            if row.cancels not in before:
                yield f"cover {row.id}: it takes back {row.cancels}, which does not stand before it"
            before.discard(row.cancels)
            continue
        before.add(row.id)
        yield from _wrong_with(row, people)


def _wrong_with(row: Row[*tuple[Any, ...]], people: set[str]) -> Iterator[str]:
    try:
        change = change_of(row)
    except ValueError as error:
        yield f"cover {row.id}: it cannot be understood ({error})"
        return
    if change.start >= change.end:
        yield f"cover {row.id}: it ends before it begins"
    for login in filter(None, (change.who, change.instead_of)):
        if login not in people:
            yield f"cover {row.id}: nobody on the desk was ever called {login}"
