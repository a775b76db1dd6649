"""Files for a reply: read from this machine, and found by the beginning of their path."""

from __future__ import annotations

import mimetypes
import os
import stat
from pathlib import Path

from store.mail_records import OutgoingFile
from store.text import one_line
from tui.board.screens.stamps import size

#: Most servers take mails of 25 MB, and files grow by a third on their way.
MOST_BYTES = 18_000_000
#: Paths offered at once.
OFFERED = 8


class NoFileError(Exception):
    """A file that cannot be attached; the message says why, and what to do."""


def read(path: str, already: int = 0) -> OutgoingFile:
    """Return the file at ``path`` (``~`` allowed), with ``already`` bytes attached before.

    Raises:
        NoFileError: there is no such file, it cannot be read, or it is too big.
    """
    wanted = path.strip()
    if not wanted:
        raise NoFileError("Type the path of a file.")
    shown = one_line(wanted)
    try:
        place = Path(wanted).expanduser()
        found = place.stat()
        if stat.S_ISDIR(found.st_mode):
            raise NoFileError(f"{shown} is a folder; type the path of a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise NoFileError(f"{shown} is no ordinary file.")
        _must_fit(shown, found.st_size, already)
        with place.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoFileError(f"There is no file {shown}.") from error
    except PermissionError as error:
        raise NoFileError(f"You may not read {shown}.") from error
    except (OSError, ValueError, RuntimeError) as error:
        # ValueError: a zero byte in the path; RuntimeError: a home that nobody has.
        raise NoFileError(f"{shown} cannot be read: {one_line(str(error))}.") from error
    _must_fit(shown, len(data), already)
    kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
    return OutgoingFile(one_line(place.name) or "file", kind, data)


def _must_fit(shown: str, count: int, already: int) -> None:
    if count + already > MOST_BYTES:
        more = f" with the {size(already)} attached before" if already else ""
        raise NoFileError(
            f"{shown} has {size(count)}{more}; a mail takes {size(MOST_BYTES)}. Send a link to it."
        )


def completions(typed: str) -> list[str]:
    """Return paths that begin as ``typed`` does, folders with a ``/`` behind, a few at most.

    Names that would not stand on a screen as they are, are left out.
    """
    folder, _, beginning = typed.rpartition("/")
    root = f"{folder}/" if "/" in typed else ""
    try:
        place = Path(root or ".").expanduser()
        with os.scandir(place) as found:
            entries = [(each.name, each.is_dir()) for each in found if _fits(each.name, beginning)]
    except (OSError, ValueError, RuntimeError):
        return []
    return [f"{root}{name}{'/' if folder else ''}" for name, folder in sorted(entries)[:OFFERED]]


def _fits(name: str, beginning: str) -> bool:
    hidden = name.startswith(".") and not beginning.startswith(".")
    return name.startswith(beginning) and not hidden and one_line(name) == name


def common(paths: list[str]) -> str:
    """Return how far all of ``paths`` are the same."""
    if not paths:
        return ""
    # Any path that begins as the first and the last in order do, begins as all do.
    first, last = min(paths), max(paths)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    return first if same is None else first[:same]
