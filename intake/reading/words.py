"""Encoded words in headers (RFC 2047), in the forms they are really sent in.

Accepted beyond the RFC: inside quotes, glued to other text, with spaces or folds inside,
with a language tag (RFC 2231 section 5), without their end, with broken base64, and with one
character split over two words.
"""

from __future__ import annotations

import re

from intake.reading.charset import Decoder
from intake.reading.transfer import from_base64, from_q

_WORD = re.compile(r"([^?\s]{1,60})\?([bBqQ])\?(.*)", re.DOTALL)
_HEX = re.compile(r"[0-9A-F]{2}")


def decode_words(text: str, decoder: Decoder) -> str:
    """Return ``text`` with every encoded word decoded; linear in its length."""
    if "=?" not in text:
        return text
    out: list[str] = []
    waiting: list[bytes] = []
    charset = ""

    def flush() -> None:
        if waiting:
            out.append(decoder.decode(b"".join(waiting), charset))
            waiting.clear()

    head, *pieces = text.split("=?")
    out.append(head)
    # "?=" may itself end in the "=" that begins the next "=?": "?==?utf-8?q?..." is split well,
    # because splitting looks from the left and "?=" comes before "=?".
    for piece in pieces:
        match = _WORD.match(piece)
        if not match:
            flush()
            out.append("=?" + piece)
            continue
        content, closed, after = _split_end(match[3], match[2])
        name = match[1].partition("*")[0]
        if name.lower() != charset.lower():
            flush()
            charset = name
        if not closed:
            content = content.rstrip()
        encode = content.encode("utf-8", "replace")
        waiting.append(from_base64(encode) if match[2] in "bB" else from_q(encode))
        if after.strip():
            flush()
            out.append(after)
    flush()
    return "".join(out)


def _split_end(text: str, kind: str) -> tuple[str, str, str]:
    """Split content, end mark and what follows; a bare ``?`` before ``=C3`` is no end mark."""
    end = text.find("?=")
    if kind in "qQ":
        while end >= 0 and _HEX.match(text, end + 2) and (later := text.find("?=", end + 2)) >= 0:
            end = later
    return (text, "", "") if end < 0 else (text[:end], "?=", text[end + 2 :])
