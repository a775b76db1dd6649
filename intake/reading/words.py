"""Encoded words in headers (RFC 2047), in the forms they are really sent in.

Accepted beyond the RFC: inside quotes, glued to other text, with spaces or folds inside,
with a language tag (RFC 2231 section 5), without their end, with broken base64, and with one
character split over two words.
"""

from __future__ import annotations

import re

from intake.reading.charset import Decoder
from intake.reading.transfer import from_base64, from_q

#: How an encoded word begins. It is looked for whole: in "...A==?=" the padding is no beginning.
_BEGIN = re.compile(r"=\? ?([^?\s]{1,60}) ?\? ?([bBqQ]) ?\?")
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

    head, *pieces = _BEGIN.split(text)
    out.append(head)
    for tag, kind, piece in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        content, closed, after = _split_end(piece, kind)
        name = tag.partition("*")[0]
        if name.lower() != charset.lower():
            flush()
            charset = name
        if not closed:
            content = content.rstrip()
        encode = content.encode("utf-8", "replace")
        waiting.append(from_base64(encode) if kind in "bB" else from_q(encode))
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
