"""Two people who swap: each takes a stretch of the other's, in one transaction, and back as one."""

from __future__ import annotations

from sqlalchemy import Connection

from store.commands.cover import change_cover, take_back_cover
from store.cover_records import CoverDone
from store.desk import Desk
from store.facts.cover import cover_change, standing_changes
from store.records import Actor
from store.rules.roster import Change, ChangeKind


def swap_cover(
    desk: Desk, actor: Actor, given: Change, taken: Change, seen: int | None = None
) -> CoverDone:
    """Let two people swap; say what was agreed.

    Args:
        desk: The desk.
        actor: Who enters it.
        given: One takes a stretch of the other's …
        taken: … who takes one of theirs.
        seen: As for ``change_cover``.

    Raises:
        NotAllowed: the actor may only look, or this is not about them.
        LostRace: somebody else has changed cover of either time since ``seen``.
        NotPossible: one of them cannot be, or would change nothing; says why.
        StoreError: the database failed; nothing was changed.
    """
    with desk.writing() as writing:
        joined = desk.within(writing)
        first = change_cover(joined, actor, given, seen)
        second = change_cover(joined, actor, taken, seen)
    return CoverDone(second.id, f"{first.text}; {second.text}")


def undo_cover(desk: Desk, actor: Actor) -> CoverDone:
    """Take back the actor's last change of cover that stands; of a swap, both parts.

    Raises:
        NotAllowed: the actor may only look.
        NotPossible: there is none, it is over, or somebody else has changed that time since.
        StoreError: the database failed; nothing was changed.
    """
    with desk.writing() as writing:
        joined = desk.within(writing)
        is_swap = _is_swap(writing.connection, actor)
        done = take_back_cover(joined, actor)
        if is_swap:
            done = CoverDone(done.id, f"{done.text}; {take_back_cover(joined, actor).text}")
    return done


def _is_swap(connection: Connection, actor: Actor) -> bool:
    """Say whether the actor's last two changes that stand are the two parts of one swap."""
    mine = standing_changes().where(cover_change.c.actor == actor.login)
    rows = connection.execute(mine.order_by(cover_change.c.id.desc()).limit(2)).all()
    if len(rows) < 2:  # noqa: PLR2004 -- two parts
        return False
    last, before = rows
    one, other = (last.who, last.instead_of), (before.instead_of, before.who)
    swapped = last.kind == before.kind == ChangeKind.SWAP.value and one == other
    return swapped and last.at == before.at and last.id == before.id + 1
