"""Bytes of a mail to a record that the desk can work with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from intake.reading.addresses import read_addresses
from intake.reading.body import read_body
from intake.reading.bounces import Notice, read_bounce
from intake.reading.charset import Decoder
from intake.reading.dates import read_date
from intake.reading.fields import Block, is_known
from intake.reading.headers import decoded, raw_text, text_of
from intake.reading.ids import message_id, message_ids
from intake.reading.limits import LIMITS, Limits
from intake.reading.parameters import parameter
from intake.reading.parse import Part, line_ends, parse
from intake.reading.transfer import decode_text
from store.errors import DeskwatchError
from store.mail_records import ReadMail
from store.records import Address
from store.text import one_line

_NOBODY = Address("", "")
_SENDERS = ("from", "sender", "reply-to", "resent-from", "return-path")
_MOSTLY_NUL = 0.5
_BEGINNING = 4_096


class UnreadableMail(DeskwatchError):
    """A mail of which nothing can be salvaged; the message is the reason, for quarantine."""


def read(raw: bytes, limits: Limits = LIMITS) -> ReadMail:
    """Read a mail. Text in the record is safe for a terminal; what was wrong is in ``defects``.

    Raises ``UnreadableMail`` for what is no mail any more: nothing but blanks and NULs, no
    header that could be recognised, or damaged headers over a body of NULs. All else is read:
    a mail with clean headers and a destroyed body still says who needs help. Should a rule
    here fail on a mail nobody thought of, that mail is unreadable too, and the others are read.
    """
    try:
        return read_strictly(raw, limits)
    except UnreadableMail:
        raise
    except Exception as error:
        reason = one_line(f"reading failed with {type(error).__name__}: {error}")
        raise UnreadableMail(reason[:300]) from error


def read_strictly(raw: bytes, limits: Limits = LIMITS) -> ReadMail:
    """Do what ``read`` does, letting an error in our own rules show itself: for tests."""
    decoder = Decoder(limits)
    source = _source(raw, decoder, limits)
    root = parse(source, decoder, limits)
    if root.encoding and not root.children and _is_multipart(root):
        # Somebody encoded the whole of it, which RFC 2045 section 6.4 forbids.
        source = source[: root.start] + line_ends(decode_text(source[root.start :], root.encoding))
        root = parse(source, decoder, limits)
    _refuse_unreadable(source, root)
    block = root.block
    decoder.fall_back_to(parameter(root.parameters, "charset", decoder))
    body = read_body(source, root, decoder, limits)
    headers = decoded(block, decoder, limits)
    subject = _subject(block, headers, decoder, limits)
    sender = _sender(block, decoder, limits)
    to = _addresses(block, "to", decoder, limits)
    answered = _ids(block, "in-reply-to", decoder, limits)
    text, reply, quoted = body.split(subject, sender.name, answers=bool(answered))
    thread = _ids(block, "references", decoder, limits)
    notice = Notice(headers, sender, to, subject, text, (*answered, *thread[-1:], "")[0])
    return ReadMail(
        message_id=_message_id(block, decoder),
        in_reply_to=answered,
        references=thread,
        date=_date(headers, decoder),
        sender=sender,
        reply_to=next(iter(_addresses(block, "reply-to", decoder, limits)), None),
        to=to,
        cc=_addresses(block, "cc", decoder, limits),
        subject=subject,
        text=text,
        reply=reply,
        quoted=quoted,
        attachments=tuple(body.attachments),
        headers=headers,
        defects=tuple(dict.fromkeys(one_line(defect) for defect in decoder.defects)),
        bounce=read_bounce(notice, body.statuses, body.returned),
        carried_id=_carried_id(body.returned, decoder),
    )


def _carried_id(carried: Sequence[Block], decoder: Decoder) -> str:
    found = (message_id(raw_text(each.first("message-id"), decoder)) for each in carried)
    return next((one_line(one) for one in found if one), "")


def _source(raw: bytes, decoder: Decoder, limits: Limits) -> bytes:
    if len(raw) > limits.message:
        raw = raw[: limits.message]
        decoder.defects.append(f"only the first {limits.message >> 20} MiB were read")
    source = line_ends(raw)
    if source[:3] == b"\xef\xbb\xbf":
        source = source[3:]
    elif source[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # saved by an editor, not sent
        source = line_ends(raw.decode("utf-16", "replace").encode("utf-8", "replace"))
    return source.lstrip(b"\r\n \t\0") if source[:1] in b"\r\n \t\0" else source


def _is_multipart(root: Part) -> bool:
    return root.block.first("content-type").lstrip()[:10].lower() == b"multipart/"


def _refuse_unreadable(source: bytes, root: Part) -> None:
    if not source[:_BEGINNING].strip(b"\0 \t\r\n") and not source.strip(b"\0 \t\r\n"):
        raise UnreadableMail("the message is empty")
    if not any(map(is_known, root.block.fields)):
        raise UnreadableMail("no mail header could be recognised")
    body = len(source) - root.start
    if body and root.block.damaged and source.count(b"\0", root.start) > _MOSTLY_NUL * body:
        raise UnreadableMail("the headers are damaged and the body is filled with NULs")


def _subject(
    block: Block, headers: Mapping[str, Sequence[str]], decoder: Decoder, limits: Limits
) -> str:
    value = block.first("subject")
    most = limits.shown_header_chars
    if len(value) <= most:  # it has been decoded already
        return headers["subject"][0] if value else ""
    return text_of(value[: 4 * most], decoder)[:most]


def _sender(block: Block, decoder: Decoder, limits: Limits) -> Address:
    if len(block.fields.get("from", ())) > 1:
        decoder.defects.append("several From headers")
    first: Address | None = None
    for name in _SENDERS:
        for value in block.fields.get(name, ()):
            for address in read_addresses(raw_text(value, decoder), decoder, limits.addresses)[:50]:
                if "@" in address.address:
                    if name != "from":
                        decoder.defects.append(f"no address in From; taken from {name.title()}")
                        return Address(first.name if first else address.name, address.address)
                    return address
                first = first or address
    decoder.defects.append("no sender address")
    return first or _NOBODY


def _addresses(block: Block, name: str, decoder: Decoder, limits: Limits) -> tuple[Address, ...]:
    values = block.fields.get(name)
    if not values:
        return ()
    found: list[Address] = []
    for value in values:
        found += read_addresses(raw_text(value, decoder), decoder, limits.addresses)
    return tuple(found[: limits.addresses])


def _message_id(block: Block, decoder: Decoder) -> str:
    values = block.fields.get("message-id", ())
    if len(values) > 1:
        decoder.defects.append("several Message-IDs")
    found = (one_line(message_id(raw_text(value, decoder))) for value in values)
    first = next((one for one in found if one), "")
    if not first:
        decoder.defects.append("no Message-ID")
    return first


def _ids(block: Block, name: str, decoder: Decoder, limits: Limits) -> tuple[str, ...]:
    values = block.fields.get(name)
    if not values:
        return ()
    text = " ".join(raw_text(value, decoder) for value in values)
    return tuple(one_line(one) for one in message_ids(text, limits.references))


def _date(headers: Mapping[str, Sequence[str]], decoder: Decoder) -> datetime | None:
    values = headers.get("date", ())
    if len(values) > 1:
        decoder.defects.append("several Date headers")
    at = next(filter(None, map(read_date, values)), None)
    if at is None:
        decoder.defects.append("no date that can be understood" if values else "no date")
    return at
