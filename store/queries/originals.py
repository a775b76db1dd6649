"""The originals: mail as it came, and what was attached to it."""

from __future__ import annotations

import binascii
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice

from sqlalchemy import Select, select

from store.desk import Desk
from store.errors import NotFound
from store.facts.messages import attachment as attachments
from store.facts.messages import message, outgoing_file
from store.facts.messages import original as originals
from store.records import AttachmentInfo
from store.rules import tnef
from store.text import one_line


def original(desk: Desk, message_id: int) -> bytes:
    """Return the kept bytes of the mail that became the message with this id.

    Raises:
        NotFound: there is no such message, or it never was a mail.
    """
    query = (
        select(originals.c.data)
        .join(message, message.c.original_id == originals.c.id)
        .where(message.c.id == message_id)
    )
    return _unpacked(desk, query, "This message was not written as a mail: it has no original")


def kept(desk: Desk, original_id: int) -> bytes:
    """Return the kept bytes of an original, for instance of one in quarantine.

    Raises:
        NotFound: there is no such original.
    """
    query = select(originals.c.data).where(originals.c.id == original_id)
    return _unpacked(desk, query, "This original is not kept any more")


def attachment(desk: Desk, message_id: int, position: int) -> bytes:
    """Return the bytes of a message's attachment, read out of its original.

    Args:
        desk: The desk.
        message_id: Id of the message.
        position: Of the attachment in ``MessageView.attachments``, counted from 0.

    Raises:
        NotFound: there is no such attachment, or it cannot be read out of what is kept.
    """
    sent = _outgoing(desk, message_id, position)
    if sent is not None:
        return sent
    query = select(attachments).where(attachments.c.message_id == message_id)
    cut = select(originals.c.truncated).join(message, message.c.original_id == originals.c.id)
    with desk.store.reading() as connection:
        found = connection.execute(query.order_by(attachments.c.position)).all()
        truncated = connection.scalar(cut.where(message.c.id == message_id))
    described = [AttachmentInfo(row.name, row.type, row.size) for row in found]
    if position not in range(len(described)):
        raise NotFound("This message has no such attachment")
    whole = _LIKENESSES[:1] if truncated else _LIKENESSES
    data = _found(original(desk, message_id), described, whole)[position]
    if data is None:
        name = one_line(described[position].name)
        raise NotFound(f"{name} cannot be read out of the part of the mail that is kept")
    return data


def _outgoing(desk: Desk, message_id: int, position: int) -> bytes | None:
    """Return the bytes of a file that went out with a mail of ours."""
    query = (
        select(originals.c.data)
        .join(outgoing_file, outgoing_file.c.original_id == originals.c.id)
        .where(outgoing_file.c.message_id == message_id, outgoing_file.c.position == position)
    )
    with desk.store.reading() as connection:
        data = connection.scalar(query)
    return None if data is None else zlib.decompress(data)


def _unpacked(desk: Desk, query: Select[bytes], missing: str) -> bytes:
    with desk.store.reading() as connection:
        data = connection.scalar(query)
    if data is None:
        raise NotFound(missing)
    return zlib.decompress(data)


_Part = tuple[str, str, bytes]
_Likeness = Callable[[_Part, AttachmentInfo], bool]
#: Type of a file whose name and type intake found out from what it was packed in.
_ANY = ""
_MAILS = frozenset(("message/rfc822", "message/global", "message/news", "message/partial"))
#: Enough for every mail that people write.
_MOST_PARTS = 5_000
#: A mail in a mail is read again for each mail around it; so often at most.
_MOST_AGAIN = 6


def _same_size(part: _Part, info: AttachmentInfo) -> bool:
    return part[0] in {info.type, _ANY} and len(part[2]) == info.size


def _same_name(part: _Part, info: AttachmentInfo) -> bool:
    return part[0] == info.type and part[1] == info.name


def _same_type(part: _Part, info: AttachmentInfo) -> bool:
    return part[0] == info.type


#: What makes a part the one described, the surest first. Sizes may have been counted otherwise
#: (line ends), but of a mail that is not kept whole only a part of the right size is whole.
_LIKENESSES: tuple[_Likeness, ...] = (_same_size, _same_name, _same_type)


def _found(
    raw: bytes, described: Sequence[AttachmentInfo], likenesses: Iterable[_Likeness]
) -> list[bytes | None]:
    """Return for each attachment described at intake the part of the mail that it is."""
    parts: list[_Part] = []
    # The library raises anything at all on crafted mail; what came before that is good.
    with suppress(Exception):
        parts.extend(islice(_parts(raw), _MOST_PARTS))
    result: list[bytes | None] = [None] * len(described)
    for alike in likenesses:
        for position, info in enumerate(described):
            if result[position] is None:
                match = next((part for part in parts if alike(part, info)), None)
                if match is not None:
                    parts.remove(match)
                    result[position] = match[2]
    return result


def _parts(raw: bytes) -> Iterator[_Part]:
    """Yield type, name and bytes of every part of a mail, and then of the mails attached to it.

    An attached mail is one part. Of a winmail.dat every file is one, in its place.
    """
    ends = compat32.clone(linesep="\r\n" if b"\r\n" in raw else "\n")
    mails = [message_from_bytes(raw, policy=ends)]
    left = _MOST_AGAIN * len(raw)
    for mail in mails:  # grows
        for part in _leaves(mail):
            kind, name = part.get_content_type(), part.get_filename() or ""
            inner = part.get_payload()
            if isinstance(inner, list):
                data = b"".join(one.as_bytes() for one in inner if isinstance(one, Message))
                data = _decoded(data, str(part.get("content-transfer-encoding", "")))
            else:
                plain = part.get_payload(decode=True)
                data = plain if isinstance(plain, bytes) else b""
            yield kind, name, data
            if (kind in _MAILS or name.lower().endswith(".eml")) and left > len(data):
                left -= len(data)
                mails.append(message_from_bytes(data, policy=ends))
            elif kind in tnef.TYPES or name.lower() in tnef.NAMES:
                yield from ((_ANY, "", file) for file in tnef.files(data))


def _leaves(mail: Message) -> Iterator[Message]:
    """Yield what is in a mail, down to what is no multipart."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_type().startswith("multipart/") and isinstance(inner, list):
            waiting.extend(one for one in reversed(inner) if isinstance(one, Message))
        else:
            yield part


def _decoded(mail: bytes, encoding: str) -> bytes:
    """Undo the encoding of an attached mail, which RFC 2046 section 5.2.1 forbids."""
    match encoding.strip().lower():
        case "base64":
            return binascii.a2b_base64(mail)
        case "quoted-printable":
            return binascii.a2b_qp(mail)
    return mail
