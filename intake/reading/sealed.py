"""Mail that is encrypted or signed by PGP and S/MIME, as far as a desk without keys reads it."""

from __future__ import annotations

import re

ENCRYPTED_BY_SMIME = "[This mail is encrypted (S/MIME). It cannot be read here.]"
ENCRYPTED_BY_PGP = "[This mail is encrypted (PGP). It cannot be read here.]"
#: S/MIME structures: encrypted, or sealed in their signature.
TYPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][A-Za-z-]{1,20}: [^\n]{0,200}\n){0,9}\n?",
    re.MULTILINE,
)
_DASHED = re.compile(r"^- (?=-)", re.MULTILINE)
#: The object identifiers of what a CMS structure holds (RFC 5652), as DER writes them.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_FEW = 64
_MOST_PIECES = 100_000
_OCTETS, _OCTETS_IN_PIECES, _CONTEXT = 0x04, 0x24, 0xA0
_LONG_FORM = 0x80


def without_armour(text: str) -> str:
    """Return text without the lines that PGP puts around it; encrypted text is one line."""
    if "-----BEGIN PGP" not in text:
        return text
    if "-----BEGIN PGP SIGNED MESSAGE-----" in text:
        text = _replaced(_DASHED.sub("", _SIGNED.sub("", text)), "SIGNATURE", "")
    return _replaced(text, "MESSAGE", ENCRYPTED_BY_PGP)


def _replaced(text: str, what: str, by: str) -> str:
    """Return ``text`` with each armoured block of one kind replaced; one without end stays."""
    begin, end = f"-----BEGIN PGP {what}-----\n", f"-----END PGP {what}-----"
    kept: list[str] = []
    place = 0
    while (first := text.find(begin, place)) >= 0 and (last := text.find(end, first)) >= 0:
        kept += (text[place:first], by)
        place = last + len(end)
    return "".join([*kept, text[place:]]) if kept else text


def signed_content(data: bytes) -> bytes:
    """Return the mail inside an S/MIME structure that is only signed; b"" if it is encrypted.

    The octets may come in one piece (DER) or in many (BER, as Outlook writes them).
    """
    if not data.startswith(b"\x30") or _SIGNED_DATA not in data[:_FEW]:
        return b""
    place = data.find(_DATA)
    if place < 0:
        return b""
    place += len(_DATA)
    if data[place : place + 1] != bytes([_CONTEXT]):
        return b""
    place, _ = _length(data, place + 1)
    kind = data[place : place + 1]
    start, size = _length(data, place + 1)
    if kind == bytes([_OCTETS]):
        return data[start : start + size] if size >= 0 else b""
    if kind != bytes([_OCTETS_IN_PIECES]):
        return b""
    end = len(data) if size < 0 else min(len(data), start + size)
    pieces: list[bytes] = []
    while start < end and data[start] == _OCTETS and len(pieces) < _MOST_PIECES:
        first, size = _length(data, start + 1)
        if size < 0:
            break
        pieces.append(data[first : first + size])
        start = first + size
    return b"".join(pieces)


def _length(data: bytes, place: int) -> tuple[int, int]:
    """Return where the content begins and how long it is; -1 where that is left open."""
    if place >= len(data):
        return place, 0
    first = data[place]
    if first < _LONG_FORM:
        return place + 1, first
    count = first - _LONG_FORM
    if not count:
        return place + 1, -1
    return place + 1 + count, int.from_bytes(data[place + 1 : place + 1 + count][:8], "big")
