"""What a policy would change if it were applied now: nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select
from sqlalchemy import func as sql

from store.commands.clock_cache import clock_columns, histories
from store.desk import newest_rules, with_changes
from store.facts.engine import Store
from store.facts.requests import request
from store.policy.stored import rulebook_of
from store.rulebook import Rulebook
from store.rules.cover import AHEAD, GapChange, Stretch, coverage, gap_change
from store.rules.roster import Roster

Told = Callable[[int], None]

_AT_ONCE = 500


class Effect(StrEnum):
    """What becomes of a due time. In this order they are told."""

    BECOMES_OVERDUE = "becomes_overdue"
    OVERDUE_NO_MORE = "overdue_no_more"
    EARLIER = "earlier"
    LATER = "later"
    BEGINS = "begins"
    """It had no due time."""
    ENDS = "ends"
    """It has none any more."""


@dataclass(frozen=True, slots=True)
class DueMove:
    """A live request whose next due time is another one."""

    effect: Effect
    number: int
    subject: str
    priority: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What a policy would change if it were applied."""

    now: datetime
    version: int
    """Of the policy that holds."""
    due: tuple[DueMove, ...]
    """In the order of their effects, then of the new due times."""
    gaps: GapChange
    """Of the next 14 days."""


def live_requests(store: Store) -> int:
    """Return how many requests ``policy_change`` has to look at."""
    with store.reading() as connection:
        count = connection.scalar(select(sql.count()).select_from(request).where(request.c.live))
    return count or 0


def policy_change(store: Store, policy_json: str, told: Told | None) -> PolicyChange:
    """Return what would change if ``policy_json`` were applied now.

    Args:
        store: The store.
        policy_json: As ``store.policy.stored.to_store`` makes it.
        told: Called with the number of requests looked at, again and again; None where hours
            and targets are the same, and no due time can change.

    Raises:
        ConfigError: one of the two is not a policy of this version of Deskwatch.
        StoreError: no policy was applied yet, or the database failed.
    """
    now = store.clock.now()
    with store.reading() as connection:
        before = newest_rules(connection)
        after = with_changes(connection, rulebook_of(policy_json, before.version))
        moves = [] if told is None else list(_moves(connection, after, now, told))
    order = list(Effect)
    moves.sort(key=lambda move: (order.index(move.effect), move.after or now, move.number))
    return PolicyChange(
        now=now,
        version=before.version,
        due=tuple(moves),
        gaps=_gaps(before.roster, after.roster, now),
    )


def _moves(connection: Connection, rules: Rulebook, now: datetime, told: Told) -> Iterator[DueMove]:
    after = 0
    columns = request.c.number, request.c.subject, request.c.priority, request.c.due_at
    live = select(*columns).where(request.c.live).order_by(request.c.number).limit(_AT_ONCE)
    while lot := connection.execute(live.where(request.c.number > after)).all():
        events = histories(connection, [row.number for row in lot])
        for row in lot:
            due: datetime | None = clock_columns(events[row.number], rules)["due_at"]
            if due != row.due_at:
                effect = _effect(row.due_at, due, now)
                yield DueMove(effect, row.number, row.subject, row.priority, row.due_at, due)
        told(len(lot))
        after = lot[-1].number


def _effect(before: datetime | None, after: datetime | None, now: datetime) -> Effect:
    was, will = (due is not None and due < now for due in (before, after))
    if will and not was:
        return Effect.BECOMES_OVERDUE
    if was and not will:
        return Effect.OVERDUE_NO_MORE
    if before is None:
        return Effect.BEGINS
    if after is None:
        return Effect.ENDS
    return Effect.EARLIER if after < before else Effect.LATER


def _gaps(before: Roster | None, after: Roster | None, now: datetime) -> GapChange:
    """Return which gaps open and close; who has no roster knows of no gaps."""
    now = now.replace(second=0, microsecond=0)
    until = now + AHEAD
    if before is not None and after is not None:
        return gap_change(before, after, now, until)
    return GapChange(opened=_all_gaps(after, now, until), closed=_all_gaps(before, now, until))


def _all_gaps(roster: Roster | None, now: datetime, until: datetime) -> tuple[Stretch, ...]:
    return () if roster is None else coverage(roster, now, until).gaps
