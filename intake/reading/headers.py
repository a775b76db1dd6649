"""Header values as text that people and rules can read."""

from __future__ import annotations

from intake.reading.charset import Decoder
from intake.reading.fields import Block
from intake.reading.limits import Limits
from intake.reading.words import decode_words
from store.text import one_line

#: Traces and signatures of servers: long, many, and nothing that a rule reads.
_TRACES = frozenset(
    (
        *("received", "dkim-signature", "arc-seal", "arc-message-signature", "autocrypt"),
        *("x-google-dkim-signature", "x-received", "x-gm-message-state"),
    )
)
_FOLDS = b"\r\n"
_TABS_AS_SPACES = bytes.maketrans(b"\t", b" ")


def text_of(value: bytes, decoder: Decoder) -> str:
    """Return one raw value as text: unfolded, raw 8-bit salvaged, encoded words decoded."""
    unfolded = value.translate(_TABS_AS_SPACES, _FOLDS)
    if unfolded.isascii() and b"=?" not in unfolded and b"\x1b" not in unfolded:
        return clean(unfolded.decode("ascii"))
    text = raw_text(value, decoder)
    return clean(decode_words(text, decoder) if "=?" in text else text)


def clean(text: str) -> str:
    """Return ``text`` as one safe line; the common case costs no table look-up."""
    if "\t" in text:
        text = text.replace("\t", " ")
    if text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    return one_line(text)


def raw_text(value: bytes, decoder: Decoder) -> str:
    """Return one raw value unfolded and as text, its encoded words still encoded."""
    value = value.translate(None, _FOLDS)
    return (
        decoder.decode(value) if b"\x1b" in value or not value.isascii() else value.decode("ascii")
    )


def decoded(block: Block, decoder: Decoder, limits: Limits) -> dict[str, tuple[str, ...]]:
    """Return the headers of a block decoded, by lower-case name, long ones shortened.

    Traces and signatures of servers are left out.
    """
    most = limits.shown_header_chars
    return {
        name: tuple([text_of(value[:most], decoder)[:most] for value in values])
        for name, values in block.fields.items()
        if name not in _TRACES
    }
