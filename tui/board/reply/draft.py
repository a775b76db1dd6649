"""What is written and not sent yet, and what is to happen once it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.mail_records import OutgoingFile


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its files."""

    text: str = ""
    files: tuple[OutgoingFile, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything to lose."""
        return bool(self.text.strip() or self.files)

    @property
    def begins(self) -> str:
        """The first line that says something."""
        return next((line.strip() for line in self.text.split("\n") if line.strip()), "")


class Then(StrEnum):
    """What happens to the request when the answer is sent."""

    NOTHING = "nothing"
    WAIT = "wait"
    """It waits for the requester."""
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that is to be sent now."""

    text: str
    files: tuple[OutgoingFile, ...] = ()
    then: Then = Then.NOTHING
