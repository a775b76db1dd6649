"""Mails that carry other mails."""

from __future__ import annotations

import pytest

from intake.reading.forwarded import forwarded_from
from intake.reading.reader import read_strictly as read
from store.records import Address
from store.rules.threads import fingerprint
from tests.intake.reading.builders import b64, mail, multipart, part

INNER = mail(
    "Please help.",
    From="Grace Hopper <grace@maths.example>",
    To="ben@northgate.example",
    Subject="Projector dead",
    Message_ID="<asked@maths.example>",
)
SHOWN = (
    "---------- Forwarded message ----------\n"
    "From: Grace Hopper <grace@maths.example>\n"
    "To: ben@northgate.example\n"
    "Date: Mon, 23 Nov 2026 10:42:00 +0000\n"
    "Subject: Projector dead\n"
    "\n"
    "Please help."
)


def forward(inner: bytes, **headers: str) -> bytes:
    """Return a part that is an attached mail."""
    return part(inner, **({"Content_Type": "message/rfc822"} | headers))


ATTACHED = {
    "as a mail": forward(INNER),
    "in base64": forward(b64(INNER), Content_Transfer_Encoding="base64"),
    "in quoted-printable": forward(INNER, Content_Transfer_Encoding="quoted-printable"),
    "as a file": part(
        b64(INNER),
        Content_Type="application/octet-stream; name=mail.eml",
        Content_Transfer_Encoding="base64",
        Content_Disposition="attachment",
    ),
    "international": forward(INNER, Content_Type="message/global"),
    "the first piece of a longer one": forward(
        INNER, Content_Type="message/partial; id=x; number=1; total=2"
    ),
}


@pytest.mark.parametrize("how", ATTACHED)
def test_an_attached_mail_is_read_with_the_mail(how):
    """Who wrote it, when, about what, and what it says; it is new, as what is forwarded is."""
    found = read(multipart("mixed", part("For you."), ATTACHED[how]))
    assert found.carried_id == "asked@maths.example"
    assert (found.text, found.reply, found.quoted) == (f"For you.\n\n{SHOWN}",) * 2 + ("",)
    assert len(found.attachments) == 1


def test_it_tells_who_asked_first():
    """Whatever the subject of the mail that carries it."""
    found = read(multipart("mixed", part("For you."), forward(INNER)))
    assert forwarded_from(found.subject, found.reply) == Address(
        "Grace Hopper", "grace@maths.example"
    )


def test_the_mail_that_an_answer_attaches_is_quoted():
    """Outlook can be told to attach what it answers."""
    found = read(
        multipart("mixed", part("Works now."), forward(INNER), Subject="Re: Projector dead")
    )
    assert (found.reply, found.quoted) == ("Works now.", SHOWN)


def test_what_is_attached_to_the_attached_mail_is_described():
    """After the mail itself."""
    inner = multipart(
        "mixed",
        part("See plan."),
        part("x", Content_Type="application/pdf; name=plan.pdf"),
        forward(INNER),
        boundary="inner",
        Subject="Plans",
    )
    found = read(multipart("mixed", part("For you."), forward(inner)))
    assert [each.name for each in found.attachments] == [
        "Plans.eml",
        "plan.pdf",
        "Projector dead.eml",
    ]
    assert "See plan." in found.text
    assert "Please help." in found.text


def test_a_digest_is_all_its_mails():
    """In their order."""
    found = read(multipart("digest", part(INNER), part(mail("Second."))))
    assert found.text.index("Please help.") < found.text.index("Second.")


def test_of_very_many_the_first_are_read():
    """All are attachments."""
    found = read(multipart("mixed", *[forward(mail(f"word{i}")) for i in range(100)]))
    assert ("word19" in found.text, "word20" in found.text) == (True, False)
    assert len(found.attachments) == 100


def test_pictures_in_the_text_are_known_as_such():
    """A logo in a signature is no file that somebody sent."""
    logo = part("x", Content_Type="image/png; name=logo.png", Content_ID="<logo>")
    photo = part("x", Content_Type="image/jpeg; name=photo.jpg")
    html = part("<p>Hi<img src=cid:logo>", Content_Type="text/html")
    found = read(multipart("related", html, logo, photo))
    assert [(each.name, each.inline) for each in found.attachments] == [
        ("logo.png", True),
        ("photo.jpg", False),
    ]


@pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("kind", ["message/rfc822", "text/calendar", "application/pdf"])
def test_a_copy_in_an_mbox_is_the_same_mail(kind, encoding):
    """There lines end with one byte, also in what is attached."""
    carried = b64(INNER) if encoding == "base64" else INNER
    raw = multipart(
        "mixed",
        part("See below."),
        forward(carried, Content_Type=kind, Content_Transfer_Encoding=encoding),
    )
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert fingerprint(read(raw)) == fingerprint(read(raw.replace(b"\r\n", b"\n")))
