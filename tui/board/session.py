"""What the board does with the store by itself, in the store's thread.

Each step yields the news that came of it. The libraries of the database are imported here,
when the store is opened and the skeleton of the board is already painted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from store.records import Actor
from tui.board import news
from tui.board.index import Index
from tui.board.news import News

if TYPE_CHECKING:
    from store.desk import Desk

Opener = Callable[[], "tuple[Desk, Actor]"]


class Session:
    """An open store, and up to which event this board has heard of it."""

    def __init__(self, opener: Opener, first: int) -> None:
        """Open with ``opener``, which says who is at this board; show ``first`` rows at first."""
        self._opener = opener
        self._first = first
        self._seen = 0
        self._me: Actor
        self.desk: Desk | None = None

    def open(self) -> Iterator[News]:
        """Open the store and read the first rows: enough to begin with.

        Raises:
            DeskwatchError: it cannot be opened; says why.
        """
        desk, self._me = self._opener()
        from store import queries

        self.desk = desk
        self._seen = queries.last_event_id(desk)
        rows = queries.first_page(desk, self._first)
        yield news.Opened(self._me, desk.rules, rows)
        mine = queries.requests(desk, assignee=self._me.login) if self._me.login else []
        yield news.Mine(frozenset(row.number for row in mine))

    def index(self, desk: Desk) -> Iterator[News]:
        """Read the order of all live requests."""
        from store import queries

        # First the id, then the index: what happens between is told once more, which is no harm.
        self._seen = queries.last_event_id(desk)
        now = desk.clock.now()
        yield news.Indexed(Index.of(queries.board_index(desk), desk.rules.hours, now))

    def look(self, desk: Desk) -> Iterator[News]:
        """Read what has happened since this board last looked."""
        from store import queries

        newer_policy = desk.refresh()
        changes = queries.changes_since(desk, self._seen)
        self._seen = changes.last_event_id
        if newer_policy:
            yield news.Ruled(desk.rules)
        if changes.events:
            rows = queries.rows(desk, sorted({event.number for event in changes.events}))
            yield news.Came(changes.events, rows)
        if newer_policy or queries.last_event_id(desk) > self._seen:
            # More has happened than is told at once, or every clock may have changed.
            yield from self.index(desk)

    def count(self, desk: Desk) -> Iterator[News]:
        """Read the counts beside the queue."""
        from store import queries
        from store.rules.cover import on_watch

        roster = desk.rules.roster
        yield news.Counted(
            summary=queries.summary(desk, self._me),
            mail=queries.mailbox_health(desk),
            readers=queries.reading(desk, self._me),
            present=queries.present(desk),
            watch=None if roster is None else on_watch(roster, desk.clock.now()),
        )

    def close(self) -> None:
        """Say that this board is gone, and close the store."""
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.close()
