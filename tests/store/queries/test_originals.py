"""Originals and what was attached to them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from intake.reading import read
from store import commands, queries
from store.errors import NotFound
from store.mail_records import Incoming
from store.records import AttachmentInfo
from tests.conftest import NOW
from tests.intake.reading.builders import b64, multipart, part
from tests.intake.reading.tnef_builders import embedded, file, tnef, tnef_part
from tests.store.letters import letter
from tests.store.people import BEN, a_request, the

PDF = {"Content_Type": "application/pdf", "Content_Transfer_Encoding": "base64"}


def with_attachments(*files: tuple[str, str, bytes]) -> bytes:
    """Return a mail with files: name, type and bytes of each."""
    mail = EmailMessage()
    mail["From"] = "hopper@maths.northgate.example"
    mail["Subject"] = "Files"
    mail.set_content("See the files.\n")
    for name, kind, data in files:
        main, sub = kind.split("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def as_incoming(raw: bytes, described: tuple[AttachmentInfo, ...], **more) -> Incoming:
    """Return a mail of these bytes as intake would describe it."""
    mail = letter(1, NOW, attachments=described)
    return replace(mail, raw=raw, sha256=hashlib.sha256(raw).digest(), size=len(raw), **more)


def first_message(desk) -> int:
    """Return the id of the first message of the first request."""
    return queries.request(desk, 1001).messages[0].id


def test_the_original_comes_back_byte_for_byte(desk):
    """Whatever was in it."""
    raw = bytes(range(256)) * 40
    commands.take_in(desk, "help", 1, [as_incoming(raw, ())])
    assert queries.original(desk, first_message(desk)) == raw


def test_what_was_not_a_mail_has_no_original(desk):
    """A note was written on the board."""
    number = a_request(desk)
    commands.note(desk, BEN, the(number), "Bulb")
    for message in queries.request(desk, number).messages:
        with pytest.raises(NotFound, match="it has no original"):
            queries.original(desk, message.id)


def test_attachments_are_read_out_of_the_original(desk):
    """Each by its place, also where two have the same name or the same type."""
    files = [
        ("scan.png", "image/png", b"\x89PNG one"),
        ("scan.png", "image/png", b"\x89PNG number two"),
        ("list.csv", "text/csv", b"a;b\n1;2\n"),
        ("empty.bin", "application/octet-stream", b""),
    ]
    described = tuple(AttachmentInfo(name, kind, len(data)) for name, kind, data in files)
    commands.take_in(desk, "help", 1, [as_incoming(with_attachments(*files), described)])
    message = first_message(desk)
    found = [queries.attachment(desk, message, place) for place in range(len(files))]
    assert found == [data for _, _, data in files]


def test_an_attached_mail_is_one_attachment(desk):
    """Its own parts are inside it."""
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Deep inside.\n")
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("See below.\n")
    outer.add_attachment(inner)
    described = (AttachmentInfo("Inner.eml", "message/rfc822", 999),)
    commands.take_in(desk, "help", 1, [as_incoming(outer.as_bytes(), described)])
    assert b"Deep inside." in queries.attachment(desk, first_message(desk), 0)


@pytest.mark.parametrize("ends", [default, SMTP], ids=["LF", "CRLF"])
def test_what_intake_describes_is_what_is_read_out(desk, ends):
    """Text and its alternative are not attached; all else is, down to the last byte."""
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("Deep inside.\n")
    mail = EmailMessage()
    mail["From"] = "hopper@maths.northgate.example"
    mail.set_content("See the files.\n")
    mail.add_alternative("<p>See <img src='cid:1'></p>", subtype="html")
    mail.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<1>")
    mail.add_attachment(b"%PDF" * 99, maintype="application", subtype="pdf", filename="ü.pdf")
    mail.add_attachment("a;b\n1;2\n", subtype="csv", filename="list.csv")
    mail.add_attachment("Some notes.\n", filename="notes.txt")
    mail.add_attachment(inner)
    mail.add_attachment(b"", maintype="application", subtype="zip", filename="empty.zip")
    raw = mail.as_bytes(policy=ends)
    described = read(raw).attachments
    commands.take_in(desk, "help", 1, [as_incoming(raw, described)])
    message = first_message(desk)
    found = [queries.attachment(desk, message, place) for place in range(len(described))]
    assert [(one.name, one.size) for one in described] == list(
        zip(
            ["image.png", "ü.pdf", "list.csv", "notes.txt", "Inner.eml", "empty.zip"],
            map(len, found),
            strict=True,
        )
    )


PLAN = part(b64(b"%PDF plan"), **PDF | {"Content_Disposition": "attachment; filename=plan.pdf"})
INNER = multipart("mixed", part("See plan."), PLAN, boundary="inner", Subject="Plans")
CARRYING = {
    "a mail": part(INNER, Content_Type="message/rfc822"),
    "a mail in base64": part(
        b64(INNER), Content_Type="message/rfc822", Content_Transfer_Encoding="base64"
    ),
    "a mail as a file": part(
        b64(INNER),
        Content_Type="application/octet-stream; name=mail.eml",
        Content_Transfer_Encoding="base64",
    ),
    "a mail in a mail": part(
        multipart("mixed", part(INNER, Content_Type="message/rfc822"), boundary="middle"),
        Content_Type="message/rfc822",
    ),
    "a mail with a winmail.dat": part(
        multipart("mixed", tnef_part(tnef(file("plan.pdf", b"%PDF plan"))), boundary="inner"),
        Content_Type="message/rfc822",
    ),
    "winmail.dat": tnef_part(tnef(file("a.pdf", b"%PDF plaN"), file("plan.pdf", b"%PDF plan"))),
    "a mail in winmail.dat": tnef_part(
        tnef(embedded("Plans", tnef(file("plan.pdf", b"%PDF plan"))))
    ),
}


@pytest.mark.parametrize("how", CARRYING)
def test_what_is_in_an_attached_mail_or_in_winmail_dat_is_read_out(desk, how):
    """Down to the last byte, as all attachments are."""
    raw = multipart("mixed", part("For you."), CARRYING[how])
    described = read(raw).attachments
    commands.take_in(desk, "help", 1, [as_incoming(raw, described)])
    message = first_message(desk)
    place = [each.name for each in described].index("plan.pdf")
    assert queries.attachment(desk, message, place) == b"%PDF plan"
    for place, each in enumerate(described):
        assert len(queries.attachment(desk, message, place)) == each.size


def test_a_file_whose_size_was_counted_otherwise_is_known_by_its_name(desk):
    """Line ends may be counted in more than one way."""
    raw = with_attachments(("a.csv", "text/csv", b"1\n2\n"), ("b.csv", "text/csv", b"3\n4\n"))
    described = (AttachmentInfo("b.csv", "text/csv", 6), AttachmentInfo("a.csv", "text/csv", 6))
    commands.take_in(desk, "help", 1, [as_incoming(raw, described)])
    assert queries.attachment(desk, first_message(desk), 0).split() == [b"3", b"4"]


@pytest.mark.parametrize("kept", [150, 2000])
def test_an_attachment_that_is_not_kept_whole_is_not_found(desk, kept):
    """The rest of a mail over the limit stayed on the server; half a file is no file."""
    raw = with_attachments(("film.mp4", "video/mp4", b"film" * 1000))
    described = (AttachmentInfo("film.mp4", "video/mp4", 4000),)
    mail = as_incoming(raw[:kept], described, truncated=True)
    commands.take_in(desk, "help", 1, [mail])
    with pytest.raises(NotFound, match=r"film\.mp4 cannot be read out of the part of the mail"):
        queries.attachment(desk, first_message(desk), 0)


@pytest.mark.parametrize("position", [-1, 1, 99])
def test_an_attachment_that_is_not_there_is_not_found(desk, position):
    """Say so in words."""
    raw = with_attachments(("a.csv", "text/csv", b"1\n"))
    mail = as_incoming(raw, (AttachmentInfo("a.csv", "text/csv", 2),))
    commands.take_in(desk, "help", 1, [mail])
    with pytest.raises(NotFound, match="This message has no such attachment"):
        queries.attachment(desk, first_message(desk), position)
