"""Records of how requests end that cross rooms.

Small numbers say who it was rather than how it is: figures are None where there are too few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.rules.concentration import Concentration


@dataclass(frozen=True, slots=True)
class Ended:
    """How the requests of a service, or of all, have ended."""

    service: str
    """Key of the service; "" for those of none, and for all."""
    resolved: int
    guided: int | None
    """They were shown how; this and the next three are None below 6 resolved."""
    done: int | None
    """It was done for them."""
    fixed: int | None
    nothing: int | None
    helped: float | None
    """Of those that were guided or done, the part that was guided; None below 20 of them."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What somebody of the desk has resolved."""

    login: str
    resolved: int
    share: float | None
    """Of all; None below 20."""


@dataclass(frozen=True, slots=True)
class Shoulders:
    """On how many people of the desk it rests that requests are resolved."""

    resolved: int
    people: int
    half: int | None
    """So few have resolved more than half; None below 6 resolved."""
    found: Concentration | None
    """None below 20 resolved, or below 6 people."""
    each: tuple[Carried, ...]
    """Everybody for leads, for others themselves only."""


@dataclass(frozen=True, slots=True)
class Rests:
    """On how many people a service rests."""

    service: str
    resolved: int
    """6 at least."""
    people: int
    half: int
    """So few have resolved more than half."""
    is_alone: bool
    """One person has resolved nine in ten or more."""
    alone: str
    """Login of that person, for leads and themselves; "" for others."""
    by_alone: int
    """What that person has resolved; 0 for those who may not know who it is."""
    others: tuple[str, ...]
    """Logins of those who also have the skill that a lonely service asks for, for leads."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Of a service: people who asked for it again and again."""

    service: str
    people: int
    """Who asked three times or more in the period."""
    requests: int
    """Theirs."""
    done: int | None
    """Of these, those that were done for them; None below 6."""
    share: float | None
    """That part of them; None below 20."""
    often: int
    """Of the people, those who asked five times within a week."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Whether people came back within two weeks for the same service, after which ending."""

    service: str
    """"" for all services together."""
    guided: int
    """That ended so at least two weeks ago."""
    guided_stayed: int | None
    """Of these, those that did not come back; None below 6."""
    guided_share: float | None
    """None below 20."""
    done: int
    done_back: int | None
    """Of these, those that came back; None below 6."""
    done_share: float | None
    """None below 20."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """How often what was resolved was opened again, and how often people said thanks."""

    resolutions: int
    reopened: int | None
    """None below 6 resolutions."""
    share: float | None
    """None below 20."""
    thanks: int


@dataclass(frozen=True, slots=True)
class EndingsView:
    """How requests ended since a moment, and what that says. No requester is in it."""

    since: datetime
    all_together: Ended
    services: tuple[Ended, ...]
    requests: int
    requesters: int
    many: Concentration | None
    """How unevenly people ask; None below 20 people."""
    shoulders: Shoulders
    rests: tuple[Rests, ...]
    repeats: tuple[Repeats, ...]
    returned: Returned
    returned_by_service: tuple[Returned, ...]
    reopened: Reopened
