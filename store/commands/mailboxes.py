"""How the mailboxes stand: written by the poller, shown on every board."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from store.desk import Desk
from store.facts.engine import Writing
from store.facts.mail import ledger, mailbox
from store.words import Outcome

_MICROSECOND = timedelta(microseconds=1)
_NOTHING_COUNTED: dict[str, Any] = {outcome.value: 0 for outcome in Outcome}


def mailbox_seen(
    desk: Desk, name: str, uidvalidity: int, server_count: int, obstacle: str = ""
) -> None:
    """Write down that a mailbox answered: it is connected, and holds so many messages.

    ``obstacle`` says what does not work although mail comes in, as a user reads it.
    """
    with desk.store.writing() as writing:
        enter(writing, name, uidvalidity)
        _set(
            writing,
            name,
            connected=True,
            server_count=server_count,
            seen_at=writing.now,
            error=obstacle,
            failing_since=None,
        )


def mailbox_failed(desk: Desk, name: str, error: str) -> None:
    """Write down why a mailbox cannot be read, in the words that a user reads."""
    with desk.store.writing() as writing:
        standing = enter(writing, name, None)
        _set(
            writing,
            name,
            connected=False,
            error=error,
            failing_since=standing["failing_since"] or writing.now,
        )


def mailbox_closed(desk: Desk, name: str) -> None:
    """Write down that the poller has left a mailbox, as it does when it stops."""
    with desk.store.writing() as writing:
        enter(writing, name, None)
        _set(writing, name, connected=False)


def enter(writing: Writing, name: str, uidvalidity: int | None) -> dict[str, Any]:
    """Make sure that a mailbox has its row, under its UIDVALIDITY if it is given; return the row.

    The counts are those of the ledger under the UIDVALIDITY.
    """
    query = select(mailbox).where(mailbox.c.name == name)
    found = writing.connection.execute(query).mappings().one_or_none()
    if found is None:
        row = {
            "name": name,
            "uidvalidity": uidvalidity or 0,
            "connected": False,
            "server_count": 0,
            "seen_at": None,
            "error": "",
            "failing_since": None,
            "newest_at": None,
            "lag_us": None,
            **_NOTHING_COUNTED,
        }
        writing.connection.execute(insert(mailbox).values(row))
        return row
    row = dict(found)
    if uidvalidity is not None and uidvalidity != row["uidvalidity"]:
        changes = {"uidvalidity": uidvalidity, **_counted(writing, name, uidvalidity)}
        _set(writing, name, **changes)
        row |= changes
    return row


def count_in(
    writing: Writing, name: str, uidvalidity: int, arrivals: list[tuple[Outcome, datetime]]
) -> None:
    """Count messages taken in, with their outcome and the time of their arrival."""
    if not arrivals:
        return
    row = enter(writing, name, uidvalidity)
    counts: dict[str, Any] = {outcome.value: row[outcome.value] for outcome, _ in arrivals}
    for outcome, _ in arrivals:
        counts[outcome.value] += 1
    newest = max(arrived for _, arrived in arrivals)
    if row["newest_at"] is None or newest >= row["newest_at"]:
        lag = max(writing.now - newest, timedelta())
        counts |= {"newest_at": newest, "lag_us": lag // _MICROSECOND}
    _set(writing, name, **counts)


def recount(writing: Writing, name: str, uidvalidity: int, was: Outcome, outcome: Outcome) -> None:
    """Count a message of the ledger anew, of which something else has become."""
    this = (mailbox.c.name == name) & (mailbox.c.uidvalidity == uidvalidity)
    if was != outcome:
        less, more = mailbox.c[was.value] - 1, mailbox.c[outcome.value] + 1
        columns = {was.value: less, outcome.value: more}
        writing.connection.execute(update(mailbox).where(this).values(columns))


def _counted(writing: Writing, name: str, uidvalidity: int) -> dict[str, Any]:
    query = (
        select(ledger.c.outcome, func.count())
        .where(ledger.c.mailbox == name, ledger.c.uidvalidity == uidvalidity)
        .group_by(ledger.c.outcome)
    )
    found = writing.connection.execute(query).all()
    return _NOTHING_COUNTED | {row[0]: row[1] for row in found}


def _set(writing: Writing, name: str, **columns: Any) -> None:
    writing.connection.execute(update(mailbox).where(mailbox.c.name == name).values(**columns))
