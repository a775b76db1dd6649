"""A desk with a roster, and boards that are opened on it."""

from __future__ import annotations

from store.desk import Desk
from tests.tui.board.school import School


class Watch(School):
    """A desk that goes by the policy in its store."""

    def open(self) -> Desk:
        """Return the desk, on connections of its own."""
        return Desk.open(self.url, self.clock)
