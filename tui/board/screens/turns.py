"""Work that is wanted anew while it is under way: done once more afterwards, never broken off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable


class Turns:
    """Does ``work`` in turns, one at a time; of many that are wanted meanwhile one is enough."""

    def __init__(self, work: Callable[[], Awaitable[object]]) -> None:
        """Start with none."""
        self._work = work
        self.wanted = False
        """Whether another turn comes after the one that is under way."""
        self.under_way = False

    def want(self) -> bool:
        """Want another turn; return whether ``take`` has to be called for it."""
        begun, self.under_way, self.wanted = self.under_way, True, True
        return not begun

    async def take(self) -> None:
        """Work until nothing more is wanted."""
        try:
            while self.wanted:
                self.wanted = False
                await self._work()
        finally:
            self.under_way = self.wanted = False
