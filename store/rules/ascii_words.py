"""The words of plain ASCII text: most mail is, and a table splits it faster than any pattern."""

from __future__ import annotations

import re
import string

_SPACES = re.compile(b"  +")


class AsciiWords:
    """Splits ASCII text into lower-case words of letters, digits and some other characters."""

    def __init__(self, others: str = "") -> None:
        """Let ``others`` belong to words too; whatever else there is divides them."""
        kept = string.ascii_letters + string.digits + others
        self._table = "".join(
            chr(code).lower() if chr(code) in kept else " " for code in range(256)
        ).encode("latin-1")
        self._shape = bytes(ord("x" if chr(code) in kept else " ") for code in range(256))

    def spaced(self, text: str) -> str:
        """Return ASCII text with nothing but words and spaces."""
        return text.encode("ascii").translate(self._table).decode("ascii")

    def of(self, text: str) -> list[str]:
        """Return the words of ASCII text, in order."""
        return self.spaced(text).split()

    def in_line(self, text: str) -> str:
        """Return the words of ASCII text with single spaces between them."""
        spaced = text.encode("ascii").translate(self._table)
        # Most words have single spaces between them already: nothing need be taken apart.
        return _SPACES.sub(b" ", spaced).strip().decode("ascii")

    def has_longer(self, text: str, most: int) -> bool:
        """Say whether ASCII text has a word of more than ``most`` characters.

        Each word need not be looked at for that: one search finds so many letters on end.
        """
        return b"x" * (most + 1) in text.encode("ascii").translate(self._shape)
