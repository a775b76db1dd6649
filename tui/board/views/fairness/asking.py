"""What the view of fairness asks of the store, through the board's link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.desk import Desk
    from store.endings_records import EndingsView
    from store.fairness_records import ClaimsView
    from store.records import Actor
    from store.rules.periods import Period
    from tui.board.screens.asking import Link


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a period."""

    period: Period
    claims: ClaimsView
    endings: EndingsView


async def figures(link: Link, me: Actor, period: Period) -> Figures:
    """Return everything the view tells of a period, as far as ``me`` may know."""

    def question(desk: Desk) -> Figures:
        from store import queries

        return Figures(period, queries.claims(desk, me, period), queries.endings(desk, me, period))

    return await link.ask(question)
