"""Notes from one shift to the next: whom a note is for, by who has had the watch since.

Between them the desk itself counts as a shift: in the morning whoever is in takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from enum import Enum

from store.rules.attention import moment
from store.rules.cover import Cover, on_watch
from store.rules.hours import Hours
from store.rules.roster import Roster
from store.rules.stretches import timeline
from store.rules.walltime import to_us


class Holder(Enum):
    """Who takes care of the desk where it is not one person on watch."""

    DESK = "desk"
    """It is open: everybody who is in."""
    NOBODY = "nobody"


def takes_over(roster: Roster, by: str, written_at: datetime, now: datetime) -> str | Holder:
    """Return whom a note is for ``now``: a login, everybody who is in, or nobody yet.

    What somebody writes who has the watch, or while the desk is open or nobody has the watch,
    is for the shift that comes after; what somebody else writes is for who has the watch.
    Nobody gets their own notes.

    Args:
        roster: Who has the watch.
        by: Login of who has written it.
        written_at: When.
        now: The present, not before.
    """
    holders = list(_holders(roster, written_at, now))
    first, present = holders[0], holders[-1]
    to_the_next = first == by or isinstance(first, Holder)
    if to_the_next and all(each == first for each in holders):
        return Holder.NOBODY
    return Holder.NOBODY if present == by else present


def for_whom(
    roster: Roster | None, by: str, called: Callable[[str], str], now: datetime, tz: tzinfo
) -> str:
    """Return who will be shown what ``by`` writes now: "Dee, who takes over 17:00".

    Args:
        roster: Who has the watch; None if the policy has none.
        by: Login of who writes.
        called: Returns what the team calls the person with a login.
        now: The present.
        tz: The zone in which moments are told.
    """
    watch = None if roster is None else on_watch(roster, now)
    if watch is None:
        return "whoever takes over"
    if watch.now.who and watch.now.who != by:
        return f"{called(watch.now.who)}, who has the watch"
    following = watch.next
    if watch.now.state is not Cover.STAFFED or following is None or following.who in {None, by}:
        return "whoever takes over"
    return f"{called(following.who or '')}, who takes over {moment(following.start, now, tz)}"


def desk_alone(tz: str, staffed: Hours) -> Roster:
    """Return the roster of a desk that has none: nobody has the watch while it is closed."""
    return Roster(tz=tz, staffed=staffed, rotations=())


def _holders(roster: Roster, start: datetime, end: datetime) -> Iterator[str | Holder]:
    """Yield who has had the desk from ``start`` on, the one at ``end`` last."""
    for stretch in timeline(roster, to_us(start), to_us(end) + 1):
        if stretch.who is not None:
            yield stretch.who
            continue
        at = stretch.start
        for opens, closes in roster.staffed.intervals(stretch.start, stretch.end):
            if at < opens:
                yield Holder.NOBODY
            yield Holder.DESK
            at = closes
        if at < stretch.end:
            yield Holder.NOBODY
