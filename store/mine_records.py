"""Records of the view of one's own work that cross rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.records import BoardRow
from store.words import Channel


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that a requester waits for who was answered before."""

    number: int
    since: datetime
    """When they wrote what was not answered since."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a requester was promised."""

    number: int
    by: datetime
    text: str
    """In a sentence; "" if nobody said."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A request that others gave to somebody, or took from them."""

    number: int
    came: bool
    """It came to them; else it went away."""
    who: str
    """What the team calls who did it."""
    text: str
    """What they did, told to whom they did it: "gave it to Ana", "took it over"."""
    at: datetime
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndRun:
    """Somebody asked a person instead of the desk."""

    number: int
    at: datetime
    channel: Channel
    minutes: int | None
    """That it took; None: nobody said."""
    probable: bool
    """Nobody has said yet whether it was one."""


@dataclass(frozen=True, slots=True)
class EndRuns:
    """Those that went to one person since ``since``; the newest are listed."""

    since: datetime
    count: int = 0
    minutes: int = 0
    """Of all whose minutes are known."""
    timed: int = 0
    """Those whose minutes are known."""
    listed: tuple[EndRun, ...] = ()


@dataclass(frozen=True, slots=True)
class MineView:
    """Everything that is somebody's at this moment. ``rows`` has the row of each request."""

    live: int
    """Live requests they have; ``yours`` may name fewer."""
    yours: tuple[int, ...]
    """In the order of the board."""
    owed: tuple[Owed, ...]
    """Who waits longest first."""
    promised: tuple[Promise, ...]
    """What has to be kept first on top."""
    offered: tuple[int, ...]
    """What colleagues need a hand with."""
    moved: tuple[Moved, ...]
    """What came and went since ``since``, the newest first."""
    since: datetime
    """The beginning of the day they last did something on, before today."""
    end_runs: EndRuns
    """Of this week."""
    rows: Mapping[int, BoardRow] = field(default_factory=dict)
