"""The mail that may be a delivery report, as the rules for it need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.records import Address


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail whose headers and text have been read."""

    headers: Mapping[str, Sequence[str]]
    """Decoded, by lower-case name."""
    sender: Address
    to: Sequence[Address]
    subject: str
    text: str
    """The whole readable text, the mail that came back included."""
    answers: str
    """The Message-ID of the mail it answers, "" if it names none."""

    def header(self, name: str) -> str:
        """Return a header's first value, "" if there is none."""
        values = self.headers.get(name)
        return values[0] if values else ""
