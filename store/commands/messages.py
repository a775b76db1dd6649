"""Messages that people of the desk write: notes, and mail on its way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from store.facts import search
from store.facts.engine import Writing
from store.facts.mail import outbox
from store.facts.messages import message
from store.records import Address
from store.rules.terms import index_terms
from store.words import Direction


@dataclass(frozen=True, slots=True)
class Mail:
    """What makes a message a mail to be sent."""

    message_id: str
    """Ours, fixed here once and for all: a second sending is recognised by it."""
    subject: str
    to: tuple[Address, ...]
    in_reply_to: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message that a person of the desk adds to a conversation."""

    sender: Address
    text: str
    mail: Mail | None = None
    """None for a note, which stays inside."""


def add_message(writing: Writing, number: int, at: datetime, said: Said) -> int:
    """Add ``said`` to the conversation, and to the outbox if it is mail; return its id."""
    mail = said.mail
    message_id = writing.ids("message")
    subject = mail.subject if mail else ""
    writing.connection.execute(
        insert(message).values(
            id=message_id,
            number=number,
            direction=Direction.OUT if mail else Direction.NOTE,
            at=at,
            sender_name=said.sender.name,
            sender_address=said.sender.address,
            recipients=[["to", to.name, to.address] for to in mail.to] if mail else [],
            subject=subject,
            text=said.text,
            quoted="",
            message_id=mail.message_id if mail else "",
            original_id=None,
            withdrawn=False,
            defects=[],
        )
    )
    search.add(writing.connection, [(message_id, index_terms(said.sender.name, said.text))])
    if mail is not None:
        writing.connection.execute(
            insert(outbox).values(
                id=writing.ids("outbox"),
                message_id=message_id,
                kind="reply",
                recipients=[[to.name, to.address] for to in mail.to],
                in_reply_to=mail.in_reply_to,
                reference_ids=list(mail.references),
                state="pending",
                created_at=writing.now,
                next_try_at=writing.now,
                attempts=0,
                error="",
                sent_at=None,
            )
        )
    return message_id


def withdraw_message(writing: Writing, message_id: int) -> None:
    """Take a note back: it stays in the store and is shown no more."""
    writing.connection.execute(
        update(message).where(message.c.id == message_id).values(withdrawn=True)
    )
