"""Load: how much work somebody has in hand, weighted by priority and by how late it is.

A figure to see who is about to be swamped; it stands beside the plain count, and being over a
person's capacity is a warning that stops nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.words import Priority, State

#: States in which a request waits for somebody who is not on the desk: no work just now.
WAITING = frozenset({State.WAITING_REQUESTER, State.WAITING_SUPPLIER})

#: What a request of each priority weighs, unless the policy says otherwise.
USUAL: Mapping[Priority, float] = {
    Priority.P1: 4.0,
    Priority.P2: 3.0,
    Priority.P3: 2.0,
    Priority.P4: 1.0,
}
_FRESH, _AT_RISK, _OVERDUE = 1.0, 1.5, 2.0


@dataclass(frozen=True, slots=True)
class LoadRules:
    """What a request of each priority weighs."""

    weights: Mapping[Priority, float] = field(default_factory=lambda: dict(USUAL))


@dataclass(frozen=True, slots=True)
class Burdening:
    """What of a live request its weight depends on."""

    priority: Priority
    state: State
    due: datetime | None
    """None while paused, and if no clock runs."""
    warn_75: datetime | None


def age_factor(due: datetime | None, warn_75: datetime | None, now: datetime) -> float:
    """Return 1, 1.5 once 75 % of a request's time is used, 2 once it is overdue."""
    if due is not None and due < now:
        return _OVERDUE
    return _AT_RISK if warn_75 is not None and warn_75 <= now else _FRESH


def weight(one: Burdening, rules: LoadRules, now: datetime) -> float:
    """Return how much of a load one live request is; nothing while it waits for others."""
    if one.state in WAITING:
        return 0.0
    return rules.weights[one.priority] * age_factor(one.due, one.warn_75, now)


def load(some: Iterable[Burdening], rules: LoadRules, now: datetime) -> float:
    """Return the load that a person's live requests are."""
    return sum(weight(one, rules, now) for one in some)


def over(load_: float, capacity: float) -> bool:
    """Say whether a load is more than somebody can carry, as far as the screen shows figures."""
    return round(load_, 1) > round(capacity, 1)
