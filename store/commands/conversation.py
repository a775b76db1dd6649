"""What people of the desk write: replies to the requester, and notes for each other."""

from __future__ import annotations

import re
import secrets

from sqlalchemy import select

from store.commands.change import Change, change
from store.commands.checks import must_be_live, must_say_something
from store.commands.messages import Mail, Said
from store.commands.requesters import requesters
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.messages import message
from store.facts.requests import Request
from store.records import Actor, Address, Done, Target
from store.rules.threads import is_whole
from store.words import Direction, Happened, State

#: RFC 5322 3.6.4 asks for the ids of the whole thread; the first and the last ones are enough
#: for every mail reader, and a header line stays short.
_MOST_REFERENCES = 20
_REPLY_PREFIX = re.compile(r"^(?:\s*(?:re|aw|sv|antw)\s*:)+\s*", re.IGNORECASE)


def reply(desk: Desk, actor: Actor, target: Target, text: str) -> Done:
    """Answer the requester by mail; it goes out from the outbox and cannot be taken back.

    A new request is open from then on; a wait goes on, for a reply may be a reminder.
    """
    said = must_say_something(text, "A reply")

    def decide(request: Request, writing: Writing) -> Change:
        if request.state == State.MERGED:
            must_be_live(request)
        if not request.requester_address:
            raise NotPossible(
                f"#{request.number} has no mail address to reply to; write a note instead"
            )
        return Change(
            Happened.REPLIED,
            f"#{request.number} answered",
            {"state": State.OPEN.value} if request.state == State.NEW else {},
            said=Said(
                Address(actor.name, desk.rules.addresses[0]), said, _answer(desk, writing, request)
            ),
        )

    return change(desk, actor, target, decide)


def note(desk: Desk, actor: Actor, target: Target, text: str) -> Done:
    """Write something for the colleagues; the requester never sees it."""
    said = must_say_something(text, "A note")

    def decide(request: Request, _writing: Writing) -> Change:
        if request.state == State.MERGED:
            must_be_live(request)
        return Change(
            Happened.NOTED,
            f"Note on #{request.number}",
            said=Said(Address(actor.name, ""), said),
        )

    return change(desk, actor, target, decide)


def _answer(desk: Desk, writing: Writing, request: Request) -> Mail:
    """Return the envelope of an answer: to whom, about what, in which thread."""
    query = (
        select(message.c.message_id, message.c.direction)
        .where(message.c.number == request.number, message.c.message_id != "")
        .order_by(message.c.id)
    )
    thread = writing.connection.execute(query).all()
    quotable = [row for row in thread if is_whole(row.message_id)]
    ids = [row.message_id for row in quotable]
    received = [row.message_id for row in quotable if row.direction == Direction.IN]
    subject = _REPLY_PREFIX.sub("", request.subject)
    tag = f"[#{request.number}]"
    return Mail(
        message_id=_our_message_id(desk, request.number),
        subject=f"Re: {subject}" if tag in subject else f"Re: {subject} {tag}",
        to=requesters(writing.connection, request),
        in_reply_to=received[-1] if received else "",
        references=tuple(ids[:1] + ids[1:][-_MOST_REFERENCES:]),
    )


def _our_message_id(desk: Desk, number: int) -> str:
    """Return a new Message-ID without brackets; nobody can guess it without holding the mail."""
    domain = desk.rules.addresses[0].rpartition("@")[2]
    return f"deskwatch.{number}.{secrets.token_hex(10)}@{domain}"
