"""What makes an answer a mail: to whom, about what, in which thread, under which name."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from store.commands.messages import Mail
from store.commands.requesters import requesters
from store.desk import Desk
from store.errors import NotPossible
from store.facts.engine import Writing
from store.facts.history import event
from store.facts.messages import message
from store.facts.outages import outage
from store.facts.requests import Request
from store.mail_records import OutgoingFile
from store.records import Actor, Address
from store.rulebook import Rulebook
from store.rules.answering import is_sendable, is_the_desk
from store.rules.message_ids import RANDOM_BYTES, message_id
from store.rules.threads import is_whole
from store.words import Direction, Machine, Sends

#: RFC 5322 3.6.4 asks for the ids of the whole thread; the first and the last ones are enough
#: for every mail reader, and a header line stays short.
_MOST_REFERENCES = 20
_REPLY_PREFIX = re.compile(r"^(?:\s*(?:re|aw|sv|antw)\s*:)+\s*", re.IGNORECASE)
#: What several people are called who get one mail.
EVERYBODY = "everybody"
#: Of the words that are quoted; who wrote them has them all.
_MOST_QUOTED_LINES, _MOST_QUOTED_CHARS = 100, 8_000
#: Most servers take mails of 25 MB, and files grow by a third on their way.
_MOST_BYTES = 18_000_000
_MEGABYTE = 1_000_000


def why_unanswerable(rules: Rulebook, request: Request) -> str:
    """Return why nobody can write to the requester, and what to do; "" if one can."""
    number, address = request.number, request.requester_address
    if not address:
        return f"#{number} has no mail address to reply to; write a note instead"
    if not is_sendable(address):
        return f"No mail can be sent to {address}, who asked #{number}; write a note instead"
    if not rules.sender:
        return "This desk sends no mail: its config has no [outgoing]; write a note instead"
    if is_the_desk(address, rules):
        return f"#{number} was asked from the desk's own address; write a note instead"
    return ""


def must_be_answerable(desk: Desk, request: Request) -> None:
    """Raise ``NotPossible`` if nobody can write to the requester."""
    why_not = why_unanswerable(desk.rules, request)
    if why_not:
        raise NotPossible(why_not)


def must_reach_somebody(desk: Desk, writing: Writing, request: Request) -> None:
    """Raise ``NotPossible`` if nobody can write to any of those who asked."""
    if not reaches_others(desk.rules, writing.connection, request):
        must_be_answerable(desk, request)


def reaches_others(rules: Rulebook, connection: Connection, request: Request) -> bool:
    """Say whether an answer reaches anybody besides the request's own requester."""
    own = request.requester_address
    return bool(rules.sender) and any(
        each.address != own for each in _to(connection, request, rules)
    )


def asked_by_machine(connection: Connection, request: Request) -> bool:
    """Say whether a program asked, which needs no answer."""
    query = select(event.c.detail).where(event.c.number == request.number, event.c.version == 1)
    detail = connection.scalar(query) or {}
    return bool(detail.get("machine", Machine.LIST) != Machine.LIST)


def must_fit(files: Sequence[OutgoingFile]) -> None:
    """Raise ``NotPossible`` for files that are too large together to be sent."""
    total = sum(len(each.data) for each in files)
    if total > _MOST_BYTES:
        raise NotPossible(
            f"{'These files have' if len(files) > 1 else 'This file has'} {total / _MEGABYTE:.1f}"
            f" MB, and mail carries {_MOST_BYTES // _MEGABYTE} MB; put them where the requester"
            " can fetch them, and send the place"
        )


def sender(rules: Rulebook, actor: Actor) -> Address:
    """Return who a mail comes from: whoever writes, at the desk's address."""
    return Address(actor.name or rules.desk, rules.sender)


def answer(
    desk: Desk,
    writing: Writing,
    request: Request,
    kind: Sends,
    *,
    files: Sequence[OutgoingFile] = (),
    quoting: bool = False,
    held_for: timedelta = timedelta(0),
) -> Mail:
    """Return an answer to the requester in the thread of the request.

    Of several people who asked nobody learns of the others: neither their addresses nor their
    Message-IDs, in which an address may be, nor their words.

    Args:
        desk: The desk.
        writing: The transaction in which it is written.
        request: The request.
        kind: What the mail is for.
        files: Attached to it.
        quoting: Whether the requester's last words are quoted below it.
        held_for: How long it waits at least before it is sent.
    """
    to = _to(writing.connection, request, desk.rules)
    # It was one person who went to a person.
    to = to[:1] if kind is Sends.REDIRECT else to
    thread = _thread(writing.connection, request.number)
    if len(to) > 1:
        thread = [row for row in thread if row.direction == Direction.OUT]
    ids = [row.message_id for row in thread if row.message_id and is_whole(row.message_id)]
    received = [row for row in thread if row.direction == Direction.IN]
    answered = [row.message_id for row in received if row.message_id in ids]
    return Mail(
        kind=kind,
        message_id=new_message_id(desk.rules, request.number),
        subject=subject(_about(desk, writing.connection, request, to), request.number),
        to=to,
        in_reply_to=answered[-1] if answered else "",
        references=tuple(ids[:1] + ids[1:][-_MOST_REFERENCES:]),
        quoted=_quoted(desk, request, received) if quoting else "",
        files=files,
        held_for=held_for,
    )


def to_all(mail: Mail) -> dict[str, str]:
    """Return the fields of a template that must not be one requester's in a mail to several."""
    return {"name": EVERYBODY} if len(mail.to) > 1 else {}


def _about(desk: Desk, connection: Connection, request: Request, to: Sequence[Address]) -> str:
    """Return what an answer is about: to all who wrote of an outage that, not one's words."""
    if len(to) > 1 and request.outage is not None:
        row = connection.execute(select(outage).where(outage.c.id == request.outage)).one_or_none()
        if row is not None and row.number == request.number:
            service = desk.rules.services.get(row.service)
            return row.text or (service.name if service else request.subject)
    return request.subject


def _to(connection: Connection, request: Request, rules: Rulebook) -> tuple[Address, ...]:
    """Return everybody who asked, also for what was merged into it, as far as mail reaches them.

    Where people wrote about what a program had reported, they get the answer.
    """
    found = tuple(
        each
        for each in requesters(connection, request)
        if is_sendable(each.address) and not is_the_desk(each.address, rules)
    )
    if len(found) > 1 and asked_by_machine(connection, request):
        return tuple(each for each in found if each.address != request.requester_address)
    return found


def new_message_id(rules: Rulebook, number: int) -> str:
    """Return a new Message-ID without brackets; nobody can guess it without holding the mail."""
    return message_id(number, secrets.token_bytes(RANDOM_BYTES), rules.addresses[0])


def subject(asked: str, number: int) -> str:
    """Return the subject of an answer, with our tag in it."""
    bare = _REPLY_PREFIX.sub("", asked)
    tag = f"[#{number}]"
    return f"Re: {bare}" if tag in bare else f"Re: {bare} {tag}".replace("  ", " ")


def common_fields(rules: Rulebook, request: Mapping[str, Any]) -> dict[str, str]:
    """Return what the fields stand for that every template may name."""
    service = rules.services.get(request["service"])
    return {
        "number": f"#{request['number']}",
        "subject": request["subject"],
        "name": request["requester_name"],
        "desk": rules.desk,
        "service": service.name if service else "",
    }


def redirect_fields(
    rules: Rulebook, request: Mapping[str, Any], technician: str, added: str = ""
) -> dict[str, str]:
    """Return what the fields of a redirect stand for; ``added`` is what the technician adds."""
    return common_fields(rules, request) | {
        "technician": technician,
        "address": rules.addresses[0],
        "text": added,
    }


def _thread(connection: Connection, number: int) -> Sequence[Row[*tuple[Any, ...]]]:
    query = (
        select(
            message.c.message_id,
            message.c.direction,
            message.c.sender_name,
            message.c.sender_address,
            message.c.at,
            message.c.text,
        )
        .where(message.c.number == number, message.c.direction != Direction.NOTE)
        .where(~message.c.withdrawn)
        .order_by(message.c.id)
    )
    return connection.execute(query).all()


def _quoted(desk: Desk, request: Request, received: Sequence[Row[*tuple[Any, ...]]]) -> str:
    """Return the requester's last words as a quotation, with who wrote them when."""
    theirs = [row for row in received if row.sender_address == request.requester_address]
    last = next(reversed(theirs or received), None)
    if last is None or not last.text.strip():
        return ""
    cut = last.text.strip()[:_MOST_QUOTED_CHARS]
    lines = cut.split("\n")[:_MOST_QUOTED_LINES]
    if "\n".join(lines) != last.text.strip():
        lines.append("[…]")
    at = last.at.astimezone(ZoneInfo(desk.rules.timezone))
    who = last.sender_name or last.sender_address or "you"
    quoted = (f"> {line}" if line and not line.startswith(">") else f">{line}" for line in lines)
    return "\n".join([f"On {at:%a} {at.day} {at:%b %Y} at {at:%H:%M}, {who} wrote:", *quoted])
