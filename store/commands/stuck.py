"""What people decide about a mail that is stuck, or that may have been sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from store.commands.change import may_write
from store.commands.outbox import tell
from store.desk import Desk
from store.errors import NotFound, NotPossible
from store.facts.engine import Writing
from store.facts.mail import outbox
from store.facts.messages import message
from store.records import Actor, Done
from store.words import Delivery

_OPEN = (Delivery.PENDING, Delivery.UNCERTAIN, Delivery.FAILED)


def send_again(desk: Desk, actor: Actor, outbox_id: int) -> Done:
    """Send a mail again, now, with the Message-ID it had.

    Raises:
        NotPossible: it was sent, is being sent, or was given up.
        NotAllowed: the actor may only look.
        NotFound: there is no such mail.
        StoreError: the database failed; nothing was changed.
    """
    return _decide(
        desk,
        actor,
        outbox_id,
        _OPEN,
        "sends the {kind} again",
        state=Delivery.PENDING.value,
        next_try_at=desk.clock.now(),
        attempts=0,
        error="",
    )


def give_up(desk: Desk, actor: Actor, outbox_id: int) -> Done:
    """Send a mail no more, whatever became of it; raises as ``send_again``."""
    return _decide(
        desk,
        actor,
        outbox_id,
        _OPEN,
        "gave the {kind} up",
        state=Delivery.GIVEN_UP.value,
    )


def was_sent(desk: Desk, actor: Actor, outbox_id: int) -> Done:
    """Say that a mail which may have been sent was; raises as ``send_again``."""
    return _decide(
        desk,
        actor,
        outbox_id,
        (Delivery.UNCERTAIN,),
        "knows that the {kind} was sent",
        state=Delivery.SENT.value,
        sent_at=desk.clock.now(),
        remaining=[],
        error="",
    )


_IS = {
    Delivery.PENDING: "waits to be sent",
    Delivery.SENDING: "is being sent just now",
    Delivery.SENT: "was sent",
    Delivery.UNCERTAIN: "may have been sent",
    Delivery.FAILED: "could not be delivered",
    Delivery.GIVEN_UP: "was given up",
}


def _decide(
    desk: Desk,
    actor: Actor,
    outbox_id: int,
    allowed: tuple[Delivery, ...],
    words: str,
    **columns: Any,
) -> Done:
    may_write(actor)
    with desk.writing() as writing:
        row = _standing(writing, outbox_id)
        state = Delivery(row.state)
        if state not in allowed:
            raise NotPossible(f"The {row.kind} of #{row.number} {_IS[state]}")
        changed = update(outbox).where(outbox.c.id == outbox_id)
        # Without its lease: what a poller still finds out about it counts no more.
        writing.connection.execute(
            changed.values(**columns, lease="", leased_until=None, handing_over=False)
        )
        return tell(desk, writing, row, actor, words.format(kind=row.kind))


def _standing(writing: Writing, outbox_id: int) -> Row[*tuple[Any, ...]]:
    query = (
        select(outbox, message.c.number)
        .join(message, message.c.id == outbox.c.message_id)
        .where(outbox.c.id == outbox_id)
    )
    row = writing.connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("There is no such mail in the outbox")
    return row
