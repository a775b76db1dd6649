"""How mail stands: the mailboxes, what is known of each, how much goes out."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import func as sql
from sqlalchemy import select

from store.desk import Desk
from store.facts.mail import ledger, mailbox, outbox
from store.facts.messages import original
from store.mail_records import MailboxHealth, OutboxCounts
from store.text import one_line
from store.words import IMPORTED, Outcome

_UIDS_AT_ONCE = 10_000


def mailbox_health(desk: Desk) -> list[MailboxHealth]:
    """Return how each mailbox stands as the pollers last saw it, by name."""
    query = select(mailbox).where(mailbox.c.name != IMPORTED).order_by(mailbox.c.name)
    with desk.store.reading() as connection:
        found = connection.execute(query).mappings().all()
    return [
        MailboxHealth(
            name=one_line(row["name"]),
            connected=row["connected"],
            server=row["server_count"],
            outcomes={outcome: row[outcome.value] for outcome in Outcome},
            last_contact=row["seen_at"],
            # Without a failure it is what the poller noted while mail comes in.
            error=one_line(row["error"]) if row["failing_since"] else "",
            warning="" if row["failing_since"] else one_line(row["error"]),
            failing_since=row["failing_since"],
            sent_of=desk.rules.sent_folders.get(row["name"], ""),
            lag=None if row["lag_us"] is None else timedelta(microseconds=row["lag_us"]),
        )
        for row in found
    ]


def imported(desk: Desk) -> dict[Outcome, int]:
    """Return what became of all mail that was ever imported; empty if none was."""
    columns = [mailbox.c[outcome.value] for outcome in Outcome]
    query = select(*columns).where(mailbox.c.name == IMPORTED)
    with desk.store.reading() as connection:
        row = connection.execute(query).one_or_none()
    return dict(zip(Outcome, row, strict=True)) if row is not None and any(row) else {}


def imported_already(desk: Desk, digests: Collection[bytes]) -> set[bytes]:
    """Return which of ``digests`` (SHA-256) are those of mail that was imported."""
    query = (
        select(original.c.sha256)
        .join(ledger, ledger.c.original_id == original.c.id)
        .where(ledger.c.mailbox == IMPORTED, original.c.sha256.in_(digests))
    )
    with desk.store.reading() as connection:
        return set(connection.scalars(query))


def taken_uids(desk: Desk, mailbox: str, uidvalidity: int, uids: Collection[int]) -> set[int]:
    """Return which of ``uids`` the ledger has of a mailbox."""
    query = select(ledger.c.uid).where(
        ledger.c.mailbox == mailbox, ledger.c.uidvalidity == uidvalidity, ledger.c.uid.in_(uids)
    )
    with desk.store.reading() as connection:
        return set(connection.scalars(query))


def known_uids(desk: Desk, mailbox: str, uidvalidity: int) -> array[int]:
    """Return the UIDs that the ledger has of a mailbox, ascending, eight bytes each."""
    # Page by page along the primary key: nothing is left open if the database goes away.
    here = (ledger.c.mailbox == mailbox) & (ledger.c.uidvalidity == uidvalidity)
    page = select(ledger.c.uid).where(here).order_by(ledger.c.uid).limit(_UIDS_AT_ONCE)
    uids = array("Q")
    with desk.store.reading() as connection:
        after = -1
        while some := connection.scalars(page.where(ledger.c.uid > after)).all():
            uids.extend(some)
            after = some[-1]
    return uids


def outbox_counts(desk: Desk) -> OutboxCounts:
    """Return how much mail waits, is out, has failed, or may have been sent."""
    query = select(outbox.c.state, sql.count().label("number")).group_by(outbox.c.state)
    with desk.store.reading() as connection:
        counts = {row.state: row.number for row in connection.execute(query)}
    return OutboxCounts(
        waiting=counts.get("pending", 0) + counts.get("sending", 0),
        sent=counts.get("sent", 0),
        failed=counts.get("failed", 0),
        maybe_sent=counts.get("uncertain", 0),
    )
