"""The ledger: what became of every mail, and what people want of those that became no request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select, true
from sqlalchemy import func as sql

from store.desk import Desk
from store.facts.mail import ledger
from store.facts.mail import wish as wishes_table
from store.facts.messages import original
from store.mail_records import LedgerMail, LookAgain, MailPlace
from store.text import one_line
from store.words import Outcome, Wish

#: Wishes told at once; whoever fulfils them asks again.
_AT_ONCE = 100


def mails(desk: Desk, outcomes: Collection[Outcome], limit: int = 200) -> list[LedgerMail]:
    """Return mail of which one of ``outcomes`` became, the newest first."""
    with desk.store.reading() as connection:
        # Each by itself is read along the index, however long the ledger is.
        found = [
            row
            for outcome in dict.fromkeys(outcomes)
            for row in connection.execute(mails_query(outcome, limit))
        ]
    found.sort(key=lambda row: (row.taken_at, row.uid), reverse=True)
    return [_mail(row) for row in found[:limit]]


def mails_query(outcome: Outcome, limit: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of ``mails`` for one outcome."""
    last = (
        select(sql.max(wishes_table.c.place))
        .where(_same_mail())
        .correlate(ledger)
        .scalar_subquery()
    )
    # Mail of Sent folders of which nothing is kept is nobody's business.
    kept = original.c.size > 0 if outcome is Outcome.IGNORED else true()
    return (
        select(
            ledger,
            original.c.size,
            wishes_table.c.what,
            wishes_table.c.asked_by,
            wishes_table.c.asked_at,
            wishes_table.c.done_at,
        )
        .join(original, original.c.id == ledger.c.original_id)
        .outerjoin(wishes_table, _same_mail() & (wishes_table.c.place == last))
        .where(ledger.c.outcome == outcome.value, kept)
        .order_by(ledger.c.taken_at.desc(), ledger.c.uid.desc())
        .limit(limit)
    )


def wishes(desk: Desk) -> list[LookAgain]:
    """Return some of the mails that somebody wants looked at again, the first asked for first."""
    with desk.store.reading() as connection:
        found = connection.execute(wishes_query()).all()
    return [
        LookAgain(
            place=MailPlace(row.mailbox, row.uidvalidity, row.uid),
            wish=Wish(row.what),
            arrived_at=row.arrived_at,
            size=row.size,
            truncated=row.truncated,
            original_id=row.original_id,
        )
        for row in found
    ]


def wishes_query() -> Select[*tuple[Any, ...]]:
    """Return the statement of ``wishes``."""
    return (
        select(
            wishes_table,
            ledger.c.arrived_at,
            original.c.size,
            original.c.truncated,
            ledger.c.original_id,
        )
        .join(ledger, _same_mail())
        .join(original, original.c.id == ledger.c.original_id)
        .where(wishes_table.c.done_at.is_(None))
        .order_by(wishes_table.c.asked_at)
        .limit(_AT_ONCE)
    )


def _same_mail() -> ColumnElement[bool]:
    same: ColumnElement[bool] = (
        (wishes_table.c.mailbox == ledger.c.mailbox)
        & (wishes_table.c.uidvalidity == ledger.c.uidvalidity)
        & (wishes_table.c.uid == ledger.c.uid)
    )
    return same


def _mail(row: Row[*tuple[Any, ...]]) -> LedgerMail:
    return LedgerMail(
        place=MailPlace(row.mailbox, row.uidvalidity, row.uid),
        outcome=Outcome(row.outcome),
        reason=one_line(row.reason),
        number=row.number,
        sender=one_line(row.sender),
        subject=one_line(row.subject),
        arrived_at=row.arrived_at,
        taken_at=row.taken_at,
        original_id=row.original_id,
        size=row.size,
        wish=Wish(row.what) if row.what else None,
        wished_by=one_line(row.asked_by or ""),
        wished_at=row.asked_at,
        pending=row.what is not None and row.done_at is None,
    )
