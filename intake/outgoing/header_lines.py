"""Header lines with text of people in them: names, addresses, subjects.

The standard library's folding takes what looks like an encoded word in a text for one: it
decodes it, and a line break hidden in there begins a header line (CVE-2024-6923). So whatever is
not plain ASCII, or might be taken for an encoded word, is encoded here, whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.header import Header

from store.records import Address
from store.text import one_line

LONGEST_SUBJECT = 500
LONGEST_NAME = 200
#: Longer names are encoded words, which may be folded anywhere.
_LONGEST_QUOTED = 60
#: What is longer cannot be folded.
_LONGEST_WORD = 60
_ENCODED = "=?"
_CRLF = "\r\n"
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOT_ATOM = re.compile(r"[^\s()<>\[\]:;@\\,.\"]+(?:\.[^\s()<>\[\]:;@\\,.\"]+)*")

_QUOTED = re.compile(r'"[^"\\]+"')


def subject_line(subject: str) -> str:
    """Return the header line of a subject, its line end included."""
    text = one_line(subject)[:LONGEST_SUBJECT].strip()
    if not _is_plain(text) or any(len(word) > _LONGEST_WORD for word in text.split()):
        return f"Subject: {_encoded(text, 'Subject')}\r\n"
    return f"Subject: {Header(text, 'us-ascii', header_name='Subject').encode(linesep=_CRLF)}\r\n"


def address_line(field: str, addresses: Iterable[Address]) -> str:
    """Return the header line ``field`` of addresses, a line each, its line end included."""
    return f"{field}: " + ",\r\n ".join(_mailbox(each, field) for each in addresses) + "\r\n"


def in_ascii(address: str) -> str:
    """Return an address with its domain as the DNS has it (RFC 5891)."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def _mailbox(address: Address, field: str) -> str:
    """Return ``name <address>``; its name can end neither the line nor the quotes."""
    local, _, domain = in_ascii(one_line(address.address)).rpartition("@")
    if not _DOT_ATOM.fullmatch(local) and not _QUOTED.fullmatch(local):
        local = _quoted(local)
    name = one_line(address.name)[:LONGEST_NAME].strip()
    if not name:
        return f"{local}@{domain}"
    return f"{_phrase(name, field)} <{local}@{domain}>"


def _phrase(name: str, field: str) -> str:
    if not _is_plain(name) or len(name) > _LONGEST_QUOTED:
        return f"{_encoded(name, field)}\r\n"
    return name if _ATOMS.fullmatch(name) else _quoted(name)


def _is_plain(text: str) -> bool:
    return text.isascii() and _ENCODED not in text


def _quoted(text: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _encoded(text: str, field: str) -> str:
    """Return encoded words (RFC 2047), folded: the white space between them counts for nothing."""
    return Header(text, "utf-8", header_name=field).encode(linesep=_CRLF)
