"""What the view of end-runs asks of the store, each through the board's link.

What takes longest is asked apart, so that what a key asks meanwhile comes between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.desk import Desk
    from store.end_run_records import Converted, Doors, EndRunsView, Part, Period, RunRow
    from store.records import Actor, Done, Target
    from tui.board.screens.asking import Link


async def figures(link: Link, me: Actor, period: Period) -> EndRunsView:
    """Return the end-runs of a period, as far as ``me`` may know of them."""

    def question(desk: Desk) -> EndRunsView:
        from store import queries

        return queries.end_runs(desk, me, period)

    return await link.ask(question)


async def doors(link: Link, period: Period) -> Doors:
    """Return how fast each door is."""

    def question(desk: Desk) -> Doors:
        from store import queries

        return queries.end_run_doors(desk, period)

    return await link.ask(question)


async def converted(link: Link, period: Period) -> Converted:
    """Return by which door people came next."""

    def question(desk: Desk) -> Converted:
        from store import queries

        return queries.end_run_converted(desk, period)

    return await link.ask(question)


async def listed(link: Link, me: Actor, period: Period, part: Part, key: str) -> list[RunRow]:
    """Return the requests behind a figure that ``me`` may see."""

    def question(desk: Desk) -> list[RunRow]:
        from store import queries

        return queries.end_run_requests(desk, me, period, part, key)

    return await link.ask(question)


async def judge(link: Link, me: Actor, target: Target, *, was_one: bool) -> Done:
    """Say whether a probable end-run was one."""

    def order(desk: Desk) -> Done:
        from store import commands

        command: Callable[[Desk, Actor, Target], Any]
        command = commands.confirm_end_run if was_one else commands.deny_end_run
        done: Done = command(desk, me, target)
        return done

    return await link.ask(order)
