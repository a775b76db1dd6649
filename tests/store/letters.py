"""Mails as intake would hand them over, for the store's tests."""

from __future__ import annotations

import hashlib
from datetime import datetime

from store.mail_records import Bounce, Incoming, ReadMail, Triage
from store.records import Address, AttachmentInfo
from store.words import Channel, Kind, Level, Machine, Priority
from tests.store.people import HOPPER

DESK_ADDRESS = Address("IT help", "help@northgate.example")


def letter(
    uid: int,
    at: datetime,
    subject: str = "Projector dead",
    *,
    sender: Address = HOPPER,
    message_id: str | None = None,
    refers_to: tuple[str, ...] = (),
    tags: tuple[int, ...] = (),
    text: str = "",
    to: tuple[Address, ...] = (DESK_ADDRESS,),
    cc: tuple[Address, ...] = (),
    transport: str = "",
    thanks: bool = False,
    ignore: str = "",
    machine: Machine | None = None,
    bounce: Bounce | None = None,
    alert: str = "",
    spoofed: str = "",
    asked_at: datetime | None = None,
    priority: Priority = Priority.P3,
    attachments: tuple[AttachmentInfo, ...] = (),
) -> Incoming:
    """Return a mail; ``transport`` stands for headers that servers added on its way.

    ``message_id`` None: one of its own; "": none at all.
    """
    key = f"{uid}@mail.northgate.example" if message_id is None else message_id
    said = text or f"{subject}, please help."
    mail = ReadMail(
        message_id=key,
        in_reply_to=refers_to[-1:],
        references=refers_to,
        date=at,
        sender=sender,
        reply_to=None,
        to=to,
        cc=cc,
        subject=subject,
        text=said,
        reply=said,
        quoted="",
        attachments=attachments,
        bounce=bounce,
    )
    triage = Triage(
        service="projector",
        kind=Kind.INCIDENT,
        impact=Level.MEDIUM,
        urgency=Level.MEDIUM,
        priority=priority,
        claimed_urgent=False,
        channel=Channel.DESK_MAIL,
        requester=sender,
        tags=tags,
        thanks=thanks,
        ignore=ignore,
        machine=machine,
        alert=alert,
        spoofed=spoofed,
        asked_at=asked_at,
        why=("service projector: the word projector",),
    )
    raw = f"{transport}\n{key}\n{sender.address}\n{subject}\n\n{said}".encode(
        "utf-8", "surrogatepass"
    )
    return Incoming(uid, at, len(raw), raw, hashlib.sha256(raw).digest(), mail=mail, triage=triage)


def unreadable(uid: int, at: datetime, raw: bytes = b"\0\0\0") -> Incoming:
    """Return a message that could not be read."""
    digest = hashlib.sha256(raw).digest()
    return Incoming(uid, at, len(raw), raw, digest, quarantine="its headers never end")


def key(uid: int) -> str:
    """Return the Message-ID that a letter with this UID has."""
    return f"{uid}@mail.northgate.example"
