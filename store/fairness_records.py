"""Records of the view of fairness that cross rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Claims:
    """How often somebody called a request urgent, and how often it was.

    Small numbers say who it was rather than how it is: ``really`` is None below 6 claims, and
    ``share`` below 20.
    """

    department: str
    """Key of the department; "" for those of none, and of the whole desk."""
    requests: int
    claimed: int
    """Of these, those that were called urgent."""
    really: int | None
    """Of those, what really is P1, P2 or an emergency."""
    share: float | None
    """That part of them."""


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """Claimed urgency since a moment: of all together, and by department for leads."""

    since: datetime
    team: Claims
    departments: tuple[Claims, ...]
    """Those that asked most first; none for who is no lead."""
