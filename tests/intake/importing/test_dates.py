"""When a message in a file arrived."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from intake.importing.dates import arrival, from_line, maildir_name
from tests.conftest import NOW

HINT = datetime(2026, 1, 1, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 20, 9, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)

_DATE = b"Date: Fri, 20 Nov 2026 10:00:00 +0100\r\n"
_TRACE = b"Received: from a by b;\r\n\tFri, 20 Nov 2026 09:05:00 +0000\r\n"
_OLDER = b"Received: from c by a; Fri, 20 Nov 2026 09:01:00 +0000\r\n"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (_TRACE + _OLDER + _DATE + b"\r\nHi", RECEIVED),
        (_DATE + b"\r\nHi", WRITTEN),
        (b"Subject: x\r\n\r\n" + _DATE, HINT),
        (b"Received: by magic\r\n" + _DATE + b"\r\n", WRITTEN),
        (b"Date: Fri, 20 Nov 2099 10:00:00 +0100\r\n\r\n", HINT),
        (b"Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\n", HINT),
        (b"", HINT),
        (b"\0" * 100, HINT),
        (b"Received: " + b"\r\n " * 20_000, HINT),
    ],
)
def test_the_last_server_knows_best(raw, expected):
    """Then the sender's clock, then what stands around the mail; never the future."""
    assert arrival(raw, HINT, NOW) == expected


def test_what_is_not_known_is_not_made_up():
    """A hint from the future is none."""
    assert arrival(b"", NOW + timedelta(days=1), NOW) is None
    assert arrival(b"", None, NOW) is None


@pytest.mark.parametrize(
    "line", [b"From ana@x.example", b"From a Mon Foo 99 99:99:99 2026", b"From ", b"From \xff\xff"]
)
def test_a_line_without_a_date_has_none(line):
    """Nor does it raise."""
    assert from_line(line) is None


def test_the_name_of_a_maildir_file_tells_its_time():
    """Where it is made as Maildir says."""
    assert maildir_name("1760000000.M1P2.host:2,S") == datetime.fromtimestamp(1760000000, UTC)
    assert maildir_name("17.eml") is None
