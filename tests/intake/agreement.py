"""What must be true of a server's folder and the ledger, whatever has happened."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from store import queries
from store.desk import Desk
from store.facts.mail import ledger
from store.facts.messages import message
from store.words import Outcome
from tests.servers.dovecot import Dovecot


def uids(server: Dovecot, user: str, folder: str = "INBOX") -> list[int]:
    """Return the UIDs of a folder."""
    with server.client(user, folder) as client:
        return list(client.search(["ALL"]))


def uidvalidity(server: Dovecot, user: str, folder: str = "INBOX") -> int:
    """Return a folder's UIDVALIDITY."""
    with server.client(user, None) as client:
        return int(client.select_folder(folder, readonly=True)[b"UIDVALIDITY"])


def flags(server: Dovecot, user: str, folder: str = "INBOX") -> dict[int, bool]:
    """Return the UIDs of a folder and whether each is seen."""
    with server.client(user, folder) as client:
        found = client.search(["ALL"])
        return {uid: b"\\Seen" in each for uid, each in client.get_flags(found).items()}


def doubled(desk: Desk) -> list[str]:
    """Return what is in the store twice: mails by their Message-IDs."""
    with desk.store.reading() as connection:
        ids = Counter(connection.scalars(select(message.c.message_id)))
        outcomes = Counter(connection.scalars(select(ledger.c.outcome)))
    wrong = [f"{count} messages {key}" for key, count in ids.items() if count > 1]
    if outcomes[Outcome.OPENED.value] != len(ids):
        wrong.append(f"{len(ids)} messages, and the ledger has {dict(outcomes)}")
    return wrong


def findings(
    server: Dovecot, user: str, desk: Desk, mails: int, folder: str = "INBOX"
) -> list[str]:
    """Return what is wrong: ``mails`` different ones were delivered, each opens a request."""
    wrong = doubled(desk)
    here = uids(server, user, folder)
    known = list(queries.known_uids(desk, "help", uidvalidity(server, user, folder)))
    if here != known:
        wrong.append(f"server {len(here)} / ledger {len(known)}")
    with desk.store.reading() as connection:
        different = len(set(connection.scalars(select(message.c.message_id))))
    if different != mails:
        wrong.append(f"{mails} different mails, and the store has {different}")
    return wrong
