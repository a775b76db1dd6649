"""What the view of cover asks of the store, each through the board's link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from tui.board.views.cover.rows import Row, rows

if TYPE_CHECKING:
    from datetime import datetime

    from store.cover_records import CoverDone, CoverView
    from store.desk import Desk
    from store.records import Actor
    from store.rules.burden import Candidate
    from store.rules.cover import GapChange
    from store.rules.roster import Change, Roster
    from tui.board.screens.asking import Link

#: Gaps for which it is found out whom to ask, and how many people that is.
_GAPS, _FAIREST = 20, 2


@dataclass(frozen=True, slots=True)
class CoverStanding:
    """Everything the view shows, read at one moment."""

    view: CoverView
    roster: Roster
    rows: tuple[Row, ...]
    ask: Mapping[datetime, Sequence[str]]
    """Logins of who is fairest to ask, by the start of a gap; not for every one of very many."""


async def standing(link: Link, me: Actor) -> CoverStanding | None:
    """Return how cover stands; None if the policy has no roster."""

    def question(desk: Desk) -> CoverStanding | None:
        from store import queries
        from store.rules.burden import fairest
        from store.rules.cover import backup

        now = desk.clock.now()
        view, roster = queries.cover_view(desk, actor=me), desk.rules.roster
        if view is None or roster is None:
            return None
        watches = [each for each in view.coverage.timeline if each.who is not None]
        backups = {each.start: backup(roster, each.start) for each in watches}
        people = [each.login for each in view.burdens]
        made = rows(view.coverage.timeline, view.open_hours, people, backups)
        ask = {
            gap.start: [each.login for each in fairest(roster, gap.start, gap.end, now)[:_FAIREST]]
            for gap in view.coverage.gaps[:_GAPS]
        }
        return CoverStanding(view, roster, made, ask)

    return await link.ask(question)


async def fairest(link: Link, start: datetime, end: datetime) -> tuple[Candidate, ...]:
    """Return who could take the watch, the fairest to ask first."""

    def question(desk: Desk) -> tuple[Candidate, ...]:
        from store.rules.burden import fairest

        roster = desk.rules.roster
        return () if roster is None else fairest(roster, start, end, desk.clock.now())

    return await link.ask(question)


async def effect(link: Link, changes: Sequence[Change]) -> GapChange:
    """Return which gaps these changes would open and close."""

    def question(desk: Desk) -> GapChange:
        from store.rules.cover import GapChange, gap_change, with_change
        from store.rules.walltime import from_us

        before = desk.rules.roster
        if before is None:
            return GapChange((), ())
        after = reduce(with_change, changes, before)
        spans = after.changed[-len(changes) :]
        told = [gap_change(before, after, from_us(a), from_us(b)) for a, b in spans if a < b]
        return GapChange(
            opened=tuple(gap for each in told for gap in each.opened),
            closed=tuple(gap for each in told for gap in each.closed),
        )

    return await link.ask(question)


async def change(link: Link, me: Actor, changes: Sequence[Change], seen: int) -> CoverDone:
    """Change cover; two changes are a swap."""

    def order(desk: Desk) -> CoverDone:
        from store import commands

        if len(changes) == 1:
            return commands.change_cover(desk, me, changes[0], seen)
        given, taken = changes
        return commands.swap_cover(desk, me, given, taken, seen)

    return await link.ask(order)


async def take_back(link: Link, me: Actor) -> CoverDone:
    """Take back what this person changed last."""

    def order(desk: Desk) -> CoverDone:
        from store import commands

        return commands.undo_cover(desk, me)

    return await link.ask(order)
