"""What the board does with the store by itself, in the store's thread.

Each step yields the news that came of it. The libraries of the database are imported here,
when the store is opened and the skeleton of the board is already painted.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.records import Actor
from tui.board import news
from tui.board.index import Index
from tui.board.news import News

if TYPE_CHECKING:
    from store.desk import Desk
    from store.rulebook import Rulebook

Opener = Callable[[], "tuple[Desk, Actor]"]

#: How often the board says that it is still there; after 30 s others take it for gone.
GREET_S = 10.0
#: Requests of one's own whose changes are told.
MINE_AT_MOST = 1_000


class Session:
    """An open store, and up to which event this board has heard of it."""

    def __init__(self, opener: Opener, first: int) -> None:
        """Open with ``opener``, which says who is at this board; show ``first`` rows at first."""
        self._opener = opener
        self._first = first
        self._seen = 0
        self._noted = 0
        """The newest hand-over note that this board has heard of."""
        self._seen_said = 0
        """The newest of what people said of where they are."""
        self._me: Actor
        self._name = secrets.token_hex(8)
        """Of this board, for somebody may have several."""
        self._greeted = -GREET_S
        self.looking_at: int | None = None
        """The request on this board's screen; None: the queue."""
        self.writing = False
        """A reply to it is being written."""
        self.desk: Desk | None = None
        self._ruled: Rulebook
        """The policy that this board was told last."""
        self.database = ""
        """Which one it is, for what is kept on this machine."""

    def open(self) -> tuple[Desk, News]:
        """Open the store and read the first rows: enough to begin with.

        Raises:
            DeskwatchError: it cannot be opened; says why.
        """
        desk, self._me = self._opener()
        from store import queries
        from tui.kept import place_of

        self.desk, self._ruled = desk, desk.rules
        self.database = place_of(desk.store.url)
        self._seen = queries.last_event_id(desk)
        self._seen_said = queries.last_said(desk)
        rows = queries.first_page(desk, self._first)
        return desk, news.Opened(self._me, desk.rules, rows, self.database)

    def mine(self, desk: Desk) -> Iterator[News]:
        """Read which live requests I have, to tell me what others do to them."""
        from store import queries

        if self._me.login:
            found = queries.search(desk, "@me", MINE_AT_MOST, self._me.login)
            yield news.Mine(frozenset(found))

    def index(self, desk: Desk) -> Iterator[News]:
        """Read the order of all live requests."""
        from store import queries

        # First the id, then the index: what happens between is told once more, which is no harm.
        self._seen = queries.last_event_id(desk)
        now = desk.clock.now()
        yield news.Indexed(Index.of(queries.board_entries(desk), desk.rules.hours, now))

    def look(self, desk: Desk) -> Iterator[News]:
        """Read what has happened since this board last looked."""
        from store import queries

        desk.refresh()
        # A command may have taken up what is newest before; so this is what the board was told.
        before, self._ruled = self._ruled, desk.rules
        newer_rules = desk.rules is not before
        newer_policy = desk.rules.version != before.version
        changes = queries.changes_since(desk, self._seen)
        self._seen = changes.last_event_id
        noted, self._noted = self._noted, queries.newest_hand_over(desk)
        said, self._seen_said = self._seen_said, queries.last_said(desk)
        if said != self._seen_said:
            yield news.Moved()
        if newer_rules:
            yield news.Ruled(desk.rules)
        if desk.rules.cover != before.cover and (
            told := queries.told_of_cover(desk, before.cover, self._me)
        ):
            yield news.Agreed(tuple(told))
        if newer_rules or noted != self._noted:
            yield from self.watch(desk)
        if changes.events:
            rows = queries.rows(desk, sorted({event.number for event in changes.events}))
            yield news.Came(changes.events, rows)
        if newer_policy or queries.last_event_id(desk) > self._seen:
            # More has happened than is told at once, or every clock may have changed.
            yield from self.index(desk)

    def greet(self, desk: Desk) -> Iterator[News]:
        """Tell the other boards who is here and what is on this screen."""
        if self._shows_itself:
            from store import commands

            commands.presence(desk, self._me, self.looking_at, self._name, writing=self.writing)
        self._greeted = time.monotonic()
        yield from ()

    def count(self, desk: Desk) -> Iterator[News]:
        """Read the counts beside the queue; now and then, say that this board is there."""
        if time.monotonic() - self._greeted >= GREET_S:
            yield from self.greet(desk)
        from store import queries

        yield from self.watch(desk)
        people = queries.whereabouts(desk)
        yield news.Counted(
            summary=queries.summary(desk, self._me),
            mail=queries.mailbox_health(desk),
            unsent=queries.unsent(desk),
            readers=queries.reading(desk, self._me),
            present=frozenset(login for login, one in people.items() if one.present),
            whereabouts=people,
            offered=queries.offered(desk),
            outages=tuple(queries.outages(desk)),
        )

    def watch(self, desk: Desk) -> Iterator[News]:
        """Read who has the watch, and what whoever sits here is to know of it."""
        from store import queries
        from store.rules.cover import on_watch

        roster = desk.rules.roster
        yield news.Watched(
            watch=None if roster is None else on_watch(roster, desk.clock.now()),
            notes=tuple(queries.hand_overs(desk, self._me)),
            late=len(queries.breaching(desk)),
            emergencies=tuple(queries.unanswered(desk)),
        )
        if self._me.login:
            me = self._me.login
            yield news.Warned(queries.at_risk(desk, me), queries.soon_promised(desk, me))

    @property
    def _shows_itself(self) -> bool:
        """A board that only looks on, on the wall say, is nobody's presence and writes nothing."""
        return bool(self._me.login) and not self._me.read_only

    def close(self) -> None:
        """Say that this board is gone, and close the store."""
        desk, self.desk = self.desk, None
        if desk is None:
            return
        if self._shows_itself:
            from store import commands

            with suppress(StoreError):  # it may be out of reach; then the others find out
                commands.absence(desk, self._me, self._name)
        desk.close()
