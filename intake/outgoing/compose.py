"""A mail of ours as bytes: the same ones whenever it is composed.

Text is UTF-8 in lines as long as its paragraphs, in quoted-printable or base64 where it has to
be: every mail reader wraps such lines as wide as its window, and none shows broken ones. The header
lines that matter are written here and in ``header_lines``: the library folds long Message-IDs
into encoded words, which no mail reader threads by. Nothing a value holds can begin a header
line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b

from intake.outgoing.header_lines import LONGEST_NAME, address_line, in_ascii, subject_line
from intake.triage.machine import OWN_HEADER
from store.mail_records import Dispatch, OutgoingFile
from store.records import Address
from store.text import lines, one_line
from store.words import AUTOMATIC, Sends

#: RFC 5322 allows 998 characters to a line; ids that long are nobody's.
_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,900}")
#: To somebody of the desk: programs leave it unanswered, a phone shows it.
_NOTICE = (
    ("Auto-Submitted", "auto-generated"),
    ("Importance", "high"),
    ("X-Priority", "1"),
)
_TOKEN = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
#: RFC 3834 section 5, what Microsoft's servers heed, and what old vacation programs do.
_AUTOMATIC = (
    ("Auto-Submitted", "auto-replied"),
    ("X-Auto-Response-Suppress", "All"),
    ("Precedence", "bulk"),
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail as it goes to the server."""

    data: bytes
    """With CRLF line ends; of 8-bit characters only where ``utf8``."""
    sender: str
    """For the envelope; "" for automatic mail, so that nothing answers it (RFC 3834)."""
    fallback: str
    """For servers that take no empty one."""
    recipients: tuple[str, ...]
    utf8: bool
    """An address needs the SMTPUTF8 extension (RFC 6531)."""
    left_out: tuple[str, ...] = ()
    """Recipients whose addresses need it, where the server has none of it."""


def compose(
    mail: Dispatch, recipients: Iterable[str] | None = None, *, smtputf8: bool = True
) -> Composed:
    """Return ``mail`` as bytes with its envelope.

    Args:
        mail: The mail.
        recipients: Addresses to hand it over for; None: all.
        smtputf8: Whether the server takes addresses that need the extension. If not, those are
            left out, of the envelope and of the header, as long as somebody else is left.
    """
    addresses = [each.address for each in mail.to] if recipients is None else [*recipients]
    left_out: list[str] = []
    if not smtputf8 and any(map(_is_plain, addresses)):
        left_out = [each for each in addresses if not _is_plain(each)]
        addresses = [each for each in addresses if _is_plain(each)]
        mail = replace(mail, to=tuple(each for each in mail.to if _is_plain(each.address)))
    shown = (each.address for each in _shown(mail))
    utf8 = not all(map(_is_plain, (*addresses, *shown, mail.sender.address)))
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message.set_content(_body(mail))
    for file in mail.files:
        _attach(message, file)
    if mail.files:
        digest = blake2b(mail.message_id.encode(), digest_size=12).hexdigest()
        message.set_boundary(f"=_deskwatch_{digest}")
    sender = in_ascii(mail.sender.address)
    return Composed(
        data="".join(_written(mail)).encode() + message.as_bytes(),
        sender="" if mail.kind in AUTOMATIC else sender,
        fallback=sender,
        recipients=tuple(in_ascii(each) for each in addresses),
        utf8=utf8,
        left_out=tuple(left_out),
    )


def _is_plain(address: str) -> bool:
    return in_ascii(address).isascii()


def _written(mail: Dispatch) -> Iterable[str]:
    """Yield the header lines that the library would not leave as they are."""
    yield f"Date: {format_datetime(mail.written_at)}\r\n"
    yield f"Message-ID: <{mail.message_id}>\r\n"
    if _ID.fullmatch(mail.in_reply_to):
        yield f"In-Reply-To: <{mail.in_reply_to}>\r\n"
    references = [f"<{each}>" for each in mail.references if _ID.fullmatch(each)]
    if references:
        yield "References: " + "\r\n ".join(references) + "\r\n"
    yield f"{OWN_HEADER.title()}: {in_ascii(mail.answer_to.address)}\r\n"
    if mail.kind in AUTOMATIC:
        yield from (f"{name}: {value}\r\n" for name, value in _AUTOMATIC)
    if mail.kind is Sends.NOTICE:
        yield from (f"{name}: {value}\r\n" for name, value in _NOTICE)
    yield address_line("From", [mail.sender])
    yield address_line("To", _shown(mail))
    yield address_line("Reply-To", [mail.answer_to])
    yield subject_line(mail.subject)


def _shown(mail: Dispatch) -> tuple[Address, ...]:
    """Return whom the header names; the envelope alone tells who else gets it."""
    return (mail.answer_to,) if mail.hidden else mail.to


def _body(mail: Dispatch) -> str:
    parts = [
        part for part in (lines(mail.text).strip("\n"), lines(mail.quoted).strip("\n")) if part
    ]
    return "\n\n".join(parts) + "\n"


def _attach(message: EmailMessage, file: OutgoingFile) -> None:
    main, _, sub = file.type.lower().partition("/")
    # A mail in a mail must not be encoded, which some clients then show as nothing.
    whole = _TOKEN.fullmatch(main) and _TOKEN.fullmatch(sub) and main not in _NOT_AS_FILES
    message.add_attachment(
        file.data,
        maintype=main if whole else "application",
        subtype=sub if whole else "octet-stream",
        filename=_file_name(file.name),
    )


def _file_name(name: str) -> str:
    """Return a file's name with nothing in it that the library takes for an encoded word."""
    return one_line(name)[:LONGEST_NAME].replace("=?", "=_").strip() or "file"


_NOT_AS_FILES = {"message", "multipart"}
