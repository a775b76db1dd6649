"""The outbox as the poller works it off: who sends which mail, and what came of it.

A mail is sent by whoever holds its lease. Every change names the lease, so that a poller that
was away too long changes nothing any more. ``hand_over`` is written before the last byte: a
mail whose lease ran out before it was not sent, after it nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from store.commands.change import Change, standing_request, write
from store.commands.notices import notice_came_back
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.mail import LONGEST_WAIT, is_due, outbox
from store.facts.messages import message
from store.mail_records import Lease
from store.records import DESK, Actor, Done
from store.text import one_line
from store.words import Delivery, Happened, Sends

_LONGEST_ERROR = 500
#: Whoever is left of such a mail has not got it, as far as is known.
_NOT_TAKEN = (Delivery.PENDING.value, Delivery.FAILED.value)
_BROKE_OFF = "the poller was interrupted while the server had it in hand"


def lease(desk: Desk, token: str, until: datetime) -> Lease | None:
    """Take the mail that has waited longest of those that are due; None if there is none.

    Args:
        desk: The desk.
        token: A name for this lease that no other has.
        until: When others may take it over.
    """
    with desk.writing() as writing:
        due = (
            select(outbox)
            .where(outbox.c.state == Delivery.PENDING.value)
            .where(is_due(writing.now))
            .order_by(outbox.c.next_try_at, outbox.c.id)
            .limit(1)
        )
        row = writing.connection.execute(due).one_or_none()
        if row is None:
            return None
        writing.connection.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(
                state=Delivery.SENDING.value,
                lease=token,
                leased_until=until,
                handing_over=False,
                attempts=row.attempts + 1,
            )
        )
    return Lease(
        outbox_id=row.id,
        token=token,
        attempts=row.attempts,
        kind=Sends(row.kind),
        created_at=row.created_at,
        left=tuple(row.remaining),
    )


def hand_over(desk: Desk, held: Lease, until: datetime) -> bool:
    """Write down that the server gets the last byte now; False: it is somebody else's by now."""
    with desk.writing() as writing:
        noted = writing.connection.execute(
            update(outbox)
            .where(outbox.c.id == held.outbox_id)
            .where(outbox.c.lease == held.token, outbox.c.state == Delivery.SENDING.value)
            .values(handing_over=True, leased_until=until)
        )
        return bool(noted.rowcount)


def handed_over(
    desk: Desk, held: Lease, refused: Mapping[str, str], later: Mapping[str, str], again: datetime
) -> None:
    """Write down that the server has taken a mail.

    Args:
        desk: The desk.
        held: The lease.
        refused: By address: why the server does not take it for this recipient, ever.
        later: By address: why it does not take it for this recipient now.
        again: When to try those once more.
    """
    with desk.writing() as writing:
        told = "; ".join(f"{address}: {why}" for address, why in {**refused, **later}.items())
        state = Delivery.PENDING if later else Delivery.SENT
        row = _settle(
            writing,
            held,
            state=state.value,
            remaining=list(later),
            sent_at=writing.now,
            next_try_at=again,
            error=one_line(told)[:_LONGEST_ERROR],
        )
        if row is not None and refused:
            tell(desk, writing, row, DESK, f"could not deliver the {row.kind} to {told}")


def put_off(desk: Desk, held: Lease, why: str, again: datetime) -> None:
    """Write down that a mail was not sent, and will be tried again."""
    with desk.writing() as writing:
        _settle(
            writing,
            held,
            state=Delivery.PENDING.value,
            next_try_at=again,
            error=one_line(why)[:_LONGEST_ERROR],
        )


def refuse(desk: Desk, held: Lease, why: str) -> None:
    """Write down that a mail will not be taken, and tell the request."""
    with desk.writing() as writing:
        error = one_line(why)[:_LONGEST_ERROR]
        row = _settle(writing, held, state=Delivery.FAILED.value, error=error)
        if row is not None:
            tell(desk, writing, row, DESK, f"could not deliver the {row.kind}: {error}")


def doubt(desk: Desk, held: Lease, why: str) -> None:
    """Write down that nobody knows whether a mail was sent, and ask at the request."""
    with desk.writing() as writing:
        error = one_line(why)[:_LONGEST_ERROR]
        row = _settle(writing, held, state=Delivery.UNCERTAIN.value, error=error)
        if row is not None:
            tell(desk, writing, row, DESK, f"may have sent the {row.kind}, or not: {error}")


def hinder(desk: Desk, why: str, again: datetime) -> None:
    """Write down why nothing can be sent at all: on every mail that is due."""
    with desk.writing() as writing:
        writing.connection.execute(
            update(outbox)
            .where(outbox.c.state == Delivery.PENDING.value)
            .where(is_due(writing.now))
            .values(error=one_line(why)[:_LONGEST_ERROR], next_try_at=again)
        )


def came_back(writing: Writing, message_id: str, recipient: str, why: str) -> None:
    """Write down that a mail of ours did not reach somebody; nothing if we sent no such mail.

    Args:
        writing: The transaction in which the report is taken in.
        message_id: Of our mail, as ``store.rules.threads.id_key`` makes it.
        recipient: Who could not be reached; "" if the report does not say.
        why: In words.
    """
    query = (
        select(outbox)
        .join(message, message.c.id == outbox.c.message_id)
        .where(message.c.message_id == message_id, message.c.message_id != "")
    )
    row = writing.connection.execute(query.limit(1)).one_or_none()
    if row is None:
        notice_came_back(writing, message_id, why)
        return
    everybody = [address for _, address in row.recipients]
    if recipient.lower() not in {each.lower() for each in everybody} and len(everybody) > 1:
        # Which of them is not known: the others have it, and must not get it again.
        unsure = update(outbox).where(outbox.c.id == row.id)
        writing.connection.execute(unsure.values(error=one_line(why)[:_LONGEST_ERROR]))
        return
    unreached = {recipient.lower()} if recipient else {each.lower() for each in everybody}
    if row.state in _NOT_TAKEN or (row.state == Delivery.SENDING.value and not row.handing_over):
        unreached.update(each.lower() for each in row.remaining)
    writing.connection.execute(
        update(outbox)
        .where(outbox.c.id == row.id)
        .values(
            state=Delivery.FAILED.value,
            error=one_line(why)[:_LONGEST_ERROR],
            remaining=[each for each in everybody if each.lower() in unreached] or everybody,
            lease="",
            leased_until=None,
        )
    )


def recover(desk: Desk, gone: Callable[[str], bool]) -> int:
    """Take back mails from pollers that are no more; return how many.

    What had not been handed over is sent again; of the others nobody knows.

    Args:
        desk: The desk.
        gone: Whether the poller with this lease is known to have ended.
    """
    sending = select(outbox).where(outbox.c.state == Delivery.SENDING.value)
    with desk.store.reading() as connection:
        rows = connection.execute(sending).all()
    if not any(_is_lost(row, desk.clock.now(), gone) for row in rows):
        return 0
    with desk.writing() as writing:
        lost = [
            row
            for row in writing.connection.execute(sending).all()
            if _is_lost(row, writing.now, gone)
        ]
        for row in lost:
            state = Delivery.UNCERTAIN if row.handing_over else Delivery.PENDING
            writing.connection.execute(
                update(outbox)
                .where(outbox.c.id == row.id)
                .values(state=state.value, next_try_at=writing.now, error=_BROKE_OFF)
            )
            if row.handing_over:
                words = f"may have sent the {row.kind}, or not: {_BROKE_OFF}"
                tell(desk, writing, row, DESK, words)
        return len(lost)


def _is_lost(row: Row[*tuple[Any, ...]], now: datetime, gone: Callable[[str], bool]) -> bool:
    in_time = now < row.leased_until <= now + LONGEST_WAIT
    return not in_time or gone(row.lease)


def _settle(writing: Writing, held: Lease, **columns: Any) -> Row[*tuple[Any, ...]] | None:
    """Write down what came of a mail; None if somebody else has decided about it since.

    Whoever has sent it knows better than whoever found it in doubt meanwhile.
    """
    mine = (outbox.c.id == held.outbox_id) & (outbox.c.lease == held.token)
    open_ = or_(
        outbox.c.state == Delivery.SENDING.value, outbox.c.state == Delivery.UNCERTAIN.value
    )
    row = writing.connection.execute(select(outbox).where(mine, open_)).one_or_none()
    if row is not None:
        changed = update(outbox).where(outbox.c.id == held.outbox_id)
        writing.connection.execute(changed.values(**columns, leased_until=None))
    return row


def tell(
    desk: Desk, writing: Writing, row: Row[*tuple[Any, ...]], actor: Actor, words: str
) -> Done:
    """Add to a request's history what became of a mail of it; ``row`` is the outbox's."""
    number = writing.connection.execute(
        select(message.c.number).where(message.c.id == row.message_id)
    ).scalar_one()
    request = standing_request(writing.connection, number)
    detail = {"text": words, "mail": row.message_id}
    wanted = Change(Happened.DELIVERY, f"#{number}: {words}", detail=detail)
    return write(desk, writing, actor, request, wanted)
