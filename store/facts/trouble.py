"""Database errors in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from store.errors import StoreError, StoreHindered, StoreUnreachable

#: SQLite's primary result codes (sqlite.org/rescode.html) of a file that cannot be used at all.
_SQLITE_UNREACHABLE = {
    14: "cannot be opened; check that the folder exists and that you may read and write there",
    26: "is not a database; check the path",
    11: "is damaged; restore it from a backup",
}
_SQLITE_HINDERED = {
    5: "is busy: another program has held it for too long; try again",
    6: "is busy: another program has held it for too long; try again",
    8: "cannot be written; check the permissions of the file and its folder",
    10: "gave an input/output error; check the disk",
    13: "cannot grow: the disk is full; nothing was changed",
}
#: SQLSTATE codes and classes (PostgreSQL appendix A), the longest match first.
_POSTGRES_UNREACHABLE = {
    "53300": "has no connection left; raise max_connections or close some boards",
    "57P": "is shutting down or starting; try again in a moment",
    "08": "has dropped the connection; try again",
}
#: A refused connection has no code, only the server's words, in its language.
_POSTGRES_HINTS = {
    "does not exist": "create it first (createdb)",
    "authentication failed": "check user and password",
    "no password supplied": "write the password in the address or in ~/.pgpass",
    "Connection refused": "is the server running there?",
}
_POSTGRES_FAILED = {"53": "is out of resources; nothing was changed"}
_POSTGRES_HINDERED = {
    "53100": "cannot grow: the disk is full; nothing was changed",
    "42501": "does not let this user do that; ask for the right (GRANT)",
    "25006": "is read-only now; nothing was changed",
    "55P03": "is busy: another program has held it for too long; try again",
    "25P03": "has dropped a transaction that stood idle; try again",
    "40": "asks to try again; nothing was changed",
}


def name_of(url: URL) -> str:
    """Return how a person knows the database: the file, or name and server, no password."""
    if url.get_backend_name() == "sqlite":
        return f"the database {url.database}"
    server = url.host or url.query.get("host") or "this machine"
    return f"the database {url.database or ''} on {server}"


@contextmanager
def plain_words(url: URL) -> Iterator[None]:
    """Turn what the database raises inside the block into a ``StoreError`` people can read."""
    try:
        yield
    except NoFreeConnection as error:
        raise StoreHindered(f"{name_of(url)} has no free connection; try again") from error
    except DBAPIError as error:
        raise _explained(url, error) from error


def _explained(url: URL, error: DBAPIError) -> StoreError:
    name = name_of(url)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        primary = code & 0xFF  # extended codes keep the primary one in the low byte
        if primary in _SQLITE_UNREACHABLE:
            return StoreUnreachable(f"{name} {_SQLITE_UNREACHABLE[primary]}")
        if primary in _SQLITE_HINDERED:
            return StoreHindered(f"{name} {_SQLITE_HINDERED[primary]}")
    state = getattr(error.orig, "sqlstate", None) or ""
    if state:
        for known, kind in (
            (_POSTGRES_UNREACHABLE, StoreUnreachable),
            (_POSTGRES_HINDERED, StoreHindered),
            (_POSTGRES_FAILED, StoreError),
        ):
            match = max((c for c in known if state.startswith(c)), key=len, default=None)
            if match is not None:
                return kind(f"{name} {known[match]}")
    if error.connection_invalidated or (
        isinstance(error, (OperationalError, InterfaceError)) and not state and code is None
    ):
        # What the server or the system said stands after libpq's "connection to ... failed: ".
        reason = _first_line(error).rpartition("failed: ")[2]
        hints = (f"; {hint}" for words, hint in _POSTGRES_HINTS.items() if words in reason)
        return StoreUnreachable(f"{name} cannot be reached: {reason}{next(hints, '')}")
    return StoreError(f"{name} refused a statement: {_first_line(error)}")


def _first_line(error: DBAPIError) -> str:
    return next(iter(str(error.orig).strip().splitlines()), type(error.orig).__name__)
