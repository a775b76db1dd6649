"""Content-Transfer-Encoding undone (RFC 2045 section 6), also where it is broken."""

from __future__ import annotations

import binascii
import re

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_ALPHABET + b"="))
#: One strange byte in so many is noise; more are text.
_LEAST_NOISE = 10
_SOFT_BREAK_WITH_SPACE = re.compile(rb"=[ \t]+(?=\r?\n)")


def encoding_of(value: str) -> str:
    """Return ``base64``, ``quoted-printable`` or "" (as it is) for a header's value."""
    name = value.strip(" \t\"'").lower()
    if name.startswith("base"):
        return "base64"
    if name.startswith("quoted"):
        return "quoted-printable"
    return ""


def decode_text(data: bytes, encoding: str) -> bytes:
    """Undo the transfer encoding of a text part; what is not encoded at all stays as it is.

    A footer that a mailing list appended to base64 in plain text is kept after it.
    """
    if encoding == "quoted-printable":
        return from_qp(data)
    if encoding != "base64":
        return data
    if not data.translate(None, _ALPHABET + b"=\r\n"):
        return from_base64(data)
    lines = data.split(b"\n")
    plain = [b" " in line.strip() or _is_prose(line) for line in lines]
    if True not in plain:
        return from_base64(data)
    first = plain.index(True)
    head = from_base64(b"\n".join(lines[:first]))
    rest = plain[first:]
    if rest.count(True) * 2 < len(rest):
        return from_base64(data)
    return head + (b"\n" if head else b"") + b"\n".join(lines[first:])


def _is_prose(line: bytes) -> bool:
    """Say whether a line cannot be base64 with a little noise in it."""
    strange = len(line.translate(None, _ALPHABET + b"=\r \t"))
    return strange * _LEAST_NOISE > len(line)


def from_base64(data: bytes) -> bytes:
    """Decode base64, ignoring what is not of its alphabet; padding may stand anywhere."""
    kept = data.translate(None, _NOT_BASE64).rstrip(b"=")
    if b"=" not in kept:
        return _unpadded(kept)
    return b"".join(_unpadded(piece) for piece in kept.split(b"=") if piece)


def _unpadded(piece: bytes) -> bytes:
    left = len(piece) % 4
    if left == 1:
        piece, left = piece[:-1], 0
    return binascii.a2b_base64(piece + b"=" * (-left % 4))


def from_qp(data: bytes) -> bytes:
    """Decode quoted-printable; an ``=`` that begins no code stays."""
    if b"= " in data or b"=\t" in data:
        data = _SOFT_BREAK_WITH_SPACE.sub(b"=", data)
    return binascii.a2b_qp(data)


def from_q(data: bytes) -> bytes:
    """Decode the "Q" encoding of RFC 2047."""
    return binascii.a2b_qp(data, header=True)


def decoded_size(raw: bytes, start: int, end: int, encoding: str) -> int:
    """Return how many bytes ``raw[start:end]`` has when decoded, without decoding base64."""
    if encoding == "quoted-printable":
        return len(from_qp(raw[start:end]))
    if encoding != "base64":
        return end - start
    blanks = sum(raw.count(blank, start, end) for blank in (b"\n", b"\r", b" ", b"\t"))
    digits = end - start - blanks
    tail = raw[max(start, end - 8) : end].translate(None, b"\r\n \t")
    padding = len(tail) - len(tail.rstrip(b"="))
    return max(0, (digits - padding) * 3 // 4)


def two_byte_ends(raw: bytes, start: int, end: int, encoding: str) -> int:
    """Return how many of the bytes that ``decoded_size`` counts are CRs before a line end."""
    if encoding == "base64":
        return 0
    soft = raw.count(b"=\r\n", start, end) if encoding == "quoted-printable" else 0
    return raw.count(b"\r\n", start, end) - soft
