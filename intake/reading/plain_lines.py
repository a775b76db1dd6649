"""The lines of plain text as people see them: one kind of line end, no blanks before it."""

from __future__ import annotations

import re

_BLANKS = (" ", "\t", "\xa0")
_BARE_CR = re.compile(r"\r(?!\n)")


def with_line_feeds(text: str) -> str:
    """Return text with LF line ends only."""
    if _BARE_CR.search(text):
        return text.replace("\r\n", "\n").replace("\r", "\n")
    # Single characters are found five times as fast as pairs.
    return text.replace("\r", "")


def without_blanks_at_ends(text: str) -> str:
    """Return text without blanks before line ends; one that has none as it is."""
    if text[-1:] in _BLANKS or any(f"{blank}\n" in text for blank in _BLANKS):
        return "\n".join([line.rstrip() for line in text.split("\n")])
    return text
