"""What was logged while the store could not be reached: kept here until it is in the store.

A file each, in the person's state directory (XDG), apart for every database; written whole or
not at all, and taken away only when the store has it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from sqlalchemy import URL

    from store.desk import Desk
    from store.records import Actor, Done
    from store.rules.entries import Jotted


class Kept:
    """What waits on this machine for one database."""

    def __init__(self, database: str, environment: Mapping[str, str] = os.environ) -> None:
        """Look after what is for ``database``, as ``place_of`` calls it."""
        state = environment.get("XDG_STATE_HOME") or "~/.local/state"
        place = hashlib.sha256(database.encode()).hexdigest()[:16]
        self._folder = Path(state).expanduser() / "deskwatch" / "logged" / place

    def keep(self, jotted: Jotted) -> None:
        """Write down what was typed, so that it is there after a crash or a power cut.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self._folder / f"{jotted.entry}.part"
        with open(unfinished, "wb", opener=_private) as file:
            file.write(_form().dump_json(jotted))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._folder / f"{jotted.entry}.json")

    def __iter__(self) -> Iterator[Jotted]:
        """Yield what waits, the oldest first; a file that is something else is left alone."""
        found = []
        with suppress(OSError):
            for file in self._folder.glob("*.json"):
                with suppress(OSError, ValueError):
                    found.append(_form().validate_json(file.read_bytes()))
        yield from sorted(found, key=lambda jotted: jotted.at)

    def drop(self, jotted: Jotted) -> None:
        """Forget what the store has."""
        with suppress(OSError):
            (self._folder / f"{jotted.entry}.json").unlink(missing_ok=True)

    def send(self, desk: Desk, actor: Actor) -> tuple[list[Done], list[str]]:
        """Log what waits; return what was logged, and why the rest was refused.

        What is refused stays here.

        Raises:
            StoreError: the store cannot be reached; the rest waits on.
        """
        from store import commands, queries
        from store.errors import CommandRefused, NotFound
        from store.rules.directory import Directory
        from store.rules.entries import understood

        done: list[Done] = []
        refused: list[str] = []
        waiting = list(self)
        people = Directory(queries.directory(desk) if waiting else ())
        for jotted in waiting:
            try:
                entry = understood(jotted, desk.rules, people, actor.login)
                done.append(commands.log_end_run(desk, actor, entry))
            except (CommandRefused, NotFound) as problem:
                refused.append(f"“{jotted.text}” is still kept on this machine: {problem}")
            else:
                self.drop(jotted)
        return done, refused


def place_of(url: URL) -> str:
    """Return what tells a database from others: whoever uses it, and however it is written."""
    if url.get_backend_name() == "sqlite":
        return f"sqlite {Path(str(url.database)).resolve()}"
    host = url.host or url.query.get("host", "")
    return f"postgresql {host} {url.port or 5432} {url.database}"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _form() -> TypeAdapter[Jotted]:
    """Return how it is written: pydantic is imported with the store, not with the skeleton."""
    from pydantic import TypeAdapter

    from store.rules.entries import Jotted

    return TypeAdapter(Jotted)
