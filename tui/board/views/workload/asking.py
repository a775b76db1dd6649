"""What the view of workload asks of the store, through the board's link."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records import Actor
    from store.workload_records import Workload
    from tui.board.screens.asking import Link


async def workload(link: Link, me: Actor) -> list[Workload]:
    """Return everybody with what they have, as far as ``me`` may know of it."""

    def question(desk: Desk) -> list[Workload]:
        from store import queries

        return queries.workload(desk, me)

    return await link.ask(question)
