"""Noticing that SQLite's file was moved away, deleted or replaced while it is open.

A connection goes on with the file it has opened, whatever becomes of the name: what it writes
then is seen by nobody, and lost.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from store.errors import StoreUnreachable

Identity = tuple[int, int] | None


def identity(file: str) -> Identity:
    """Return what tells this file from any other; None if there is none of that name."""
    with suppress(OSError):
        found = Path(file).stat()
        return found.st_dev, found.st_ino
    return None


def must_be_there(file: str) -> Identity:
    """Return what tells this file from any other.

    Raises:
        StoreUnreachable: there is none of that name.
    """
    found = identity(file)
    if found is None:
        raise StoreUnreachable(f"the database {file} is gone; it was moved or deleted")
    return found


def watch(engine: Engine) -> None:
    """Let no connection of ``engine`` be used for another file than the one of that name.

    Where there is none any more none is made; where there is another, it is opened.
    """
    file = str(engine.url.database)

    def connecting(*_: object) -> None:
        must_be_there(file)

    def connected(_connection: object, record: Any) -> None:
        record.info["file"] = identity(file)

    def taken(_connection: object, record: Any, _proxy: object) -> None:
        if must_be_there(file) != record.info["file"]:
            raise DisconnectionError(f"{file} is another file now")

    event.listen(engine, "do_connect", connecting)
    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", taken)
