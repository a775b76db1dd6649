"""The policy that holds, as it was applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from store.errors import StoreError
from store.facts.cover import cover_change
from store.facts.engine import Store
from store.facts.team import policy_version


@dataclass(frozen=True, slots=True)
class AppliedPolicy:
    """A policy row: which version, when and by whom, and the policy as ``to_store`` made it."""

    version: int
    at: datetime
    login: str
    """Of who applied it; "" for the desk itself (the poller when it started)."""
    text: str


def applied_policy(store: Store) -> AppliedPolicy | None:
    """Return the policy that holds in ``store``; None if none was applied yet."""
    newest = select(policy_version).order_by(policy_version.c.version.desc()).limit(1)
    with store.reading() as connection:
        row = connection.execute(newest).one_or_none()
    return None if row is None else AppliedPolicy(row.version, row.at, row.actor, row.policy)


def agreed_at(store: Store) -> datetime:
    """Return when the policy that holds, or cover beside it, was last changed.

    Raises:
        StoreError: no policy was applied yet.
    """
    with store.reading() as connection:
        policy: datetime | None = connection.scalar(select(func.max(policy_version.c.at)))
        cover: datetime | None = connection.scalar(select(func.max(cover_change.c.at)))
    if policy is None:
        raise StoreError("no policy applied yet; run: deskwatch policy apply")
    return max(policy, cover) if cover else policy
