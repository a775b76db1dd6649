"""What the link tells the board about the store: plain records, in the order things happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.cover_records import HandOverView
    from store.mail_records import MailboxHealth, Unsent
    from store.records import Actor, BoardRow, EventView, Summary
    from store.rulebook import Rulebook
    from store.rules.cover import OnWatch
    from tui.board.index import Index


@dataclass(frozen=True, slots=True)
class Opened:
    """The store is open: who is at this board, the policy, and the first rows of the queue."""

    me: Actor
    rules: Rulebook
    rows: list[BoardRow]


@dataclass(frozen=True, slots=True)
class Mine:
    """The live requests that the person at this board has."""

    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A newer policy was applied."""

    rules: Rulebook


@dataclass(frozen=True, slots=True)
class Indexed:
    """The order of all live requests, as it is now."""

    index: Index


@dataclass(frozen=True, slots=True)
class Came:
    """Something happened: the events, and the requests concerned as they are now."""

    events: tuple[EventView, ...]
    rows: Mapping[int, BoardRow]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts beside the queue, how mail stands, and who reads what."""

    summary: Summary
    mail: list[MailboxHealth]
    unsent: Unsent
    readers: Mapping[int, tuple[str, ...]]
    """Logins of the others who have a request on their screen, by its number."""
    present: frozenset[str]
    """Logins of everybody who has a board open."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Who has the watch, and what whoever has it is to know."""

    watch: OnWatch | None
    """None if the policy has no roster."""
    notes: tuple[HandOverView, ...]
    """Those that whoever sits here has not read yet, the oldest first."""
    late: int
    """Requests that will be late before anybody is in."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Others have changed when whoever sits here has the watch."""

    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """The store cannot be reached, and why; the link keeps trying."""

    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The store can be reached again."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The store can be reached but not used: no database, no policy, another schema."""

    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """An error that nobody foresaw has ended the link."""

    error: Exception


News = (
    Opened
    | Mine
    | Ruled
    | Indexed
    | Came
    | Counted
    | Watched
    | Agreed
    | Lost
    | Found
    | Refused
    | Broken
)
