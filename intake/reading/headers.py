"""Header values as text that people and rules can read."""

from __future__ import annotations

from intake.reading.charset import Decoder
from intake.reading.fields import Block
from intake.reading.limits import Limits
from intake.reading.words import decode_words
from store.text import one_line


def text_of(value: bytes, decoder: Decoder) -> str:
    """Return one raw value as text: unfolded, raw 8-bit salvaged, encoded words decoded."""
    if b"\n" in value:
        value = value.replace(b"\r", b"").replace(b"\n", b"")
    text = value.decode("ascii") if value.isascii() else decoder.decode(value)
    if "\x1b" in text:
        text = decoder.decode(value)
    return clean(decode_words(text, decoder))


def clean(text: str) -> str:
    """Return ``text`` as one safe line; the common case costs no table look-up."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return one_line(text)


def raw_text(value: bytes, decoder: Decoder) -> str:
    """Return one raw value unfolded and as text, its encoded words still encoded."""
    value = value.replace(b"\r", b"").replace(b"\n", b"")
    return value.decode("ascii") if value.isascii() else decoder.decode(value)


def decoded(block: Block, decoder: Decoder, limits: Limits) -> dict[str, tuple[str, ...]]:
    """Return every header of a block decoded, by lower-case name, long ones shortened."""
    most = limits.shown_header_chars
    return {
        name: tuple(text_of(value[:most], decoder)[:most] for value in values)
        for name, values in block.fields.items()
    }
