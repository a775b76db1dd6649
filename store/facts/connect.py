"""How Deskwatch connects to SQLite and PostgreSQL: everything set that it relies on."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreUnreachable

#: Execution option of a transaction that is going to write.
WRITES = "deskwatch_writes"

_BUSY_MS = 30_000
#: Pages of the log (16 MB) after which they are written to where they belong. What is committed
#: is on the disk before that; with much mail the same pages change in one commit after another.
_PAGES_AHEAD = 4_000
_LOOK_AGAIN_S = (0.001, 0.006)


def make_engine(url: str) -> Engine:
    """Return an engine for ``url`` with everything set that Deskwatch relies on.

    Raises:
        StoreUnreachable: this is not an address of a database Deskwatch can use.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError:
        parsed, backend = None, ""
    except ValueError as error:
        raise StoreUnreachable(
            "the server in the database address is written wrongly; write e.g. "
            "postgresql://HOST:5432/NAME"
        ) from error
    if parsed is None or backend not in {"sqlite", "postgresql", "postgres"}:
        raise StoreUnreachable(
            f"{url!r} is not a database address; write sqlite:///FILE or postgresql://HOST/NAME"
        )
    if backend == "sqlite":
        if parsed.database in {None, "", ":memory:"}:
            raise StoreUnreachable("a database in memory would be lost; write sqlite:///FILE")
        engine = create_engine(
            parsed.set(drivername="sqlite"), hide_parameters=True, json_serializer=_to_json
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        json_serializer=_to_json,
        pool_pre_ping=True,  # a board outlives restarts of its server
        connect_args={
            "connect_timeout": 5,
            "application_name": "deskwatch",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 15_000,
        },
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_EMPTY: dict[type, str] = {dict: "{}", list: "[]"}


def _to_json(value: Any) -> str:
    """Return a value as JSON; much of what is kept is empty."""
    empty = None if value else _EMPTY.get(type(value))
    return empty or _encode(value)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_AHEAD}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, False):
        _take_turn(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_turn(connection: Connection) -> None:
    """Begin to write as soon as nobody else does.

    A writer that began as a reader could not wait: SQLite refuses it at once. And SQLite's own
    waiting looks the more seldom the longer it has waited, so that with many boards some wait
    for half a minute; looking at random moments gives everybody the same chance.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        deadline = time.monotonic() + _BUSY_MS / 1000
        while time.monotonic() < deadline:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(random.uniform(*_LOOK_AGAIN_S))  # noqa: S311 - no secret
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # raises as every statement does
    finally:
        raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(
        f"SET lock_timeout = {_BUSY_MS}; SET idle_in_transaction_session_timeout = 60000"
    )
    cursor.close()
    connection.commit()
