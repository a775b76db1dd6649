"""Bytes of a mail to a record that the desk can work with."""

from __future__ import annotations

from datetime import datetime

from intake.reading.addresses import read_addresses
from intake.reading.body import read_body
from intake.reading.charset import Decoder
from intake.reading.dates import read_date
from intake.reading.fields import Block, is_known
from intake.reading.headers import decoded, raw_text, text_of
from intake.reading.ids import message_id, message_ids
from intake.reading.limits import LIMITS, Limits
from intake.reading.marks import unmarked
from intake.reading.parameters import parameter
from intake.reading.parse import Part, line_ends, parse
from intake.reading.quoted import split_quoted
from store.errors import DeskwatchError
from store.records import Address, ReadMail
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
    _refuse_unreadable(source, root)
    block = root.block
    decoder.fall_back_to(parameter(root.parameters, "charset", decoder))
    body = read_body(source, root, decoder, limits)
    most = limits.shown_header_chars
    subject = text_of(block.first("subject")[: 4 * most], decoder)[:most]
    sender = _sender(block, decoder, limits)
    in_reply_to = _ids(block, "in-reply-to", decoder, limits)
    reply, quoted = split_quoted(body.text, subject, sender=sender.name, answers=bool(in_reply_to))
    return ReadMail(
        message_id=_message_id(block, decoder),
        in_reply_to=in_reply_to,
        references=_ids(block, "references", decoder, limits),
        date=_date(block, decoder),
        sender=sender,
        reply_to=next(iter(_addresses(block, "reply-to", decoder, limits)), None),
        to=_addresses(block, "to", decoder, limits),
        cc=_addresses(block, "cc", decoder, limits),
        subject=subject,
        text=unmarked(body.text),
        reply=reply,
        quoted=quoted,
        attachments=tuple(body.attachments),
        headers=decoded(block, decoder, limits),
        defects=tuple(dict.fromkeys(one_line(defect) for defect in decoder.defects)),
    )


def _source(raw: bytes, decoder: Decoder, limits: Limits) -> bytes:
    if len(raw) > limits.message:
        raw = raw[: limits.message]
        decoder.defects.append(f"only the first {limits.message >> 20} MiB were read")
    source = line_ends(raw)
    if source[:3] == b"\xef\xbb\xbf":
        source = source[3:]
    return source.lstrip(b"\r\n \t\0") if source[:1] in b"\r\n \t\0" else source


def _refuse_unreadable(source: bytes, root: Part) -> None:
    if not source[:_BEGINNING].strip(b"\0 \t\r\n") and not source.strip(b"\0 \t\r\n"):
        raise UnreadableMail("the message is empty")
    if not any(map(is_known, root.block.fields)):
        raise UnreadableMail("no mail header could be recognised")
    body = len(source) - root.start
    if body and root.block.damaged and source.count(b"\0", root.start) > _MOSTLY_NUL * body:
        raise UnreadableMail("the headers are damaged and the body is filled with NULs")


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


def _date(block: Block, decoder: Decoder) -> datetime | None:
    value = block.first("date")
    at = read_date(raw_text(value, decoder).strip()) if value else None
    if at is None:
        decoder.defects.append("no date that can be understood" if value else "no date")
    return at
