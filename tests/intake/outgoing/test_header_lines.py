"""Names, addresses and subjects in header lines: whatever they are, they say what they say."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import getaddresses, parseaddr

import pytest

from intake.outgoing.compose import compose
from store.mail_records import OutgoingFile
from store.records import Address
from store.text import one_line
from tests.intake.outgoing.test_compose import PLAIN

_HOSTILE = [
    # Encoded once more by whoever sent it; the library would decode it when it folds.
    "=?utf-8?q?hello=0D=0ABcc:_evil@x.example?=",
    "=?utf-8?q?a=0A?= =?utf-8?q?X-Evil:_1?=",
    "=?utf-8?q?=3Cevil=40x.example=3E=2C?=",
    "=?utf-8?q?=22?=",
    'Ana" <evil@x.example>, "B',
    "a\r\nBcc: evil@x.example",
    "a" * 1000,
    "é" * 300,
    "Müller, Ana (ext.); " * 9,
    "\U0001f600 日本語、テスト <@>",
]
_HEAD = {
    *("date", "message-id", "in-reply-to", "references", "x-deskwatch", "from", "to"),
    *("reply-to", "subject", "content-type", "mime-version"),
}
_FILE = ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"]


@pytest.mark.parametrize("text", _HOSTILE)
def test_nothing_in_a_text_begins_a_header_line_or_adds_a_recipient(text):
    """Not even what looks like an encoded word; and every mail reader shows the text itself."""
    mail = replace(
        PLAIN,
        subject=text,
        sender=Address(text, "d@x.example"),
        to=(Address(text, "g@x.example"), Address("B", "b@x.example")),
        files=(OutgoingFile(name=text, type="text/plain", data=b"x"),),
    )
    data = compose(mail).data
    assert b"\n" not in data.replace(b"\r\n", b"")
    read = message_from_bytes(data)
    assert {name.lower() for name in read} == _HEAD
    assert [part.keys() for part in read.get_payload()][1] == _FILE
    assert [address for _, address in getaddresses(read.get_all("To"))] == [
        "g@x.example",
        "b@x.example",
    ]
    name, address = parseaddr(read["From"])
    assert (_shown(name), address) == (one_line(text)[:200].strip(), "d@x.example")
    assert _shown(read["Subject"]) == one_line(text)[:500].strip()
    newer = message_from_bytes(data, policy=default)
    assert [each.addr_spec for each in newer["To"].addresses] == ["g@x.example", "b@x.example"]


def test_lines_are_short_and_none_is_blank():
    """Also of a long subject in plain English, and of one long word."""
    for subject in ("The projector is dead. " * 20, "http://x.example/" + "a" * 400):
        head = compose(replace(PLAIN, subject=subject)).data.split(b"\r\n\r\n")[0]
        lines = head.split(b"\r\n")
        assert max(len(line) for line in lines) <= 78
        assert all(line.strip() and line != b"Subject:" for line in lines)


def _shown(value: str) -> str:
    return str(make_header(decode_header(value)))
