"""Messages that the desk writes: notes, and mail on its way out."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from store.errors import NotPossible
from store.facts import search
from store.facts.engine import Writing
from store.facts.mail import outbox
from store.facts.messages import attachment, message, original, outgoing_file
from store.mail_records import OutgoingFile
from store.records import Address
from store.rules.terms import index_terms
from store.words import AUTOMATIC, Delivery, Direction, Sends

#: How far a mail is of which nobody can say that it has not gone out.
_MAY_BE_OUT = {
    Delivery.SENDING: "is going out just now",
    Delivery.SENT: "has gone out",
    Delivery.UNCERTAIN: "may have gone out",
}


@dataclass(frozen=True, slots=True)
class Mail:
    """What makes a message a mail to be sent."""

    kind: Sends
    message_id: str
    """Ours, fixed here once and for all: a second sending is recognised by it."""
    subject: str
    to: tuple[Address, ...]
    in_reply_to: str
    references: tuple[str, ...]
    quoted: str = ""
    """What it answers, as it is quoted below the text."""
    files: Sequence[OutgoingFile] = ()
    held_for: timedelta = timedelta(0)
    """How long it waits at least, so that its cause can still be taken back."""

    @property
    def field(self) -> str:
        """The header field of who gets it: of several, nobody sees the others' addresses."""
        return "to" if len(self.to) == 1 else "bcc"


@dataclass(frozen=True, slots=True)
class Said:
    """A message that the desk adds to a conversation."""

    sender: Address
    text: str
    mail: Mail | None = None
    """None for a note, which stays inside."""


def add_message(writing: Writing, number: int, at: datetime, said: Said) -> int:
    """Add ``said`` to the conversation, and to the outbox if it is mail; return its id."""
    message_id = writing.ids("message")
    writing.connection.execute(insert(message).values(message_row(message_id, number, at, said)))
    words = [said.sender.name, said.text]
    if said.mail is not None:
        _attach(writing, message_id, said.mail.files)
        writing.connection.execute(
            insert(outbox).values(outbox_row(writing, message_id, said.mail))
        )
        words += [each.name for each in said.mail.files]
    search.add(writing.connection, [(message_id, index_terms(*words))])
    return message_id


def message_row(message_id: int, number: int, at: datetime, said: Said) -> dict[str, Any]:
    """Return the row of a message."""
    mail = said.mail
    return {
        "id": message_id,
        "number": number,
        "direction": Direction.OUT if mail else Direction.NOTE,
        "at": at,
        "sender_name": said.sender.name,
        "sender_address": said.sender.address,
        "recipients": [[mail.field, to.name, to.address] for to in mail.to] if mail else [],
        "subject": mail.subject if mail else "",
        "text": said.text,
        "quoted": mail.quoted if mail else "",
        "message_id": mail.message_id if mail else "",
        "forwards": None,
        "original_id": None,
        "withdrawn": False,
        "split_from": None,
        "defects": [],
    }


def outbox_row(writing: Writing, message_id: int, mail: Mail) -> dict[str, Any]:
    """Return the row that has a message sent."""
    addresses = [to.address for to in mail.to]
    return {
        "id": writing.ids("outbox"),
        "message_id": message_id,
        "kind": mail.kind.value,
        "automatic": mail.kind in AUTOMATIC,
        "to_address": addresses[0].lower(),
        "recipients": [[to.name, to.address] for to in mail.to],
        "remaining": addresses,
        "in_reply_to": mail.in_reply_to,
        "reference_ids": list(mail.references),
        "state": Delivery.PENDING.value,
        "created_at": writing.now,
        "next_try_at": writing.now + mail.held_for,
        "attempts": 0,
        "lease": "",
        "leased_until": None,
        "handing_over": False,
        "error": "",
        "sent_at": None,
    }


def withdraw_message(writing: Writing, message_id: int) -> bool:
    """Take a message back: it stays in the store and is shown no more.

    Returns:
        False for a mail that may have gone out already: it stays as it is.
    """
    if _out(writing, message_id):
        return False
    stopped = update(outbox).where(outbox.c.message_id == message_id)
    writing.connection.execute(stopped.values(state=Delivery.GIVEN_UP.value))
    writing.connection.execute(
        update(message).where(message.c.id == message_id).values(withdrawn=True)
    )
    return True


def withdraw_redirects(writing: Writing, number: int) -> None:
    """Take back what points the requester of ``number`` to the front door and has not gone out."""
    waiting = (
        select(message.c.id)
        .join(outbox, outbox.c.message_id == message.c.id)
        .where(message.c.number == number, outbox.c.kind == Sends.REDIRECT.value)
    )
    for message_id in list(writing.connection.scalars(waiting)):
        withdraw_message(writing, message_id)


def must_not_be_out(writing: Writing, message_id: int, named: str) -> None:
    """Raise ``NotPossible`` for a mail, ``named`` so, that may have gone out already."""
    out = _out(writing, message_id)
    if out:
        raise NotPossible(f"{named} {out}; it cannot be taken back")


def _out(writing: Writing, message_id: int) -> str:
    """Return how far out a mail is; "" if it is not, or if the message is none."""
    query = select(outbox.c.state, outbox.c.sent_at).where(outbox.c.message_id == message_id)
    mail = writing.connection.execute(query).one_or_none()
    if mail is None:
        return ""
    # One that has gone out to some may wait for others, or have come back from them.
    sent = _MAY_BE_OUT[Delivery.SENT] if mail.sent_at is not None else ""
    return _MAY_BE_OUT.get(Delivery(mail.state), sent)


def _attach(writing: Writing, message_id: int, files: Sequence[OutgoingFile]) -> None:
    for position, file in enumerate(files):
        kept = _keep(writing, file.data)
        writing.connection.execute(
            insert(attachment).values(
                message_id=message_id,
                position=position,
                name=file.name,
                type=file.type,
                size=len(file.data),
            )
        )
        writing.connection.execute(
            insert(outgoing_file).values(message_id=message_id, position=position, original_id=kept)
        )


def _keep(writing: Writing, data: bytes) -> int:
    """Return the id of the kept bytes ``data``: once, however often they are sent."""
    sha256 = hashlib.sha256(data).digest()
    known: int | None = writing.connection.scalar(
        select(original.c.id).where(original.c.sha256 == sha256)
    )
    if known is not None:
        return known
    new = writing.ids("original")
    writing.connection.execute(
        insert(original).values(
            id=new, sha256=sha256, size=len(data), truncated=False, data=zlib.compress(data)
        )
    )
    return new
