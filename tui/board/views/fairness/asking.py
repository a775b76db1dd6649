"""What the view of fairness asks of the store, through the board's link."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.desk import Desk
    from store.fairness_records import ClaimsView
    from store.records import Actor
    from tui.board.screens.asking import Link


async def claims(link: Link, me: Actor) -> ClaimsView:
    """Return how often urgency is claimed, as far as ``me`` may know."""

    def question(desk: Desk) -> ClaimsView:
        from store import queries

        return queries.claims(desk, me)

    return await link.ask(question)
