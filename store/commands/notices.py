"""Notices as the poller works them off: who sends which, and what came of it.

As with the outbox, a notice is sent by whoever holds its lease, and ``hand_over`` is written
before it goes out: after a crash what was not handed over is sent, and of the rest nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from store.commands.change import Change, standing_request, write
from store.desk import Desk
from store.facts.engine import Writing
from store.facts.mail import LONGEST_WAIT
from store.facts.notices import is_due, notice
from store.notice_records import NoticeLease
from store.records import DESK
from store.text import one_line
from store.words import Delivery, Happened, Notice

_LONGEST_ERROR = 300
_BROKE_OFF = "the poller was interrupted while it went out"


def lease_notice(desk: Desk, token: str, until: datetime) -> NoticeLease | None:
    """Take the notice that has waited longest of those that are due; None if there is none.

    Args:
        desk: The desk.
        token: A name for this lease that no other has.
        until: When others may take it over.
    """
    due = (
        select(notice)
        .where(notice.c.state == Delivery.PENDING.value)
        .where(is_due(desk.clock.now()))
        .order_by(notice.c.next_try_at, notice.c.id)
        .limit(1)
    )
    with desk.store.reading() as connection:
        if connection.execute(due).one_or_none() is None:
            return None
    with desk.writing() as writing:
        row = writing.connection.execute(due).one_or_none()
        if row is None:
            return None
        writing.connection.execute(
            update(notice)
            .where(notice.c.id == row.id)
            .values(
                state=Delivery.SENDING.value,
                lease=token,
                leased_until=until,
                handing_over=False,
                attempts=row.attempts + 1,
            )
        )
    return NoticeLease(
        id=row.id,
        token=token,
        attempts=row.attempts + 1,
        kind=Notice(row.kind),
        login=row.login,
        place=row.place,
        number=row.number,
        subject=row.subject,
        text=row.text,
        message_id=row.message_id,
        written_at=row.created_at,
    )


def hand_over_notice(desk: Desk, held: NoticeLease, until: datetime) -> bool:
    """Write down that it goes out now; False: it is somebody else's by now, or not wanted."""
    with desk.writing() as writing:
        noted = writing.connection.execute(
            update(notice)
            .where(notice.c.id == held.id)
            .where(notice.c.lease == held.token, notice.c.state == Delivery.SENDING.value)
            .values(handing_over=True, leased_until=until)
        )
        return bool(noted.rowcount)


def notice_sent(desk: Desk, held: NoticeLease) -> None:
    """Write down that it has arrived, as far as the service says."""
    with desk.writing() as writing:
        _settle(writing, held, state=Delivery.SENT.value, sent_at=writing.now, error="")


def put_notice_off(desk: Desk, held: NoticeLease, why: str, again: datetime) -> None:
    """Write down that it was not taken, and will be tried again; the first time tells it."""
    with desk.writing() as writing:
        said = one_line(why)[:_LONGEST_ERROR]
        state = Delivery.PENDING.value
        row = _settle(writing, held, state=state, next_try_at=again, error=said)
        if row is not None and held.attempts == 1:
            _tell(desk, writing, row, f"could not call {_person(desk, row)} so far: {said}")


def refuse_notice(desk: Desk, held: NoticeLease, why: str) -> None:
    """Write down that it will not be taken."""
    with desk.writing() as writing:
        said = one_line(why)[:_LONGEST_ERROR]
        row = _settle(writing, held, state=Delivery.FAILED.value, error=said)
        if row is not None:
            _tell(desk, writing, row, f"could not call {_person(desk, row)}: {said}")


def doubt_notice(desk: Desk, held: NoticeLease, why: str) -> None:
    """Write down that nobody knows whether it has arrived. It is not sent again."""
    with desk.writing() as writing:
        said = one_line(why)[:_LONGEST_ERROR]
        row = _settle(writing, held, state=Delivery.UNCERTAIN.value, error=said)
        if row is not None:
            _tell(desk, writing, row, f"may have reached {_person(desk, row)}, or not: {said}")


def recover_notices(desk: Desk, gone: Callable[[str], bool]) -> int:
    """Take back notices from pollers that are no more; return how many.

    Args:
        desk: The desk.
        gone: Whether the poller with this lease is known to have ended.
    """
    sending = select(notice).where(notice.c.state == Delivery.SENDING.value)
    with desk.store.reading() as connection:
        rows = connection.execute(sending).all()
    if not any(_is_lost(row, desk.clock.now(), gone) for row in rows):
        return 0
    with desk.writing() as writing:
        rows = writing.connection.execute(sending).all()
        lost = [row for row in rows if _is_lost(row, writing.now, gone)]
        for row in lost:
            state = Delivery.UNCERTAIN if row.handing_over else Delivery.PENDING
            writing.connection.execute(
                update(notice)
                .where(notice.c.id == row.id)
                .values(state=state.value, next_try_at=writing.now, error=_BROKE_OFF)
            )
            if row.handing_over:
                words = f"may have reached {_person(desk, row)}, or not: {_BROKE_OFF}"
                _tell(desk, writing, row, words)
        return len(lost)


def notice_came_back(writing: Writing, message_id: str, why: str) -> None:
    """Write down that a mail to somebody of the desk came back; nothing if there is none."""
    query = select(notice).where(notice.c.message_id == message_id, notice.c.message_id != "")
    row = writing.connection.execute(query).one_or_none()
    if row is not None:
        values = {"state": Delivery.FAILED.value, "error": one_line(why)[:_LONGEST_ERROR]}
        writing.connection.execute(update(notice).where(notice.c.id == row.id).values(values))


def _is_lost(row: Row[*tuple[Any, ...]], now: datetime, gone: Callable[[str], bool]) -> bool:
    in_time = now < row.leased_until <= now + LONGEST_WAIT
    return not in_time or gone(row.lease)


def _settle(writing: Writing, held: NoticeLease, **columns: Any) -> Row[*tuple[Any, ...]] | None:
    """Write down what came of a notice; None if somebody else has decided about it since."""
    mine = (notice.c.id == held.id) & (notice.c.lease == held.token)
    open_ = or_(
        notice.c.state == Delivery.SENDING.value, notice.c.state == Delivery.UNCERTAIN.value
    )
    row = writing.connection.execute(select(notice).where(mine, open_)).one_or_none()
    if row is not None:
        changed = update(notice).where(notice.c.id == held.id)
        writing.connection.execute(changed.values(**columns, leased_until=None))
    return row


def _person(desk: Desk, row: Row[*tuple[Any, ...]]) -> str:
    return f"{desk.short_name(row.login)} by {row.place}"


def _tell(desk: Desk, writing: Writing, row: Row[*tuple[Any, ...]], words: str) -> None:
    """Add to the history of an emergency what became of a call."""
    if row.kind != Notice.EMERGENCY or row.number is None:
        return
    standing = standing_request(writing.connection, row.number)
    detail = {"text": words, "login": row.login}
    wanted = Change(Happened.DELIVERY, f"#{row.number}: {words}", detail=detail)
    write(desk, writing, DESK, standing, wanted)
