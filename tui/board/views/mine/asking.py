"""What the view of one's own work asks of the store, through the board's link."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.desk import Desk
    from store.mine_records import MineView
    from store.records import Actor
    from tui.board.screens.asking import Link


async def mine(link: Link, me: Actor) -> MineView:
    """Return everything that is ``me``'s."""

    def question(desk: Desk) -> MineView:
        from store import queries

        return queries.mine(desk, me)

    return await link.ask(question)
