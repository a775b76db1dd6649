"""Answers to FETCH, however servers write them."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient.exceptions import ProtocolError
from imapclient.response_parser import parse_fetch_response

from intake.imap.answers import _quickly, parse

USUAL = [
    [b'1 (UID 7 RFC822.SIZE 300 INTERNALDATE "23-Nov-2026 09:01:02 +0130")'],
    [b'1 (UID 7 RFC822.SIZE 300 INTERNALDATE " 3-Nov-2026 09:01:02 -0800")'],
    [(b"1 (UID 7 BODY[] {5}", b"hello"), b")", (b"2 (UID 9 BODY[] {0}", b""), b")"],
    [(b"1 (UID 7 BODY[]<1024> {2}", b"\r\n"), b")"],
    [],
]
UNUSUAL = [
    [b'1 (RFC822.SIZE 300 UID 7 INTERNALDATE "23-Nov-2026 09:01:02 +0000")'],
    [b"1 (UID 7 RFC822.SIZE 300)"],
    [b"1 (FLAGS (\\Seen) UID 7)"],
    [b"1 (UID 7 BODY[] NIL)"],
    [b'1 (UID 7 BODY[] "short")'],
    [(b"1 (BODY[] {5}", b"hello"), b" UID 7)"],
    [(b"1 (UID 7 BODY[] {5}", b"hello"), b" FLAGS (\\Recent))"],
    [(b"1 (UID 7 BODY[] {5}", b"hello"), b")", b"2 (FLAGS (\\Seen))"],
    [(b"1 (UID 7 BODY[HEADER] {5}", b"hello"), b")"],
]


@pytest.mark.parametrize("data", USUAL)
def test_usual_answers_are_read_quickly_and_as_the_library_does(data):
    """Only the sequence number is left out, which nobody uses."""
    quick = _quickly(data)
    assert quick is not None
    library = parse_fetch_response(data or [None], normalise_times=False)
    assert quick == {
        uid: {name: value for name, value in answer.items() if name != b"SEQ"}
        for uid, answer in library.items()
    }


@pytest.mark.parametrize("data", UNUSUAL)
def test_all_others_are_left_to_the_library(data):
    """UID at another place, other items between, NIL, quoted strings."""
    assert _quickly(data) is None
    assert parse(data) == parse_fetch_response(data, normalise_times=False)


@given(st.integers(86_400, 2**32), st.integers(-12 * 60, 14 * 60))
def test_every_moment_is_read(seconds, minutes):
    """In any zone, to the second."""
    at = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    sign = "-" if minutes < 0 else "+"
    offset = f"{sign}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    written = f"{at.day:2}-{months[at.month - 1]}-{at.year} {at:%H:%M:%S} {offset}"
    answer = parse([f'1 (UID 7 RFC822.SIZE 1 INTERNALDATE "{written}")'.encode()])
    assert answer[7][b"INTERNALDATE"] == at


@pytest.mark.parametrize("written", ["31-Feb-2026 00:00:00 +0000", "01-Xyz-2026 00:00:00 +0000"])
def test_a_date_that_is_none_is_missing(written):
    """The moment of fetching counts then."""
    answer = parse([f'1 (UID 7 RFC822.SIZE 1 INTERNALDATE "{written}")'.encode()])
    assert answer[7] == {b"RFC822.SIZE": 1, b"INTERNALDATE": None}


@given(
    st.lists(st.binary(max_size=60) | st.tuples(st.binary(max_size=60), st.binary()), max_size=4)
)
def test_garbage_is_an_error_of_the_kind_that_is_expected(data):
    """Never anything that would end a worker."""
    with contextlib.suppress(ProtocolError, ValueError, IndexError, KeyError, TypeError):
        parse(data)
