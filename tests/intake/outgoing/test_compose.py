"""A mail of ours as bytes: read again it says what it should, and nothing slips into its head."""

from __future__ import annotations

import smtplib
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.outgoing.compose import Composed, compose
from intake.reading import read
from intake.triage import triage
from store.mail_records import Dispatch, OutgoingFile
from store.records import Address
from store.words import Sends
from tests.conftest import NOW
from tests.rulebook import a_rulebook

_HELP = Address("Northgate IT", "help@northgate.example")
_ID = f"deskwatch.1042.{'0a' * 10}@northgate.example"
PLAIN = Dispatch(
    kind=Sends.REPLY,
    message_id=_ID,
    sender=Address("Ana Lovelace, Northgate IT", "help@northgate.example"),
    answer_to=_HELP,
    to=(Address("Grace Hopper", "hopper@maths.example"),),
    subject="Re: Projector dead [#1042]",
    text="Which room is it?",
    quoted="On Mon 23 Nov 2026 at 10:42, Grace Hopper wrote:\n> It is dark.",
    in_reply_to="b@maths.example",
    references=("a@maths.example", "b@maths.example"),
    written_at=NOW,
)
_HEADERS = [
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "X-Deskwatch",
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def parsed(composed: Composed) -> EmailMessage:
    """Return a mail as any mail reader has it."""
    mail = message_from_bytes(composed.data, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_reply_has_its_thread_and_its_names():
    """Message-ID, In-Reply-To and References; who writes, for which desk."""
    composed = compose(PLAIN)
    mail = parsed(composed)
    assert mail.keys() == _HEADERS
    assert mail["Message-ID"] == f"<{_ID}>"
    assert mail["References"] == "<a@maths.example> <b@maths.example>"
    assert mail["From"] == '"Ana Lovelace, Northgate IT" <help@northgate.example>'
    assert mail["Date"] == "Mon, 23 Nov 2026 10:42:00 +0000"
    assert mail.get_content().replace("\r\n", "\n") == f"{PLAIN.text}\n\n{PLAIN.quoted}\n"
    assert (composed.sender, composed.recipients) == (
        "help@northgate.example",
        ("hopper@maths.example",),
    )


def test_composing_again_gives_the_same_bytes():
    """A mail that is sent again is the same mail, boundaries included."""
    mail = replace(PLAIN, files=(OutgoingFile("a.txt", "text/plain", b"a"),))
    assert compose(mail) == compose(mail)


def test_automatic_mail_says_so_and_has_no_sender_to_answer():
    """RFC 3834; and our own triage knows what it is."""
    composed = compose(replace(PLAIN, kind=Sends.ACKNOWLEDGEMENT))
    mail = parsed(composed)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert (composed.sender, composed.fallback) == ("", "help@northgate.example")
    other = replace(a_rulebook(), addresses=("desk@southgate.example",))
    assert "automatic reply" in triage(read(composed.data), other, "help").ignore


def test_long_message_ids_stay_as_they_are():
    """The library would fold them into encoded words, which no mail reader threads by."""
    long = f"{'x' * 300}@maths.example"
    mail = parsed(compose(replace(PLAIN, in_reply_to=long, references=(long, "ä@b", "<c", long))))
    assert mail["In-Reply-To"] == f"<{long}>"
    assert mail["References"] == f"<{long}> <{long}>"


def test_addresses_of_all_the_world():
    """Domains in ASCII; other letters before the @ need the server's SMTPUTF8."""
    idn = compose(replace(PLAIN, to=(Address("Jörg Müller", "info@müller.example"),)))
    assert (idn.recipients, idn.utf8) == (("info@xn--mller-kva.example",), False)
    assert idn.data.isascii()
    eai = compose(replace(PLAIN, to=(Address("Jörg", "jörg@müller.example"),)))
    assert (eai.recipients, eai.utf8) == (("jörg@xn--mller-kva.example",), True)


@pytest.mark.parametrize(
    ("name", "type_", "as_type"),
    [
        ("größe 文件.pdf", "application/pdf", "application/pdf"),
        ('a"b;c.txt', "text/plain", "text/plain"),
        ("mail.eml", "message/rfc822", "application/octet-stream"),
        ("x\r\nBcc: y@z.pdf", "no type at all", "application/octet-stream"),
        ("a.html", "text/html; charset=x\r\nBcc: y@z", "application/octet-stream"),
    ],
)
def test_files_keep_their_names_and_bytes(name, type_, as_type):
    """RFC 2231 for what is not ASCII."""
    data = b"From here\n.\r\n\x00\xff"
    (part,) = parsed(
        compose(replace(PLAIN, files=(OutgoingFile(name, type_, data),)))
    ).iter_attachments()
    assert part.get_filename() == " ".join(name.split())
    assert part.get_content_type() == as_type
    assert part.get_payload(decode=True) == data


_ANYTHING = st.text(max_size=300)


@given(_ANYTHING, _ANYTHING, _ANYTHING, _ANYTHING, _ANYTHING)
def test_nothing_gets_into_the_head(subject, name, text, quoted, reference):
    """Whatever a mail made of its subject and names: the same headers, ASCII, short lines."""
    composed = compose(
        replace(
            PLAIN,
            subject=subject,
            to=(Address(name, "hopper@maths.example"),),
            sender=Address(name, "help@northgate.example"),
            text=text,
            quoted=quoted,
            in_reply_to=reference,
            references=(reference, "b@maths.example"),
        )
    )
    head, _, body = composed.data.partition(b"\r\n\r\n")
    known = {*_HEADERS, "In-Reply-To"}
    assert {
        line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] != b" "
    } <= (known)
    assert all(len(line) < 998 for line in composed.data.split(b"\r\n"))
    assert b"\n" not in composed.data.replace(b"\r\n", b"")
    assert composed.data.isascii()
    assert b"\r\n.\r\n" not in body or text or quoted


@pytest.mark.parametrize(
    ("smtputf8", "recipients", "left_out", "utf8"),
    [
        (True, ["hopper@maths.example", "josé@x.example"], [], True),
        (False, ["hopper@maths.example"], ["josé@x.example"], False),
    ],
)
def test_addresses_that_a_server_cannot_take_are_left_out(smtputf8, recipients, left_out, utf8):
    """Of the head, too; unless nobody else is left."""
    both = replace(PLAIN, to=(*PLAIN.to, Address("José", "josé@x.example")))
    composed = compose(both, smtputf8=smtputf8)
    assert [[*composed.recipients], [*composed.left_out]] == [recipients, left_out]
    assert (composed.utf8, "josé" in composed.data.decode()) == (utf8, utf8)
    alone = compose(replace(PLAIN, to=both.to[1:]), smtputf8=smtputf8)
    assert (alone.recipients, alone.left_out, alone.utf8) == (("josé@x.example",), (), True)


def test_an_address_in_quotes_is_whole():
    """In the head and for the envelope; a quote in a name ends nothing."""
    to = Address('Grace "Amazing" Hopper', '"grace hopper"@maths.example')
    mail = parsed(composed := compose(replace(PLAIN, to=(to,))))
    (read_back,) = mail["To"].addresses
    assert (read_back.addr_spec, read_back.display_name) == (to.address, to.name)
    assert composed.recipients == (to.address,)
    assert smtplib.quoteaddr(to.address) == f"<{to.address}>"
