"""What is found in files: messages, and what is in the way of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

#: As of mail on a server: of a message larger than this only the start is kept.
WHOLE = 48 * 1024 * 1024
START = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a file."""

    place: str
    """Where it is, for people: ``old.mbox mail 17``."""
    raw: bytes
    size: int
    """Bytes of the whole message."""
    hint: datetime | None = None
    """When it arrived by what stands around it: an mbox's "From " line, a Maildir's name."""

    @property
    def truncated(self) -> bool:
        """Whether ``raw`` is only the start."""
        return len(self.raw) < self.size


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that cannot be read."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder or archive in which no mail is."""

    place: str


class Kept:
    """The bytes of a message as they come: all of them, or of a huge one the start."""

    def __init__(self) -> None:
        """Begin without any."""
        self.size = 0
        self._parts: list[bytes] = []
        self._full = False

    def add(self, part: bytes) -> None:
        """Add the next bytes."""
        self.size += len(part)
        if self._full:
            return
        self._parts.append(part)
        if self.size > WHOLE:
            self._parts = [b"".join(self._parts)[:START]]
            self._full = True

    def bytes(self) -> bytes:
        """Return what is kept."""
        return b"".join(self._parts)


def one(stream: BinaryIO, place: str, hint: datetime | None = None) -> Message:
    """Return the message that ``stream`` holds."""
    kept = Kept()
    while part := stream.read(START):
        kept.add(part)
    return Message(place, kept.bytes(), kept.size, hint)
