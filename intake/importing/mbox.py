r"""The messages of an mbox, whatever program wrote it, in as little memory as one of them takes.

The format has no one definition (RFC 4155 tells of it): what separates messages is a line
"From ADDRESS DATE" after an empty line. Many programs leave such lines in bodies as they are,
so one counts only if it has a date, and if the next line begins a header: then also without
the empty line. ``Content-Length`` is not looked at: programs that edit mail get it wrong. Lines
"From " that were quoted as ">From " are put back, as mboxrd says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from intake.importing.dates import from_line
from intake.importing.found import Kept, Message

#: Bytes read of one line at a time: a file without line ends must not fill the memory.
_LINE = 64 * 1024
_MONTH = rb"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
_SEPARATOR = re.compile(
    rb"From (?=.*" + _MONTH + rb")(?=.*\b\d{1,2}:\d\d\b)(?=.*\b(?:19|20)\d\d\b).{1,250}\r?\n?$"
)
_STRICT = re.compile(
    rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
    + _MONTH
    + rb" +\d{1,2} +\d{1,2}:\d\d:\d\d .*\d{4}"
)
_HEADER = re.compile(rb"[!-9;-~]{1,76}[ \t]*:")
_QUOTED = re.compile(rb">+From ")
_ENDS = (b"\r\n\r\n", b"\n\n")


def is_separator(line: bytes) -> bool:
    """Say whether a line can stand between two messages."""
    return line.startswith(b"From ") and _SEPARATOR.match(line) is not None


def begins_header(line: bytes) -> bool:
    """Say whether a line can be the first of a message."""
    return _HEADER.match(line) is not None


def split(stream: BinaryIO, place: str) -> Iterator[Message]:
    """Yield the messages of an mbox; ``place`` names it."""
    number = 0
    for separator, kept in _pieces(stream):
        raw = kept.bytes()
        # Below a separator, empty lines are an empty mail; nothing at all, and it is there twice.
        if not raw or not (separator or raw.strip()):
            continue
        size = kept.size
        if size == len(raw):
            # The empty line before the next separator is the format's.
            end = next((len(end) // 2 for end in _ENDS if raw.endswith(end)), 0)
            raw = raw[: len(raw) - end]
            size -= end
        number += 1
        yield Message(f"{place} mail {number}", raw, size, from_line(separator))


def _pieces(stream: BinaryIO) -> Iterator[tuple[bytes, Kept]]:
    """Yield the separator and the content of each message."""
    separator, kept = b"", Kept()
    candidate, after_blank = b"", True
    blank = at_start = True
    for line in iter(partial(stream.readline, _LINE), b""):
        begins, at_start = at_start, line.endswith(b"\n")
        if candidate:
            starts = begins_header(line) or line.startswith((b"From ", b">From "))
            # What follows may be no header but garbage, which is a broken mail of its own.
            if starts or (after_blank and _STRICT.match(candidate)):
                yield separator, kept
                separator, kept = candidate, Kept()
            else:
                kept.add(candidate)
            candidate, blank = b"", False
        if begins and is_separator(line):
            candidate, after_blank = line, blank
            continue
        blank = begins and not line.strip()
        kept.add(line[1:] if begins and line[:1] == b">" and _QUOTED.match(line) else line)
    # A separator at the very end has no message: the file was cut off there.
    yield separator, kept
