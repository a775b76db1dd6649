"""Mail going out: what waits, what is stuck, and what a mail is made of."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, Row, Select, case, select
from sqlalchemy import func as sql

from store.commands.answering import EVERYBODY, common_fields
from store.commands.change import standing_request
from store.commands.redirecting import redirection as to_the_door
from store.commands.requesters import requesters
from store.desk import Desk
from store.errors import NotFound
from store.facts.mail import UNSENT, is_due
from store.facts.mail import outbox as box
from store.facts.messages import attachment, message, original, outgoing_file
from store.facts.requests import request
from store.mail_records import (
    STUCK_AFTER,
    CannedAnswer,
    Dispatch,
    OutboxMail,
    OutgoingFile,
    Redirection,
    Unsent,
)
from store.records import Address
from store.rules.templates import fill
from store.text import lines, one_line
from store.words import Delivery, Sends

#: What somebody has to decide about comes before what will be tried again.
_ORDER = {Delivery.UNCERTAIN: 0, Delivery.FAILED: 1, Delivery.SENDING: 2, Delivery.PENDING: 3}

#: What is still to go out by itself.
_WAITS = (Delivery.PENDING.value, Delivery.SENDING.value)


def outbox(desk: Desk, limit: int = 200, number: int | None = None) -> list[OutboxMail]:
    """Return mails of the outbox, at most ``limit``: those not sent first, then the newest.

    ``number`` leaves out what is not about that request.
    """
    described = _described() if number is None else _described().where(message.c.number == number)
    unsent = described.where(UNSENT)
    place = case(_ORDER, value=box.c.state, else_=len(_ORDER))
    done = described.where(~UNSENT).order_by(box.c.id.desc())
    with desk.store.reading() as connection:
        found = list(connection.execute(unsent.order_by(place, box.c.id).limit(limit)))
        if len(found) < limit:
            found += connection.execute(done.limit(limit - len(found)))
    return [_outbox_mail(row) for row in found]


def unsent(desk: Desk) -> Unsent:
    """Return how much mail is stuck, failed or in doubt; what is only on its way is not counted."""
    stuck = box.c.created_at <= desk.clock.now() - STUCK_AFTER
    query = (
        select(box.c.state, sql.count().label("mails"), sql.min(box.c.created_at).label("oldest"))
        .where(UNSENT, box.c.state.not_in(_WAITS) | stuck)
        .group_by(box.c.state)
    )
    with desk.store.reading() as connection:
        found = {row.state: row for row in connection.execute(query)}
    counts = {state: found[state].mails if state in found else 0 for state in Delivery}
    return Unsent(
        stuck=sum(counts[Delivery(state)] for state in _WAITS),
        stuck_since=min((found[state].oldest for state in _WAITS if state in found), default=None),
        failed=counts[Delivery.FAILED],
        maybe_sent=counts[Delivery.UNCERTAIN],
    )


def next_sending(desk: Desk) -> datetime | None:
    """Return when the next mail is due, which may be past; None: nothing waits."""
    now = desk.clock.now()
    waits = select(sql.min(box.c.next_try_at)).where(box.c.state == Delivery.PENDING.value)
    with desk.store.reading() as connection:
        due: datetime | None = connection.scalar(waits)
        if due is not None and due > now and connection.scalar(waits.where(is_due(now))):
            return now
    return due


def dispatch(desk: Desk, outbox_id: int) -> Dispatch:
    """Return everything that the bytes of a mail are made of.

    Raises:
        NotFound: there is no such mail in the outbox.
    """
    query = (
        select(box, message)
        .join(message, message.c.id == box.c.message_id)
        .where(box.c.id == outbox_id)
        .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
    )
    with desk.store.reading() as connection:
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound("There is no such mail in the outbox")
        files = connection.execute(
            select(attachment.c.name, attachment.c.type, original.c.data)
            .join(
                outgoing_file,
                (outgoing_file.c.message_id == attachment.c.message_id)
                & (outgoing_file.c.position == attachment.c.position),
            )
            .join(original, original.c.id == outgoing_file.c.original_id)
            .where(attachment.c.message_id == row["outbox_message_id"])
            .order_by(attachment.c.position)
        ).all()
    rules = desk.rules
    return Dispatch(
        kind=Sends(row["outbox_kind"]),
        message_id=row["message_message_id"],
        sender=Address(
            _known_as(row["message_sender_name"], rules.desk), row["message_sender_address"]
        ),
        answer_to=Address(rules.desk, rules.addresses[0]),
        to=tuple(Address(name, address) for name, address in row["outbox_recipients"]),
        hidden=any(field == "bcc" for field, _, _ in row["message_recipients"]),
        subject=row["message_subject"],
        text=row["message_text"],
        quoted=row["message_quoted"],
        in_reply_to=row["outbox_in_reply_to"],
        references=tuple(row["outbox_reference_ids"]),
        written_at=row["outbox_created_at"],
        files=tuple(
            OutgoingFile(each.name, each.type, zlib.decompress(each.data)) for each in files
        ),
    )


def canned(desk: Desk, number: int) -> list[CannedAnswer]:
    """Return the canned answers with their fields filled in for request ``number``.

    Raises:
        NotFound: there is no such request.
    """
    fields = common_fields(desk.rules, _row(desk, number))
    with desk.store.reading() as connection:
        if len(requesters(connection, standing_request(connection, number))) > 1:
            fields["name"] = EVERYBODY
    return [
        CannedAnswer(each.key, one_line(each.name), lines(fill(each.text, fields)))
        for each in desk.rules.canned
    ]


def redirection(desk: Desk, number: int, technician: str) -> Redirection:
    """Return what a redirect of request ``number`` by ``technician`` would say now.

    Raises:
        NotFound: there is no such request.
        NotPossible: nobody is to be redirected.
    """
    with desk.store.reading() as connection:
        standing = standing_request(connection, number)
        found = to_the_door(desk, connection, standing, technician)
    return replace(found, text=lines(found.text))


def _row(desk: Desk, number: int) -> dict[str, Any]:
    with desk.store.reading() as connection:
        query = select(request).where(request.c.number == number)
        row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no request #{number}")
    return {str(name): value for name, value in row.items()}


def delivery_words(
    desk: Desk, state: str, sent_at: datetime | None, error: str, now: datetime
) -> str:
    """Return how far a mail has come: "not sent yet", "sent 10:42", "maybe sent"."""
    because = f": {one_line(error)}" if error else ""
    match Delivery(state):
        case Delivery.PENDING:
            return f"not sent yet{because}"
        case Delivery.SENDING:
            return "being sent"
        case Delivery.UNCERTAIN:
            return f"maybe sent{because}"
        case Delivery.FAILED:
            return f"could not be delivered{because}"
        case Delivery.GIVEN_UP:
            return "not sent: given up"
        case Delivery.SENT:
            return f"sent {_when(desk, sent_at, now)}{because}".replace(" :", ":")


def _when(desk: Desk, at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    zone = ZoneInfo(desk.rules.timezone)
    local, here = at.astimezone(zone), now.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == here.date() else f"{local:%a %d %b %H:%M}"


def _known_as(name: str, desk: str) -> str:
    """Return the name of who writes as requesters see it: with the desk's."""
    return desk if name in {"", desk} else f"{name}, {desk}"


def _described() -> Select[*tuple[Any, ...]]:
    return select(
        box.c.id,
        box.c.kind,
        message.c.number,
        box.c.recipients,
        message.c.subject,
        box.c.state,
        box.c.attempts,
        box.c.error,
        box.c.created_at,
        box.c.next_try_at,
        box.c.sent_at,
    ).join(message, message.c.id == box.c.message_id)


def _outbox_mail(row: Row[*tuple[Any, ...]]) -> OutboxMail:
    return OutboxMail(
        id=row.id,
        kind=Sends(row.kind),
        number=row.number,
        to=tuple(Address(one_line(name), one_line(address)) for name, address in row.recipients),
        subject=one_line(row.subject),
        state=Delivery(row.state),
        attempts=row.attempts,
        error=one_line(row.error),
        created_at=row.created_at,
        next_try_at=row.next_try_at,
        sent_at=row.sent_at,
    )
