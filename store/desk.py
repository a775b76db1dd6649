"""The desk: what commands and queries are given: a store and the rules agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, select

from store.clock import Clock
from store.errors import StoreError
from store.facts.cover import change_of, cover_change, standing_changes
from store.facts.engine import Store, Writing, open_store
from store.facts.history import counter
from store.facts.team import policy_version
from store.policy.stored import rulebook_of
from store.rulebook import Rulebook
from store.rules.roster import Change


class Desk:
    """A store and the rulebook that holds in it. Safe to use from many threads."""

    def __init__(self, store: Store, rules: Rulebook) -> None:
        """Use ``store`` by ``rules``; ``Desk.open`` reads them from the store."""
        self.store = store
        self.rules = rules
        """Replaced as a whole when a new policy is applied."""
        self._inside: Writing | None = None

    @classmethod
    def open(cls, url: str, clock: Clock | None = None) -> Desk:
        """Open the database at ``url`` with the policy applied to it.

        Raises:
            StoreUnreachable: it cannot be opened.
            SchemaMismatch: its schema is not this program's.
            StoreError: no policy was applied yet.
            ConfigError: the policy was applied by another version of Deskwatch.
        """
        store = open_store(url, clock)
        try:
            with store.reading() as connection:
                rules = newest_rules(connection)
        except BaseException:
            store.close()
            raise
        return cls(store, rules)

    @property
    def clock(self) -> Clock:
        """The store's clock."""
        return self.store.clock

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def refresh(self) -> bool:
        """Take up the newest policy and cover; say whether there was anything newer.

        Clocks of every live request may have changed with it.
        """
        with self.store.reading() as connection:
            newest = connection.execute(select(counter.c.policy, counter.c.cover)).one()
            return self._follow(connection, newest.policy, newest.cover)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Yield a transaction that may write, by the policy that holds in it.

        Raises:
            StoreError: in plain words, whatever the database raised.
        """
        if self._inside is not None:
            yield self._inside
            return
        with self.store.writing() as writing:
            self._follow(writing.connection, writing.policy_version, writing.cover)
            yield writing

    def within(self, writing: Writing) -> Desk:
        """Return this desk for commands that join ``writing`` and leave the commit to its owner."""
        joined = Desk(self.store, self.rules)
        joined._inside = writing
        return joined

    @property
    def joined(self) -> bool:
        """Say whether commands join a transaction that somebody else commits."""
        return self._inside is not None

    def short_name(self, login: str) -> str:
        """Return how the team calls a person: the first name, unless two share it."""
        if not login:
            return "Deskwatch"
        person = self.rules.people.get(login)
        if person is None or not person.name:
            return login
        first = person.name.split()[0]
        shared = sum(other.name.split()[:1] == [first] for other in self.rules.people.values())
        return first if shared == 1 else person.name

    def _follow(self, connection: Connection, version: int, cover: int) -> bool:
        if (version, cover) == (self.rules.version, self.rules.cover):
            return False
        self.rules = newest_rules(connection)
        return True


def newest_rules(connection: Connection) -> Rulebook:
    """Return the rulebook of the policy that holds, with the changes of cover made since.

    Raises:
        StoreError: no policy was applied yet.
        ConfigError: it was applied by another version of Deskwatch.
    """
    query = select(policy_version).order_by(policy_version.c.version.desc()).limit(1)
    newest = connection.execute(query).one_or_none()
    if newest is None:
        raise StoreError("no policy applied yet; run: deskwatch policy apply config.toml")
    return with_changes(connection, rulebook_of(newest.policy, newest.version))


def with_changes(connection: Connection, rules: Rulebook) -> Rulebook:
    """Return ``rules`` with the changes of cover that were made on the board."""
    cover: int = connection.scalar(select(counter.c.cover)) or 0
    roster = rules.roster
    if roster is not None and cover:
        roster = replace(roster, changes=(*roster.changes, *_changes(connection)))
    return replace(rules, roster=roster, cover=cover)


def _changes(connection: Connection) -> list[Change]:
    found = []
    for row in connection.execute(standing_changes().order_by(cover_change.c.id)):
        try:
            found.append(change_of(row))
        except ValueError as error:
            raise StoreError(
                f"change {row.id} of cover cannot be understood ({error}); restore a backup"
            ) from error
    return found
