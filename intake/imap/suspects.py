"""Messages that make fetching fail: remembered over connections, narrowed down, given up on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: Failures of a message asked for alone before it is given up on.
_CHANCES = 3


class Suspects:
    """Which messages were being fetched when a connection broke, and how often.

    A break blames the whole batch. Next time the blamed ones come last and in half the
    number, until the one that does it stands alone; every message that arrives is cleared.
    """

    def __init__(self) -> None:
        """Suspect nobody."""
        self._blame: dict[int, int] = {}
        self._alone: dict[int, int] = {}
        self._asked: frozenset[int] = frozenset()
        self._uidvalidity = 0

    def begin(self, uidvalidity: int) -> None:
        """Forget everybody if ``uidvalidity`` is another than before: UIDs mean others now."""
        if uidvalidity != self._uidvalidity:
            self._blame.clear()
            self._alone.clear()
            self._uidvalidity = uidvalidity

    def asking(self, uids: Iterable[int]) -> None:
        """Note what is about to be asked for."""
        self._asked = frozenset(uids)

    def answered(self, uids: Iterable[int]) -> None:
        """Clear the messages that arrived, or that are gone."""
        for uid in uids:
            self._blame.pop(uid, None)
            self._alone.pop(uid, None)
        self._asked = frozenset()

    def broke(self) -> bool:
        """Blame what was asked for last; say whether that was anything."""
        if not self._asked:
            return False
        for uid in self._asked:
            self._blame[uid] = self._blame.get(uid, 0) + 1
        if len(self._asked) == 1:
            self.failed(next(iter(self._asked)))
        self._asked = frozenset()
        return True

    def failed(self, uid: int) -> None:
        """Count a failure of ``uid`` asked for alone."""
        self._blame[uid] = self._blame.get(uid, 0) + 1
        self._alone[uid] = self._alone.get(uid, 0) + 1

    def hopeless(self, uid: int) -> bool:
        """Say whether ``uid`` has used up its chances."""
        return self._alone.get(uid, 0) >= _CHANCES

    def last_chance(self, uid: int) -> bool:
        """Say whether something smaller than the whole of ``uid`` is still worth a try."""
        return self._alone.get(uid, 0) == _CHANCES

    def anybody(self) -> bool:
        """Say whether anybody is suspected."""
        return bool(self._blame)

    def in_turn(self, uids: Sequence[int]) -> list[int]:
        """Return ``uids`` with the suspects behind the others."""
        if not self._blame:
            return sorted(uids)
        return sorted(uids, key=lambda uid: (self._blame.get(uid, 0), uid))

    def together(self, uid: int, most: int) -> int:
        """Return how many messages may be fetched in one batch with ``uid``."""
        return max(1, most >> self._blame.get(uid, 0))
