"""Work that is wanted anew while it is under way: done once more afterwards, never broken off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable


class Turns:
    """Does ``work`` in turns, one at a time; of many that are wanted meanwhile one is enough."""

    def __init__(self, work: Callable[[], Awaitable[object]]) -> None:
        """Start with none."""
        self._work = work
        self._wanted = False
        self._begun = False

    def want(self) -> bool:
        """Want another turn; return whether ``take`` has to be called for it."""
        begun, self._begun, self._wanted = self._begun, True, True
        return not begun

    async def take(self) -> None:
        """Work until nothing more is wanted."""
        try:
            while self._wanted:
                self._wanted = False
                await self._work()
        finally:
            self._begun = self._wanted = False
