"""Marks that HTML leaves in its text for the scanner, in characters that no mail can show.

HTML tells what plain text does not: where a program put the mail being answered, and which
lines are a signature. A mark is the first character of its line, before any quote mark; all of
them are gone before anybody sees the text.
"""

from __future__ import annotations

#: The line belongs to what is quoted: the words above it.
QUOTED = "\ufdd0"
#: The mail being answered begins with the line, and goes on to the end.
ANSWERED = "\ufdd1"
#: The line belongs to a signature.
SIGNED = "\ufdd2"

_NONE = {ord(mark): None for mark in (QUOTED, ANSWERED, SIGNED)}


def mark_of(row: str) -> str:
    """Return the mark of a line; "" if it has none."""
    return row[0] if row[:1] in (QUOTED, ANSWERED, SIGNED) and row else ""


def unmarked(text: str) -> str:
    """Return text without marks."""
    return text if text.isascii() else text.translate(_NONE)
