"""Whole mails to records."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.reading import Limits, UnreadableMail, read
from intake.reading import reader as reader_module
from store.records import Address, AttachmentInfo
from tests.intake.reading.builders import REAL_MAILS, b64, mail, multipart, nested, part


def test_a_plain_mail():
    """Every field of the record comes from the mail."""
    found = read(
        mail(
            "The printer jams.\n\n-- \nAna\n",
            In_Reply_To="<0@x.example>",
            References="<a@x.example> <0@x.example>",
            Cc="ben@x.example",
            Reply_To="Ana <ana@home.example>",
        )
    )
    assert found.message_id == "1@school.example"
    assert found.in_reply_to == ("0@x.example",)
    assert found.references == ("a@x.example", "0@x.example")
    assert found.date == datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
    assert found.sender == Address("Ana Lovelace", "ana@school.example")
    assert found.reply_to == Address("Ana", "ana@home.example")
    assert found.to == (Address("", "help@northgate.example"),)
    assert found.cc == (Address("", "ben@x.example"),)
    assert found.subject == "The printer jams"
    assert found.text == "The printer jams.\n\n--\nAna"
    assert (found.reply, found.quoted) == ("The printer jams.", "--\nAna")
    assert found.headers["cc"] == ("ben@x.example",)
    assert found.defects == ()


TEXTS = {
    "plain": "The printer on floor 3 jams.\n\n--\nAna",
    "alternative": "Works now.",
    "html": (
        "Works now.\nOn Mon, 23 Nov 2026 at 09:12, Help <help@northgate.example> wrote:\n"
        "> Try again?\n>\n> a  b\n> c  d"
    ),
    "mixed": "See the picture: ü.",
    "forwarded": (
        "See attached.\n\n---------- Forwarded message ----------\n"
        "From: Ana Lovelace <ana@school.example>\nTo: help@northgate.example\n"
        "Date: Mon, 23 Nov 2026 10:42:00 +0000\nSubject: Inner\n\nInner words."
    ),
    "japanese": "プリンタが動きません。",
    "flowed": "A long line that flows on.\n> quoted too",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_real_mails(name):
    """The part that is to be read is read, and only that."""
    assert read(REAL_MAILS[name]).text == TEXTS[name]


PLAIN = part("plain words")
HTML = part("<p>html words</p>", Content_Type="text/html")
PDF = part(b"%PDF", Content_Type="application/pdf; name=a.pdf", Content_Disposition="attachment")
BODIES = {
    "of alternatives the plain one": (multipart("alternative", PLAIN, HTML), "plain words"),
    "whichever comes first": (multipart("alternative", HTML, PLAIN), "plain words"),
    "unless it is empty": (multipart("alternative", part(" \n"), HTML), "html words"),
    "or only points to the other": (
        multipart("alternative", part("Please view this message in an HTML capable reader."), HTML),
        "html words",
    ),
    "an alternative inside another part": (
        multipart("alternative", part(""), nested("related", HTML, PDF, boundary="i")),
        "html words",
    ),
    "text before and behind a file": (
        multipart("mixed", PLAIN, PDF, part("more")),
        "plain words\n\nmore",
    ),
    "text that is a file": (
        multipart("mixed", PLAIN, part("log", Content_Disposition='attachment; filename="x.log"')),
        "plain words",
    ),
    "text files shown in place, and no other text": (
        multipart("mixed", part("words", Content_Disposition='inline; filename="m.txt"')),
        "words",
    ),
    "text with a name that is the only text": (
        mail("words", Content_Type='text/plain; name="m.txt"'),
        "words",
    ),
    "HTML that says it is plain": (mail("<!DOCTYPE html><html><p>words</p>"), "words"),
    "plain text that says it is HTML": (
        mail("one\n\ntwo < 3", Content_Type="text/html"),
        "one\n\ntwo < 3",
    ),
    "the same in plain and in HTML": (
        multipart(
            "mixed", part("the same\nwords"), part("<p>the same words", Content_Type="text/html")
        ),
        "the same\nwords",
    ),
    "charset named in the HTML only": (
        mail("<meta charset=iso-8859-1><p>Dr\xfccker".encode("latin-1"), Content_Type="text/html"),
        "Drücker",
    ),
    "signed": (
        multipart("signed", PLAIN, part("x", Content_Type="application/pgp-signature")),
        "plain words",
    ),
    "a report": (
        multipart("report", PLAIN, part("Status: 5.1.1", Content_Type="message/delivery-status")),
        "plain words",
    ),
    "only an attached mail": (
        multipart(
            "mixed",
            part(
                mail("inner words", Subject="Inner", Date=None, To=None),
                Content_Type="message/rfc822",
            ),
        ),
        (
            "---------- Forwarded message ----------\n"
            "From: Ana Lovelace <ana@school.example>\nSubject: Inner\n\ninner words"
        ),
    ),
    "a mail that is an attached mail": (
        mail(mail("inner words", Date=None, To=None), Content_Type="message/rfc822"),
        (
            "---------- Forwarded message ----------\n"
            "From: Ana Lovelace <ana@school.example>\nSubject: The printer jams\n\ninner words"
        ),
    ),
    "letters and accents apart": (mail("Dru\u0308cker"), "Drücker"),
    "control characters": (mail("a\x1b[31mb\x07c\u202ed\x9be"), "a[31mbcde"),
    "text that only looks uuencoded": (
        mail("begin 644 a\nand this is prose\n"),
        "begin 644 a\nand this is prose",
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_which_part_is_the_text(name):
    """The words somebody wrote, from wherever they stand."""
    raw, expected = BODIES[name]
    assert read(raw).text == expected


FILES = {
    "named in the disposition": (PDF, AttachmentInfo("a.pdf", "application/pdf", 4)),
    "RFC 2231": (
        part(
            b64(b"x" * 100),
            Content_Type="application/zip",
            Content_Transfer_Encoding="base64",
            Content_Disposition="attachment; filename*=utf-8''%C3%9Cb.zip",
        ),
        AttachmentInfo("Üb.zip", "application/zip", 100),
    ),
    "raw 8-bit name": (
        part(b"x", Content_Type=b'image/png; name="\xdcbung.png"'),
        AttachmentInfo("Übung.png", "image/png", 1),
    ),
    "a path": (
        part(b"x", Content_Disposition=r'attachment; filename="C:\Users\ana\a.txt"'),
        AttachmentInfo("a.txt", "text/plain", 1),
    ),
    "dots and slashes": (
        part(b"x", Content_Disposition='attachment; filename="../../etc/passwd"'),
        AttachmentInfo("passwd", "text/plain", 1),
    ),
    "a name that drives terminals": (
        part(
            b"x",
            Content_Type="image/png",
            Content_Disposition='inline; filename="a\x1b[2Jb\u202egnp.png"',
        ),
        AttachmentInfo("a[2Jbgnp.png", "image/png", 1),
    ),
    "no name": (part(b"x", Content_Type="image/png"), AttachmentInfo("image.png", "image/png", 1)),
    "an unknown type": (
        part(b"x", Content_Type="foo/bar"),
        AttachmentInfo("attachment.bin", "foo/bar", 1),
    ),
    "an attached mail": (
        part(mail("x", Subject="=?utf-8?Q?=C3=9C?="), Content_Type="message/rfc822"),
        AttachmentInfo("Ü.eml", "message/rfc822", len(mail("x", Subject="=?utf-8?Q?=C3=9C?="))),
    ),
    "an invitation": (
        part("BEGIN:VCALENDAR", Content_Type="text/calendar; method=REQUEST"),
        AttachmentInfo("attachment.ics", "text/calendar", 15),
    ),
    "Outlook's own format": (
        part(b"x", Content_Type="application/ms-tnef; name=winmail.dat"),
        AttachmentInfo("winmail.dat", "application/ms-tnef", 1),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_attachments_are_described(name):
    """Name, type and size, without decoding or unpacking anything."""
    sent, expected = FILES[name]
    assert read(multipart("mixed", PLAIN, sent)).attachments == (expected,)


def test_files_of_an_alternative_that_is_not_read_are_described():
    """Apple Mail puts them beside the HTML."""
    raw = multipart("alternative", PLAIN, nested("mixed", HTML, PDF, boundary="i"))
    assert [file.name for file in read(raw).attachments] == ["a.pdf"]


SENDERS = {
    "none": (mail(From=None), Address("", ""), "no sender address"),
    "Sender instead": (
        mail(From=None, Sender="ana@x.example"),
        Address("", "ana@x.example"),
        "no address in From; taken from Sender",
    ),
    "Reply-To instead": (
        mail(From="Ana", Reply_To="ana@x.example"),
        Address("", "ana@x.example"),
        "no address in From; taken from Reply-To",
    ),
    "two": (
        mail(From="ana@x.example\r\nFrom: ben@x.example"),
        Address("", "ana@x.example"),
        "several From headers",
    ),
    "not an address": (mail(From="nobody knows"), Address("nobody knows", ""), "no sender address"),
}


@pytest.mark.parametrize("name", SENDERS)
def test_senders_that_are_missing_or_malformed(name):
    """The best there is, and what was wrong."""
    raw, sender, defect = SENDERS[name]
    found = read(raw)
    assert (found.sender, defect in found.defects) == (sender, True)


@pytest.mark.parametrize(
    ("changed", "defect"),
    [
        ({"Date": None}, "no date"),
        ({"Date": "Mon, 23 Nov 2026 10:42:00"}, "no date that can be understood"),
        ({"Date": "today\r\nDate: Mon, 23 Nov 2026 10:42:00 +0000"}, "several Date headers"),
        ({"Message_ID": None}, "no Message-ID"),
        ({"Message_ID": "<>"}, "no Message-ID"),
        ({"Message_ID": "<1@x>\r\nMessage-ID: <2@x>"}, "several Message-IDs"),
        ({"Content_Type": "text/plain; charset=x-nonsense"}, "unknown charset 'x-nonsense'"),
        ({"Content_Type": "multipart/mixed"}, "a multipart body without a boundary"),
    ],
)
def test_defects_are_named(changed, defect):
    """What was wrong with a mail is said in words."""
    assert defect in read(mail("\xfc", **changed)).defects


def test_header_lines_cannot_be_injected():
    """A decoded subject with line ends in it is one line."""
    found = read(mail(Subject="=?utf-8?Q?a=0D=0ABcc:_everyone@x.example?="))
    assert (found.subject, "bcc" in found.headers) == ("a Bcc: everyone@x.example", False)


def test_bidirectional_controls_do_not_turn_subjects_around():
    """They are taken out."""
    assert read(mail(Subject="invoice \u202efdp.exe\u2066")).subject == "invoice fdp.exe"


def test_raw_headers_are_salvaged():
    """8-bit headers without encoding are read in the charset of the body."""
    raw = mail(
        "Тест".encode("koi8-r"),
        Subject="Принтер".encode("koi8-r"),
        Content_Type="text/plain; charset=koi8-r",
    )
    assert read(raw).subject == "Принтер"


UNREADABLE = {
    "nothing": (b"", "the message is empty"),
    "blanks": (b"\r\n \r\n", "the message is empty"),
    "NULs": (b"\0" * 5000, "the message is empty"),
    "no headers": (b"just words\r\n", "no mail header could be recognised"),
    "noise": (bytes(range(128, 256)) * 20, "no mail header could be recognised"),
    "NULs under broken headers": (
        b"From: ana@x.example\r\nbroken\r\n\0\0\0\r\n\r\n" + b"\0" * 4096,
        "the headers are damaged and the body is filled with NULs",
    ),
    "NULs behind half a header": (
        b"From: ana@x.example\r\nSubj" + b"\0" * 4096,
        "the headers are damaged and the body is filled with NULs",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_mail_any_more(name):
    """It is refused with its reason, for quarantine."""
    raw, reason = UNREADABLE[name]
    with pytest.raises(UnreadableMail) as refused:
        read(raw)
    assert str(refused.value) == reason


def test_a_destroyed_body_under_clean_headers_is_read():
    """It still says who needs help, and with what."""
    found = read(mail(b"\0" * 4096))
    assert (found.sender.address, found.subject, found.text) == (
        "ana@school.example",
        "The printer jams",
        "",
    )


def test_a_rule_of_ours_that_fails_makes_one_mail_unreadable(monkeypatch):
    """Whatever goes wrong inside, the reason is one safe line."""

    def fails(*_: object) -> None:
        raise IndexError("list\nindex \x1b[31m")

    monkeypatch.setattr(reader_module, "read_body", fails)
    with pytest.raises(UnreadableMail, match=r"^reading failed with IndexError: list index \[31m$"):
        read(mail())


def test_a_mail_beyond_the_limits_says_so():
    """The start of it is read."""
    found = read(mail("word " * 1000), Limits(text_chars=100))
    assert (
        len(found.text) <= 100,
        "only the first 100 characters of the text are kept" in found.defects,
    ) == (True, True)


def test_only_the_start_of_a_huge_mail_is_read():
    """And the rest of it is left."""
    found = read(mail("word " * 1_000_000), Limits(message=1024 * 1024))
    assert "only the first 1 MiB were read" in found.defects
