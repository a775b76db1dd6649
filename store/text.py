"""The one door for text from outside: nothing from a mail can drive a terminal.

Control characters (C0, C1, ESC, DEL), bidirectional overrides and isolates, and other
invisible format characters are removed. Both functions are idempotent. What they return is
safe in a terminal, a log line and a mail header (``one_line`` holds no line breaks); it is
*not* Textual markup: give widgets ``Text`` or ``Content`` objects, or ``markup=False``.
"""

from __future__ import annotations

import unicodedata

#: Bidirectional controls: UAX #9 section 2 (LRE RLE PDF LRO RLO LRI RLI FSI PDI, LRM RLM ALM).
_BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
#: Invisible characters with no business in a subject: soft hyphen, zero-width space and
#: word joiner, BOM, interlinear annotation, tag characters. ZWJ and ZWNJ stay: scripts need them.
_INVISIBLE = [
    0x00AD,
    0x200B,
    *range(0x2060, 0x2066),
    *range(0x206A, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
]
_SURROGATES = range(0xD800, 0xE000)


def _table(*, keep_lines: bool) -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
    table.update(dict.fromkeys([*_BIDI, *_INVISIBLE]))
    table.update(dict.fromkeys(_SURROGATES, "\ufffd"))
    for breaker in (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029):
        table[breaker] = "\n" if keep_lines else " "
    table[0x09] = "    " if keep_lines else " "
    return table


_PLAIN = bytes([0x0A, *range(0x20, 0x7F)])
_ONE_LINE = _table(keep_lines=False)
_LINES = _table(keep_lines=True)


def one_line(text: str) -> str:
    """Return ``text`` fit for one line: no controls, runs of white space as one space."""
    # Printable text (the usual case) holds nothing that the table changes: four times as fast.
    return " ".join((text if text.isprintable() else text.translate(_ONE_LINE)).split())


def lines(text: str) -> str:
    """Return ``text`` fit for many lines: line feeds only, tabs as four spaces."""
    # All that is taken out is not printable, and this is ten times as fast as translating.
    if text.isascii():
        if not text.encode("ascii").translate(None, _PLAIN):
            return text
    elif text.replace("\n", "").isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_LINES)


def is_safe(text: str) -> bool:
    """Say whether ``text`` holds nothing that could drive a terminal (line feeds allowed)."""
    return all(
        char == "\n" or (unicodedata.category(char) != "Cc" and ord(char) not in _BIDI)
        for char in text
    )
