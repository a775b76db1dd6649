"""Tables of words written as they read: phrases with commas or line ends between them."""

from __future__ import annotations


def listed(text: str) -> tuple[str, ...]:
    """Return the phrases of a table in order."""
    return tuple(phrase.strip() for phrase in text.replace("\n", ",").split(",") if phrase.strip())
