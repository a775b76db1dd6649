"""Mboxes: split where messages begin, nowhere else, whatever wrote them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.importing import found
from intake.importing.mbox import is_separator, split

SEPARATOR = b"From ana@x.example Mon Nov 23 09:00:00 2026\n"


def bodies(data: bytes) -> list[bytes]:
    """Return the messages of an mbox."""
    return [message.raw for message in split(io.BytesIO(data), "old.mbox")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", [], id="empty"),
        pytest.param(
            SEPARATOR + b"\n\n" + SEPARATOR + b"Subject: 1\n\nHi\n\n",
            [b"\n", b"Subject: 1\n\nHi\n"],
            id="an empty mail",
        ),
        pytest.param(b"\n\n", [], id="empty lines"),
        pytest.param(SEPARATOR, [], id="cut off after a separator"),
        pytest.param(SEPARATOR + b"Subject: 1\n\nHi\n\n", [b"Subject: 1\n\nHi\n"], id="one"),
        pytest.param(
            SEPARATOR + b"Subject: 1\n\nHi\n\n" + SEPARATOR + b"Subject: 2\n\nHo",
            [b"Subject: 1\n\nHi\n", b"Subject: 2\n\nHo"],
            id="two, the last one cut off",
        ),
        pytest.param(
            (SEPARATOR + b"Subject: 1\n\nHi\n\n" + SEPARATOR + b"Subject: 2\n\nHo\n\n").replace(
                b"\n", b"\r\n"
            ),
            [b"Subject: 1\r\n\r\nHi\r\n", b"Subject: 2\r\n\r\nHo\r\n"],
            id="CRLF",
        ),
        pytest.param(
            SEPARATOR + b"Subject: 1\n\nHi\n" + SEPARATOR + b"Subject: 2\n\nHo\n",
            [b"Subject: 1\n\nHi\n", b"Subject: 2\n\nHo\n"],
            id="no empty line between",
        ),
        pytest.param(
            SEPARATOR
            + b"Subject: 1\n\nHi\n\nFrom here on it is bad.\n\nFrom 9:00 in May 2026\nno\n",
            [b"Subject: 1\n\nHi\n\nFrom here on it is bad.\n\nFrom 9:00 in May 2026\nno\n"],
            id="From in a body",
        ),
        pytest.param(
            SEPARATOR + b"Subject: 1\n\n>From me\n>>From you\n> From us\n",
            [b"Subject: 1\n\nFrom me\n>From you\n> From us\n"],
            id="quoted From",
        ),
        pytest.param(
            SEPARATOR
            + b"Content-Length: 99999\nSubject: 1\n\nHi\n\n"
            + SEPARATOR
            + b"A: 2\n\nHo\n",
            [b"Content-Length: 99999\nSubject: 1\n\nHi\n", b"A: 2\n\nHo\n"],
            id="Content-Length lies",
        ),
        pytest.param(
            SEPARATOR + b"Subject: 1\n\nHi\n\n" + SEPARATOR + b"\nno headers\n",
            [b"Subject: 1\n\nHi\n", b"\nno headers\n"],
            id="no headers",
        ),
        pytest.param(
            SEPARATOR + SEPARATOR + b"Subject: 1\n\nHi\n", [b"Subject: 1\n\nHi\n"], id="twice"
        ),
        pytest.param(b"\0" * 200_000, [b"\0" * 200_000], id="no line ends at all"),
    ],
)
def test_messages_are_split_where_they_begin(data, expected):
    """And the empty line that the format puts between them is not theirs."""
    assert bodies(data) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"From ana@x.example Mon Nov 23 09:00:00 2026", True),
        (b"From ana@x.example  Fri Jul  8 12:08:34 2011\r\n", True),
        (b"From - Sat Jan  3 01:05:34 1996", True),
        (b"From ???@??? Mon Nov 23 09:00:00 2026", True),
        (b"From MAILER-DAEMON Mon Nov 23 09:00:00 +0100 2026", True),
        (b"From 1573894@xxx Mon Nov 23 09:00:00 +0000 2026", True),
        (b"From root@x Thu, 5 Jan 2012 10:00:00 +0100", True),
        (b"From ana@x.example Mon Nov 23 09:00 2026 remote from y", True),
        (b"From here on", False),
        (b"From: ana@x.example", False),
        (b" From ana@x.example Mon Nov 23 09:00:00 2026", False),
        (b"From November 2026 on we are open.", False),
    ],
)
def test_a_separator_has_a_date(line, expected):
    """As all programs write it, each in its own way."""
    assert is_separator(line) is expected


def test_the_date_of_the_separator_goes_with_the_message():
    """In UTC unless it has a zone."""
    data = SEPARATOR + b"A: 1\n\nx\n\nFrom a Mon Nov 23 09:00:00 +0100 2026\nA: 2\n\nx\n"
    assert [message.hint for message in split(io.BytesIO(data), "old.mbox")] == [
        datetime(2026, 11, 23, 9, tzinfo=UTC),
        datetime(2026, 11, 23, 8, tzinfo=UTC),
    ]


def test_messages_are_named_for_people():
    """By the file, and counted."""
    data = SEPARATOR + b"A: 1\n\nx\n\n" + SEPARATOR + b"A: 2\n\nx\n"
    places = [message.place for message in split(io.BytesIO(data), "old.mbox")]
    assert places == ["old.mbox mail 1", "old.mbox mail 2"]


class _Endless(io.RawIOBase):
    """Many lines, made as they are read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        size = min(len(buffer), self.left)
        buffer[:size] = b"x" * size
        self.left -= size
        return size


def test_of_a_huge_message_the_start_is_kept(monkeypatch):
    """In bounded memory, though it has not one line end."""
    monkeypatch.setattr(found, "WHOLE", 300_000)
    monkeypatch.setattr(found, "START", 1000)
    data = cast("BinaryIO", io.BufferedReader(_Endless(5_000_000)))
    [message] = split(data, "old.mbox")
    assert (message.size, len(message.raw), message.truncated) == (5_000_000, 1000, True)


_LINES = st.lists(
    st.sampled_from([b"Hi", b"", b"> quoted", b"From time to time", b"Subject: x", b"\xff\0"]),
    max_size=8,
)


@given(st.lists(_LINES, min_size=1, max_size=6), st.sampled_from([b"\n", b"\r\n"]))
def test_what_was_written_as_an_mbox_is_read_as_it_was(letters, end):
    """Every message comes out as it went in."""
    raws = [end.join([b"Subject: x", b"", *letter, b"."]) + end for letter in letters]
    separator = SEPARATOR.replace(b"\n", end)
    assert bodies(b"".join(separator + raw + end for raw in raws)) == raws
