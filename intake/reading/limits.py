"""How much of a mail is read. What lies beyond is left in the original, and the mail says so.

Each limit is far above what people send and low enough that no mail takes a second.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one mail; sizes in bytes unless the name says characters."""

    message: int = 64 * 1024 * 1024
    """Bytes looked at in all."""
    header_block: int = 2 * 1024 * 1024
    """Bytes of one header block. A To: header of 20,000 people is about 700 KB."""
    header_names: int = 500
    """Different fields of one header block."""
    header_values: int = 100
    """Fields of one name."""
    header_value: int = 1024 * 1024
    """Bytes of one field."""
    shown_header_chars: int = 2_000
    """Characters of a field as the rules and people see it."""
    addresses: int = 20_000
    """Addresses of one field."""
    references: int = 200
    """Message-IDs kept of a thread: the first and the latest."""
    parts: int = 1_000
    """MIME parts."""
    depth: int = 250
    """MIME nesting; deeper parts are left folded up as one attachment."""
    dashed_lines: int = 100_000
    """Lines beginning with two dashes that are looked at as possible boundaries."""
    text_bytes: int = 1024 * 1024
    """Bytes of all text parts together, as sent."""
    text_chars: int = 250_000
    """Characters of readable text kept."""
    calendar_bytes: int = 256 * 1024
    """Bytes of an invitation, as sent."""
    status_bytes: int = 64 * 1024
    """Bytes of the part of a delivery report that is for machines, as sent."""
    attachments: int = 500
    """Attachments described."""
    guesses: int = 4
    """Pieces of text whose charset is guessed by statistics, which is slow."""


#: The limits in force.
LIMITS = Limits()
