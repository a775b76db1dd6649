"""Where messages lie: files, folders of them, Maildirs, mboxes, and archives of all these."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from intake.importing.dates import arrival, maildir_name
from intake.importing.found import Message, PassedOver, Trouble, one
from intake.importing.mbox import begins_header, is_separator, split
from store.text import one_line

if TYPE_CHECKING:
    Stream = io.BufferedReader[Any]

Found = Message | Trouble | PassedOver
#: Told of every piece of a file that was read, in bytes.
Read = Callable[[int], object]

_SNIFFED = 4096
_BUFFER = 256 * 1024
_KNOWN = re.compile(
    rb"(?im)^(received|return-path|delivered-to|from|to|subject|date|message-id|mime-version"
    rb"|content-type|dkim-signature|arc-seal|x-[!-9;-~]+)[ \t]*:"
)
#: How the name of a file in a Maildir begins: with the time.
_UNIQUE = re.compile(r"\d{9,}\.")
_BROKEN = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    # What else zipfile and tarfile raise: about what is encrypted or packed in an odd way, ...
    RuntimeError,
    # ... and about damaged names and numbers.
    ValueError,
    ArithmeticError,
    struct.error,
)
_PACKED: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}


def files(path: Path, now: datetime) -> tuple[list[Path], list[Trouble]]:
    """Return the files at ``path``: itself, or those of a folder, by when their mail arrived.

    A Maildir's ``tmp`` is for what is still being delivered; links to folders are not
    followed. What cannot be looked into comes second.
    """
    troubles: list[Trouble] = []

    def note(error: OSError) -> None:
        troubles.append(Trouble(one_line(str(error.filename or path)), _words(error)))

    if not path.is_dir():
        try:
            path.stat()
        except OSError as error:
            note(error)
            return [], troubles
        return [path], troubles
    found: list[tuple[float, str, Path]] = []
    for folder, inner, names in os.walk(path, onerror=note):
        maildir = "cur" in inner or "new" in inner
        inner[:] = sorted(name for name in inner if not (maildir and name == "tmp"))
        # Beside the folders of a Maildir lie a server's own files.
        for name in [] if "cur" in inner else names:
            file = Path(folder, name)
            if file.is_file() and (not name.startswith(".") or _in_maildir(file)):
                found.append((_moment(file, now), str(file), file))
    return [file for *_, file in sorted(found)], troubles


def messages(path: Path, read: Read, *, named: bool) -> Iterator[Found]:
    """Yield what is in a file.

    Args:
        path: The file.
        read: Is told of the bytes read.
        named: Somebody has named this very file: whatever is in it is a message. Else a file
            that does not look like mail is passed over.
    """
    place = one_line(str(path))
    try:
        if not path.is_file():
            yield Trouble(place, "it is neither a file nor a folder")
            return
        with path.open("rb", buffering=0) as file:
            yield from _any(_buffered(_Counted(file, read)), place, path, named=named)
    except _BROKEN as error:
        yield Trouble(place, _words(error))


class _Counted(io.RawIOBase):
    """A file that tells how far it was read."""

    def __init__(self, file: io.FileIO, read: Read) -> None:
        self._file = file
        self._read = read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
        got = self._file.readinto(buffer) or 0
        self._read(got)
        return got


def _buffered(raw: Any) -> Stream:
    return io.BufferedReader(raw, _BUFFER)


def _any(source: Stream, place: str, name: PurePath, *, named: bool) -> Iterator[Found]:
    start = source.peek(_SNIFFED)[:_SNIFFED]
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zip(source, place)
        return
    for magic, unpack in _PACKED.items():
        if start.startswith(magic):
            with unpack(source) as packed:
                inside = _buffered(packed)
                yield from _plain_or_tar(inside, place, name.with_suffix(""), named=named)
            return
    yield from _plain_or_tar(source, place, name, named=named)


def _plain_or_tar(source: Stream, place: str, name: PurePath, *, named: bool) -> Iterator[Found]:
    if source.peek(_SNIFFED)[257:262] == b"ustar":
        yield from _tar(source, place)
    else:
        yield from _plain(source, place, name, named=named)


def _plain(source: Stream, place: str, name: PurePath, *, named: bool) -> Iterator[Found]:
    """Yield the messages of an mbox, or the one message that this is."""
    start = source.peek(_SNIFFED)[:_SNIFFED]
    lines = start.lstrip(b"\r\n").split(b"\n", 2)
    # The byte order mark that some editors write is not one of a header's letters.
    first = lines[0].removeprefix(b"\xef\xbb\xbf")
    second = lines[1] if len(lines) > 1 else b""
    if not start:
        if name.suffix.lower() == ".eml":
            yield PassedOver(place)
        return
    if is_separator(first) or (first.startswith(b"From ") and begins_header(second)):
        yield from split(source, place)
    elif named or name.suffix.lower() == ".eml" or _is_maildir(name) or _looks_like_mail(start):
        yield one(source, place, maildir_name(name.name))
    else:
        yield PassedOver(place)


def _looks_like_mail(start: bytes) -> bool:
    first = start.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf")
    return begins_header(first) and len(set(_KNOWN.findall(start))) > 1


def _tar(source: BinaryIO, place: str) -> Iterator[Found]:
    # As a stream: an archive of any size is read once, from its start to its end.
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            inner = archive.extractfile(member) if member.isreg() else None
            if inner is not None and not _is_aside(name):
                yield from _member(inner, place, name)


def _zip(source: BinaryIO, place: str) -> Iterator[Found]:
    with zipfile.ZipFile(source) as archive:
        for member in archive.infolist():
            name = PurePosixPath(member.filename)
            if member.is_dir() or _is_aside(name):
                continue
            try:
                with archive.open(member) as inner:
                    yield from _member(inner, place, name)
            except _BROKEN as error:
                yield Trouble(f"{place}: {one_line(str(name))}", _words(error))


def _member(inner: Any, place: str, name: PurePosixPath) -> Iterator[Found]:
    yield from _plain(_buffered(inner), f"{place}: {one_line(str(name))}", name, named=False)


def _is_maildir(name: PurePath) -> bool:
    return name.parent.name in {"cur", "new"}


def _is_aside(name: PurePath) -> bool:
    """Say whether a file of an archive was still on its way into a Maildir, or is macOS's own.

    Other folders are called "tmp" too: people export mail to /tmp.
    """
    on_its_way = name.parent.name == "tmp" and _UNIQUE.match(name.name) is not None
    return on_its_way or name.name.startswith("._")


def _in_maildir(file: Path) -> bool:
    return _is_maildir(file) and (file.parent.parent / "cur").is_dir()


def _moment(file: Path, now: datetime) -> float:
    """Return about when the mail in a file arrived, to have questions before their answers."""
    hint = maildir_name(file.name)
    try:
        with file.open("rb") as opened:
            at = arrival(opened.read(16 * 1024), hint, now)
            return at.timestamp() if at else file.stat().st_mtime
    except OSError:
        return 0.0


def _words(error: BaseException) -> str:
    if isinstance(error, (ValueError, ArithmeticError, struct.error)):
        return "it is damaged"
    said = getattr(error, "strerror", None) or str(error) or "it ends too early"
    return one_line(said)[:200].lower()
