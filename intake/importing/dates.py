"""When a message in a file arrived, as far as it can be told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from intake.reading.dates import read_date

#: Bytes looked at for headers.
_HEAD = 64 * 1024
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_RECEIVED = re.compile(rb"(?im)^Received:[^\n]*(?:\n[ \t][^\n]*)*")
_DATE = re.compile(rb"(?im)^Date:([^\n]*(?:\n[ \t][^\n]*)*)")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
_SECONDS = re.compile(r"(\d{9,10})\D")


def arrival(raw: bytes, hint: datetime | None, now: datetime) -> datetime | None:
    """Return when the message arrived; None if nothing tells, or only what cannot be.

    The last server's ``Received:`` counts most, then ``Date:``. ``hint``, which stands around
    the message, comes last: programs that copy mail write there when they did so.
    """
    end = _END_OF_HEAD.search(raw, 0, _HEAD)
    head = raw[: end.start() if end else _HEAD]
    said = (_received(head), _written(head), hint)
    return next((at for at in said if at is not None and _FIRST <= at <= now), None)


def from_line(line: bytes) -> datetime | None:
    """Return the date of an mbox's "From " line, which is in UTC unless it says otherwise."""
    words = line.decode("latin-1").split()
    # What comes before the date is an address, seldom with spaces in it.
    for start in range(1, len(words)):
        parts = parsedate_tz(" ".join(words[start:]))
        if parts is not None:
            break
    else:
        return None
    try:
        at = datetime(*parts[:6], tzinfo=UTC)
    except ValueError:
        return None
    return at - timedelta(seconds=parts[9] or 0)


def maildir_name(name: str) -> datetime | None:
    """Return the time that the name of a file in a Maildir begins with."""
    seconds = _SECONDS.match(name)
    return datetime.fromtimestamp(int(seconds[1]), UTC) if seconds else None


def _received(head: bytes) -> datetime | None:
    found = _RECEIVED.search(head)
    return _read(found[0].rpartition(b";")[2]) if found else None


def _written(head: bytes) -> datetime | None:
    found = _DATE.search(head)
    return _read(found[1]) if found else None


def _read(value: bytes) -> datetime | None:
    return read_date(_FOLD.sub(b" ", value).decode("latin-1").strip())
