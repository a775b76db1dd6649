"""What the board's parts tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tui.board.news import News


@dataclass
class Told(Message, bubble=False):
    """The link has news; sent to the app."""

    news: News


@dataclass
class Changed(Message, bubble=False):
    """Requests have changed in the store; sent to every open screen."""

    numbers: frozenset[int]


@dataclass
class Unmarked(Message, bubble=False):
    """Something was done to requests that may be marked; sent to every open screen."""

    numbers: frozenset[int]


@dataclass
class Ticked(Message, bubble=False):
    """A second has passed; sent to every open screen."""

    now: datetime

    def can_replace(self, message: Message) -> bool:
        """Let a later tick stand for one not handled yet."""
        return isinstance(message, Ticked)


@dataclass
class Readers(Message, bubble=False):
    """``app.readers`` has changed: who looks at which request; sent to every open screen."""


@dataclass
class Counted(Message, bubble=False):
    """``app.around.counted`` is new: counts, mail; sent to every open screen."""


@dataclass
class Ruled(Message, bubble=False):
    """``app.rules`` is new: the policy or cover has changed; sent to every open screen."""
