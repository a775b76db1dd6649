"""The file in which the tokens of a sign-in are kept: private, whole, one writer at a time."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from intake.login.words import nobody_yet, sign_in_again
from store.errors import MailRefused, MailUnreachable

try:
    import fcntl
except ImportError:  # no POSIX system: what is written is whole there too, the last one counts
    fcntl = None  # type: ignore[assignment]

_MODE = 0o600
#: Bytes by which the tokens may grow when they are renewed.
_ROOM = 16 * 1024
#: Seconds to wait for another process that renews the tokens, and between two tries.
_PATIENCE, _PAUSE = 45.0, 0.05


@dataclass(frozen=True, slots=True)
class Kept:
    """What a token file holds."""

    provider: str
    client_id: str
    account: str
    """Who signed in; "" if the provider does not say."""
    signed_in_at: datetime
    renewed_at: datetime
    expires_at: datetime | None
    """When the provider said that the sign-in ends; None if it did not."""
    tokens: dict[str, Any]
    """As the provider's library has them."""


class TokenFile:
    """The tokens of one sign-in, locked for the time that this object is in hand."""

    def __init__(self, path: Path, descriptor: int, where: str) -> None:
        """Take over ``descriptor``, locked; ``held`` makes one."""
        self._path, self._descriptor, self._where = path, descriptor, where

    def read(self) -> Kept | None:
        """Return what is kept; None if nobody has signed in yet.

        Raises:
            MailRefused: the file is damaged.
        """
        text = b""
        while part := os.read(self._descriptor, 1 << 20):
            text += part
        kept = understood(text)
        if kept is None and text:
            raise MailRefused(
                f"{self._where}: the token file {self._path} is damaged; "
                f"{sign_in_again(self._where)}"
            )
        return kept

    def make_room(self) -> None:
        """Make sure that new tokens can be written, before the old ones may be used up.

        Raises:
            MailRefused: they could not: a full disk, a folder that may not be written.
        """
        with self._hindrance(), self._new() as descriptor:
            _write(descriptor, b" " * (os.fstat(self._descriptor).st_size + _ROOM))
            os.fsync(descriptor)

    def save(self, kept: Kept) -> None:
        """Write ``kept`` in place of what was there: whole and durable, or not at all.

        Raises:
            MailRefused: it cannot be written.
        """
        with self._hindrance():
            with self._new() as descriptor:
                # Over the room that was made, which is known to be on the disk.
                _write(descriptor, _text(kept))
                os.ftruncate(descriptor, os.lseek(descriptor, 0, os.SEEK_CUR))
                os.fsync(descriptor)
            self._fresh.replace(self._path)
            _sync_folder(self._path.parent)

    def close(self) -> None:
        """Let others at the file; take away what was not used."""
        with contextlib.suppress(OSError):
            self._fresh.unlink(missing_ok=True)
        os.close(self._descriptor)

    @property
    def _fresh(self) -> Path:
        return self._path.with_name(self._path.name + ".new")

    @contextlib.contextmanager
    def _new(self) -> Iterator[int]:
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self._fresh, flags, _MODE)
        try:
            _make_private(descriptor, os.fstat(self._descriptor))
            yield descriptor
        finally:
            os.close(descriptor)

    @contextlib.contextmanager
    def _hindrance(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise MailRefused(
                f"{self._where}: tokens cannot be kept in {self._path} ({reason}); make its "
                "folder writable for the account that runs the poller, or set token_file"
            ) from error


@contextlib.contextmanager
def held(path: Path, where: str, *, create: bool = False) -> Iterator[TokenFile]:
    """Yield the token file ``path``, locked against other processes and threads.

    Args:
        path: The file.
        where: What wants to log in, as messages name it.
        create: Whether the file is made if there is none, for a sign-in.

    Raises:
        MailRefused: there is no such file, or it may not be used.
        MailUnreachable: another process keeps it locked.
    """
    try:
        descriptor = _locked(path, where, create=create)
    except FileNotFoundError as error:
        if create:
            raise MailRefused(f"{where}: there is no folder {path.parent}; make it") from error
        raise nobody_yet(where) from error
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise MailRefused(
            f"{where}: the token file {path} cannot be used ({reason}); give it to the account "
            "that runs the poller"
        ) from error
    file = TokenFile(path, descriptor, where)
    try:
        yield file
    finally:
        file.close()


def glance(path: Path) -> Kept | None:
    """Return what is kept, without waiting for anybody; None if there is nothing of use."""
    try:
        return understood(path.read_bytes())
    except OSError:
        return None


def _locked(path: Path, where: str, *, create: bool) -> int:
    """Return a descriptor of the file that is at ``path`` now, and locked."""
    until = time.monotonic() + _PATIENCE
    while True:
        descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), _MODE)
        try:
            if _lock(descriptor) and _is_at(descriptor, path):
                _make_private(descriptor, os.fstat(descriptor))
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > until:
            raise MailUnreachable(
                f"{where}: another process has held the token file {path} for "
                f"{_PATIENCE:.0f} s; it is tried again"
            )
        time.sleep(_PAUSE)


def _lock(descriptor: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Say whether ``path`` still is that file: whoever had the lock may have replaced it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _make_private(descriptor: int, like: os.stat_result) -> None:
    """Let only the owner read the file; root leaves it to the owner that it had."""
    if not hasattr(os, "fchmod"):
        return
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (like.st_uid, like.st_gid) and os.geteuid() == 0:
        os.fchown(descriptor, like.st_uid, like.st_gid)
    if mine.st_mode & 0o777 != _MODE:
        os.fchmod(descriptor, _MODE)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not on every system
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _text(kept: Kept) -> bytes:
    return json.dumps(asdict(kept), default=datetime.isoformat, indent=1).encode() + b"\n"


def understood(text: bytes) -> Kept | None:
    """Return what the file's text says; None if it is empty or not a token file's."""
    try:
        said = json.loads(text)
        ends = said["expires_at"]
        kept = Kept(
            provider=said["provider"],
            client_id=said["client_id"],
            account=said["account"],
            signed_in_at=datetime.fromisoformat(said["signed_in_at"]),
            renewed_at=datetime.fromisoformat(said["renewed_at"]),
            expires_at=None if ends is None else datetime.fromisoformat(ends),
            tokens=said["tokens"],
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    instants = (kept.signed_in_at, kept.renewed_at, kept.expires_at)
    aware = all(each is None or each.tzinfo for each in instants)
    sound = isinstance(kept.tokens, dict) and isinstance(kept.account, str) and aware
    return kept if sound else None
