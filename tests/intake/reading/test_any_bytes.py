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
from store.mail_records import ReadMail
from store.records import Address, AttachmentInfo
from store.text import is_safe, lines, one_line
from tests.intake.reading.bounces.reports import IN_WORDS, report
from tests.intake.reading.builders import REAL_MAILS, mail
from tests.intake.reading.test_invitation import OUTLOOK
from tests.intake.reading.test_sealed import IN_PIECES, smime
from tests.intake.reading.test_tnef import LETTER
from tests.intake.reading.tnef_builders import RTF, attribute, outlook_mail, properties, sized, tnef

MAILS = REAL_MAILS | {
    "report": report("Final-Recipient: rfc822; bob@x.example\nAction: failed\nStatus: 5.1.1"),
    "qmail": IN_WORDS["qmail"][0],
    "winmail": outlook_mail(LETTER),
    "rtf": outlook_mail(tnef(attribute(1, 0x9003, properties(sized(0x102, 0x1009, RTF))))),
    "invitation": mail(OUTLOOK, Content_Type="text/calendar"),
    "sealed": smime(IN_PIECES),
    "uuencoded": mail("begin 644 a\n#0V%T\n`\nend\n=ybegin size=1 name=a\nx\n=yend size=1"),
}
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
        b"Content-Type: application/ms-tnef\r\n",
        b"\x78\x9f\x3e\x22",
        b"Content-Type: text/calendar\r\n",
        b"BEGIN:VEVENT\r\nDTSTART:",
        b"Content-Type: message/delivery-status\r\n",
        b"Final-Recipient: rfc822;",
        b"Content-Type: application/pkcs7-mime\r\n",
        b"begin 644 a\r\n",
        b"-----BEGIN PGP MESSAGE-----\r\n",
        b"From: MAILER-DAEMON@x.example\r\n",
        b"{\\rtf1",
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
        found = read_strictly(raw)
    except UnreadableMail:
        return
    assert time.monotonic() - started < 2
    assert all(is_safe(text) for text in _texts(found))
    assert found.subject == one_line(found.subject)
    assert found.message_id == "".join(found.message_id.split())
    assert found.text == lines(found.text)
    for text in _texts(found):
        text.encode("utf-8")
    if found.bounce:
        for text in (found.bounce.recipient, found.bounce.status, found.bounce.original_message_id):
            assert text == one_line(text)


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
    st.sampled_from(sorted(MAILS)),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(_PIECES, st.binary(max_size=6))),
        min_size=1,
        max_size=6,
    ),
)
def test_damaged_real_mails_are_read_or_refused(name, damages):
    """Real mails with bytes cut out and put in give a safe record or a reason."""
    raw = MAILS[name]
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


@pytest.mark.parametrize("name", sorted(MAILS))
def test_real_mails_cut_at_any_place_are_read_or_refused(name):
    """A mail cut off anywhere, as when a connection broke, is still read or refused."""
    raw = MAILS[name]
    for end in range(0, len(raw), max(1, len(raw) // 60)):
        _check(raw[:end])
