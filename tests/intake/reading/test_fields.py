"""Header blocks, whole and damaged."""

from __future__ import annotations

import pytest

from intake.reading.fields import read_block
from intake.reading.limits import Limits

REST = b"\r\n\r\nbody"
CASES: dict[str, tuple[bytes, dict[str, list[bytes]], bytes, bool]] = {
    "plain": (b"From: a\r\nTo: b" + REST, {"from": [b" a"], "to": [b" b"]}, b"body", False),
    "folded": (
        b"Subject: a\r\n b\r\n\tc" + REST,
        {"subject": [b" a\r\n b\r\n\tc"]},
        b"body",
        False,
    ),
    "several": (b"To: a\r\nTo: b" + REST, {"to": [b" a", b" b"]}, b"body", False),
    "blank before the colon": (b"From : a" + REST, {"from": [b" a"]}, b"body", False),
    "nothing behind the colon": (
        b"From:\r\nTo:" + REST,
        {"from": [b""], "to": [b""]},
        b"body",
        False,
    ),
    "mbox line first": (b"From a@b Mon Jan 1\r\nFrom: a" + REST, {"from": [b" a"]}, b"body", False),
    "mbox line between": (
        b"To: b\r\n>From a@b Mon\r\nFrom: a" + REST,
        {"to": [b" b"], "from": [b" a"]},
        b"body",
        True,
    ),
    "a broken fold": (
        b"Subject: a\r\nbroken\r\nTo: b" + REST,
        {"subject": [b" a broken"], "to": [b" b"]},
        b"body",
        True,
    ),
    "no blank line": (
        b"From: a\r\nHello there.\r\nBye.",
        {"from": [b" a"]},
        b"Hello there.\r\nBye.",
        True,
    ),
    "no blank line, a colon in the text": (
        b"From: a\r\nHello.\r\nNote: this\r\n\r\nmore",
        {"from": [b" a"]},
        b"Hello.\r\nNote: this\r\n\r\nmore",
        True,
    ),
    "no body": (b"From: a\r\nTo: b\r\n", {"from": [b" a"], "to": [b" b"]}, b"", False),
    "no headers": (b"\r\nbody", {}, b"body", False),
    "8-bit name": (b"Fr\xf6m: a\r\nTo: b" + REST, {"to": [b" b"]}, b"body", True),
    "a NUL": (b"Subject: a\0b" + REST, {"subject": [b" a\0b"]}, b"body", True),
}


@pytest.mark.parametrize("name", CASES)
def test_header_blocks(name):
    """Fields, where the body begins, and whether something was wrong."""
    raw, fields, body, damaged = CASES[name]
    block = read_block(raw, 0, len(raw), Limits())
    values = {key: [value.rstrip(b"\r") for value in each] for key, each in block.fields.items()}
    expected = {key: [value.rstrip(b"\r\n") for value in each] for key, each in fields.items()}
    assert {key: [v.rstrip(b"\r\n") for v in each] for key, each in values.items()} == expected
    assert (raw[block.body :], block.damaged) == (body, damaged)


def test_a_block_beyond_the_limit_is_cut_and_the_body_still_found():
    """Ten megabytes of headers do not hide the text."""
    raw = b"From: a\r\n" + b"X-Filler: x\r\n" * 1000 + b"\r\nbody"
    block = read_block(raw, 0, len(raw), Limits(header_block=500))
    assert (block.first("from"), raw[block.body :], block.cut) == (b" a\r", b"body", True)


def test_no_more_fields_than_allowed_are_read():
    """The first ones count; those that mail has are found behind any number of others."""
    raw = (
        b"X-A: x\r\n" * 1000
        + b"".join(b"A%d: x\r\n" % i for i in range(1000))
        + b"From: a\r\n\r\nbody"
    )
    block = read_block(raw, 0, len(raw), Limits(header_names=10, header_values=20))
    assert (len(block.fields), len(block.fields["x-a"]), block.cut) == (11, 20, True)
    assert (block.first("from"), raw[block.body :]) == (b" a\r", b"body")
