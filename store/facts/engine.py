"""The store: one database, its readers, and its writers standing in line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, select, text, update

from store.clock import Clock, SystemClock
from store.errors import SchemaMismatch
from store.facts import history, same_file, schema
from store.facts.connect import WRITES, make_engine
from store.facts.trouble import name_of, plain_words

#: The PostgreSQL channel on which every commit is announced.
CHANNEL = "deskwatch"


class Writing:
    """An open transaction that may write, and the ids it gives out."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        """Take the line: wait for the writers before, then hold it until the commit."""
        self.connection = connection
        self.now = now
        """When the transaction began."""
        row = connection.execute(select(history.counter).with_for_update()).mappings().one()
        self._given = dict(row)
        self._last = dict(row)

        self.bulk: int | None = None
        """Of the events of a bulk command: the id of its first one."""

    @property
    def policy_version(self) -> int:
        """The version of the policy that holds; 0 before the first."""
        version: int = self._last["policy"]
        return version

    @property
    def cover(self) -> int:
        """The newest change of cover; 0 before the first."""
        newest: int = self._last["cover"]
        return newest

    def next_id(self, kind: str) -> int:
        """Return the id of ``kind`` that would be given out next."""
        following: int = self._last[kind] + 1
        return following

    def ids(self, kind: str, count: int = 1) -> int:
        """Give out ``count`` ids of ``kind`` (a column of ``Counter``); return the first."""
        first = self.next_id(kind)
        self._last[kind] += count
        return first

    def finish(self) -> None:
        """Write down the ids given out and announce the commit that follows."""
        changed = {k: v for k, v in self._last.items() if v != self._given[k]}
        if changed:
            self.connection.execute(update(history.counter).values(changed))
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(_ANNOUNCE)


_ANNOUNCE = text(f"NOTIFY {CHANNEL}")


class Store:
    """An open database. Safe to use from many threads; every use is one transaction."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Use ``engine``; ``open_store`` makes one and checks it first."""
        self.engine = engine
        self.clock = clock
        self.dialect = engine.dialect.name
        """``sqlite`` or ``postgresql``."""
        one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        # In SQLite every transaction sees one moment.
        self._readers = engine.execution_options(
            **(one_moment if self.dialect == "postgresql" else {})
        )
        self._writers = engine.execution_options(**{WRITES: True})

    @property
    def url(self) -> URL:
        """The database's address, with its password."""
        return self.engine.url

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one moment of the database and cannot hold up writers.

        Raises:
            StoreError: in plain words, whatever the database raised.
        """
        with plain_words(self.url), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Yield a transaction that is committed at the end, or leaves nothing if it fails.

        Raises:
            StoreError: in plain words, whatever the database raised.
        """
        with plain_words(self.url), self._writers.begin() as connection:
            writing = Writing(connection, self.clock.now())
            yield writing
            writing.finish()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_store(url: str, clock: Clock | None = None) -> Store:
    """Open the database at ``url`` (``sqlite:///FILE`` or ``postgresql://...``).

    Raises:
        StoreUnreachable: it is not there, not a database, or does not let us in.
        SchemaMismatch: its schema is older or newer than this program, or not ours.
    """
    engine = make_engine(url)
    try:
        with plain_words(engine.url):
            _must_exist(engine.url)
            if engine.dialect.name == "sqlite":
                same_file.watch(engine)
            with engine.begin() as connection:
                schema.check(connection, name_of(engine.url))
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, clock or SystemClock())


def _must_exist(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise SchemaMismatch(f"there is no database {url.database} yet; run: deskwatch db upgrade")
