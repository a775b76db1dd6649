"""Whatever the bytes: reading never raises, is never slow, and gives nothing unsafe."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.reading import UnreadableMail
from intake.reading.html import html_to_text
from intake.reading.marks import ANSWERED, QUOTED, SIGNED, unmarked
from intake.reading.quoted import split_quoted
from intake.reading.reader import read_strictly
from store.records import Address, AttachmentInfo, ReadMail
from store.text import is_safe, lines, one_line
from tests.intake.reading.builders import REAL_MAILS

_FUZZ = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
_PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n",
        b"\r",
        b"\0",
        b"--",
        b"--b",
        b"--b--",
        b"\r\n--b\r\n",
        b":",
        b";",
        b'"',
        b"=?utf-8?q?",
        b"=?",
        b"?=",
        b"=?iso-2022-jp?b?GyRC?=",
        b"From: ",
        b"Subject: ",
        b"<",
        b">",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: text/html\r\n",
        b"\x1b[31m",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"\xff\xfe",
        b"Content-Disposition: attachment; filename*0*=utf-8''%e2%80%ae",
        b"charset=utf-16",
        b"\xc3",
        b"Date: Mon, 99 Foo 20255 99:99:99 +9999",
        b"Message-ID: <[x@y]>",
        b"\xe2\x80\xae",
        b"<table>",
        b"<td>",
        b"<li>",
        b"</table>",
        b"<blockquote>",
        b"<p style='display:none'>",
        b"&#x1b;",
        b"\t",
        b"On Mon, 24 Nov 2025 Ana <a@b.c> wrote:",
        b"> ",
        b"charset=unicode_escape",
        b"\\u001b",
        b" ",
    ]
)


def _texts(mail: ReadMail) -> list[str]:
    """Every piece of text of a record."""
    found: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, Address | AttachmentInfo):
            for field in dataclasses.fields(value):
                gather(getattr(value, field.name))
        elif isinstance(value, tuple | list):
            for each in value:
                gather(each)
        elif isinstance(value, dict):
            gather(list(value.items()))

    for field in dataclasses.fields(mail):
        gather(getattr(mail, field.name))
    return found


def _check(raw: bytes) -> None:
    started = time.monotonic()
    try:
        mail = read_strictly(raw)
    except UnreadableMail:
        return
    assert time.monotonic() - started < 2
    assert all(is_safe(text) for text in _texts(mail))
    assert mail.subject == one_line(mail.subject)
    assert mail.message_id == "".join(mail.message_id.split())
    assert mail.text == lines(mail.text)
    for text in _texts(mail):
        text.encode("utf-8")


@_FUZZ
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(raw):
    """Any bytes at all give a safe record or a reason for quarantine."""
    _check(raw)


@_FUZZ
@given(st.lists(st.one_of(_PIECES, st.binary(max_size=20)), max_size=60))
def test_pieces_of_mail_in_any_order_are_read_or_refused(pieces):
    """The building blocks of mail, shuffled, give a safe record or a reason."""
    _check(b"From: a@b.example\r\n" + b"".join(pieces))


@_FUZZ
@given(
    st.sampled_from(sorted(REAL_MAILS)),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(_PIECES, st.binary(max_size=6))),
        min_size=1,
        max_size=6,
    ),
)
def test_damaged_real_mails_are_read_or_refused(name, damages):
    """Real mails with bytes cut out and put in give a safe record or a reason."""
    raw = REAL_MAILS[name]
    for place, cut, put in damages:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + cut :]
    _check(raw)


@_FUZZ
@given(
    st.lists(
        st.one_of(_PIECES.map(lambda piece: piece.decode("latin-1")), st.text(max_size=12)),
        max_size=60,
    )
)
def test_any_html_becomes_text(pieces):
    """No HTML makes the walk over it fail."""
    assert isinstance(html_to_text("".join(pieces)), str)


@_FUZZ
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "> old",
                    ">> older",
                    "On Mon, 24 Nov 2025 at 9:12 Ana <a@b.example> wrote:",
                    "new",
                    "",
                    "-----Original Message-----",
                    "From: Ana",
                    "Sent: Monday",
                    "To: b@c.example",
                    "Subject: x",
                    "---------- Forwarded message ---------",
                    "________________________________",
                    "-- ",
                    "--",
                    "a:",
                    "Kind regards",
                    "Bob Carter",
                    "Tel. 020 7946 0123",
                    "Sent from my iPhone",
                    "This email and any attachments are confidential.",
                    "[EXTERNAL]",
                    "| a",
                    ">>> go()",
                    f"{QUOTED}a wrote:",
                    f"{ANSWERED}From: Ana",
                    f"{SIGNED}Bob",
                    f"{SIGNED}> x",
                ]
            ),
            st.text(max_size=10),
        ),
        max_size=25,
    ),
    st.sampled_from(["Re: x", "Fwd: x", "x"]),
)
def test_every_line_is_new_or_quoted(rows, subject):
    """Splitting loses no line: each stands in the new text or in the quoted remainder."""
    text = lines("\n".join(rows))
    reply, quoted = split_quoted(text, subject)
    expected = sorted(line.rstrip() for line in unmarked(text).split("\n") if line.strip())
    actual = sorted(line.rstrip() for line in f"{reply}\n{quoted}".split("\n") if line.strip())
    assert actual == expected


@pytest.mark.parametrize("name", sorted(REAL_MAILS))
def test_real_mails_cut_at_any_place_are_read_or_refused(name):
    """A mail cut off anywhere, as when a connection broke, is still read or refused."""
    raw = REAL_MAILS[name]
    for end in range(0, len(raw), max(1, len(raw) // 60)):
        _check(raw[:end])
