"""Notes from one shift to the next, unread until whoever takes over has read them."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from store.commands.change import may_write
from store.commands.checks import must_say_something
from store.desk import Desk
from store.errors import NotPossible
from store.facts.cover import hand_over as table
from store.records import Actor
from store.rules.hand_overs import for_whom
from store.text import one_line

#: A note is read at a glance; what is longer belongs on a request.
LONGEST = 4_000


def hand_over(desk: Desk, actor: Actor, text: str) -> str:
    """Leave a note for whoever takes over the watch; return the line for the toast.

    Raises:
        NotAllowed: the actor may only look.
        NotPossible: it says nothing, or too much.
        StoreError: the database failed; nothing was written.
    """
    may_write(actor)
    said = must_say_something(text, "A note")
    if len(said) > LONGEST:
        raise NotPossible(f"A note has at most {LONGEST:,} characters; this one has {len(said):,}")
    with desk.writing() as writing:
        writing.connection.execute(
            insert(table).values(
                id=writing.ids("hand_over"),
                at=writing.now,
                actor=actor.login,
                text=said,
                read_at=None,
                read_by="",
            )
        )
        whom = for_whom(
            desk.rules.roster,
            actor.login,
            desk.short_name,
            writing.now,
            ZoneInfo(desk.rules.timezone),
        )
        return one_line(f"Note left for {whom}")


def read_hand_overs(desk: Desk, actor: Actor, ids: Sequence[int]) -> None:
    """Say that the actor has read these notes; what was read before stays as it is.

    Raises:
        NotAllowed: the actor may only look.
        StoreError: the database failed; they are unread still.
    """
    may_write(actor)
    if not ids:
        return
    with desk.writing() as writing:
        unread = table.c.id.in_(list(ids)) & table.c.read_at.is_(None)
        writing.connection.execute(
            update(table).where(unread).values(read_at=writing.now, read_by=actor.login)
        )
