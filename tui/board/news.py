"""What the link tells the board about the store: plain records, in the order things happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.cover_records import HandOverView
    from store.mail_records import MailboxHealth, Unsent
    from store.notice_records import AtRisk, SoonPromised
    from store.outage_records import OutageView
    from store.records import Actor, BoardRow, EventView, Reader, Summary, Whereabouts
    from store.rulebook import Rulebook
    from store.rules.cover import OnWatch
    from tui.board.index import Index


@dataclass(frozen=True, slots=True)
class Opened:
    """The store is open: who is at this board, the policy, and the first rows of the queue."""

    me: Actor
    rules: Rulebook
    rows: list[BoardRow]
    place: str
    """Of the store, without its password."""


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
    readers: Mapping[int, tuple[Reader, ...]]
    """The others who have a request on their screen, by its number."""
    present: frozenset[str]
    """Logins of everybody who is in and has a board open."""
    whereabouts: Mapping[str, Whereabouts]
    """Of everybody of the desk, by login, whether they are there for work."""
    offered: Mapping[str, tuple[int, ...]]
    """Requests that need a hand, by the login of who has them."""
    outages: tuple[OutageView, ...]
    """What is known not to work."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody has come or gone: what is counted is to be counted anew."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Who has the watch, and what whoever has it is to know."""

    watch: OnWatch | None
    """None if the policy has no roster."""
    notes: tuple[HandOverView, ...]
    """Those that whoever sits here has not read yet, the oldest first."""
    late: int
    """Requests that will be late before anybody is in."""
    emergencies: tuple[BoardRow, ...]
    """Those that nobody is on."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Others have changed when whoever sits here has the watch."""

    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """What of the requests of the person at this board is at risk now, and what was promised."""

    at_risk: tuple[AtRisk, ...]
    promised: tuple[SoonPromised, ...]
    """What has to be kept soon."""


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
    | Warned
    | Moved
    | Lost
    | Found
    | Refused
    | Broken
)
