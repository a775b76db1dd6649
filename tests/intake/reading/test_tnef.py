"""Outlook's winmail.dat."""

from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tnefparse import TNEF

from intake.reading.charset import Decoder
from intake.reading.forwarded import forwarded_from
from intake.reading.reader import read_strictly as read
from intake.reading.tnef import unpack
from store.records import Address, AttachmentInfo
from store.rules.tnef import files
from tests.intake.reading.tnef_builders import (
    BINARY,
    BODY,
    MESSAGE,
    PROPERTIES,
    RTF,
    STRING,
    UNICODE,
    attribute,
    embedded,
    file,
    number,
    outlook_mail,
    properties,
    sized,
    tnef,
)

LETTER = tnef(
    attribute(MESSAGE, BODY, b"The printer jams.\r\n\0"),
    file("plan.xls", b"12345"),
    file(
        "BERICH~1.PDF",
        b"%PDF",
        sized(UNICODE, 0x3707, "Bericht Übersicht.pdf\0".encode("utf-16-le")),
    ),
)


def test_its_files_are_attached_to_the_mail():
    """Under their long names, in place of the winmail.dat."""
    assert read(outlook_mail(LETTER, "See attached.")).attachments == (
        AttachmentInfo("plan.xls", "application/vnd.ms-excel", 5),
        AttachmentInfo("Bericht Übersicht.pdf", "application/pdf", 4),
    )


def test_its_text_is_the_mails_where_that_has_none():
    """And only there: usually it is the same text again."""
    assert read(outlook_mail(LETTER)).text == "The printer jams."
    assert read(outlook_mail(LETTER, "Words.")).text == "Words."


BODIES = {
    "an attribute": attribute(MESSAGE, BODY, b"Gr\xfc\xdfe"),
    "a property": attribute(
        MESSAGE, PROPERTIES, properties(sized(STRING, 0x1000, b"Gr\xfc\xdfe\0"))
    ),
    "in Unicode": attribute(
        MESSAGE, PROPERTIES, properties(sized(UNICODE, 0x1000, "Grüße\0".encode("utf-16-le")))
    ),
    "behind numbers and named properties": attribute(
        MESSAGE,
        PROPERTIES,
        properties(
            number(0x0017, 1),
            pack("<HH", 0x03, 0x8001) + bytes(16) + pack("<III", 0, 7, 9),
            pack("<HH", 0x03, 0x8002)
            + bytes(16)
            + pack("<II", 1, 6)
            + b"N\0a\0\0\0\0\0"
            + pack("<I", 1),
            pack("<HHI", 0x1003, 0x0042, 2) + pack("<II", 1, 2),
            sized(STRING, 0x1000, b"Gr\xfc\xdfe"),
        ),
    ),
    "HTML": attribute(
        MESSAGE,
        PROPERTIES,
        properties(number(0x3FDE, 65001), sized(BINARY, 0x1013, "<p>Grüße".encode())),
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_where_the_text_stands(name):
    """Wherever Outlook put it, in its charset."""
    assert read(outlook_mail(tnef(BODIES[name]))).text == "Grüße"


def test_compressed_rtf_is_the_last_resort():
    """Exchange writes nothing else at times."""
    packed = attribute(MESSAGE, PROPERTIES, properties(sized(BINARY, 0x1009, RTF)))
    assert read(outlook_mail(tnef(packed))).text == "hello world"


def test_files_are_found_as_the_library_finds_them():
    """An independent reader of the format sees the same."""
    library = TNEF(LETTER)
    found = unpack(LETTER, Decoder(), 10)
    assert found is not None
    assert [(each.name, each.size) for each in found.files] == [
        (each.long_filename().strip("\0"), len(each.data)) for each in library.attachments
    ]


PACKED_MAIL = tnef(
    attribute(
        MESSAGE,
        PROPERTIES,
        properties(
            sized(UNICODE, 0x0037, "Übersicht\0".encode("utf-16-le")),
            sized(STRING, 0x0C1A, b"Grace Hopper\0"),
            sized(STRING, 0x0C1F, b"/O=SCHOOL/CN=GRACE\0"),
            sized(STRING, 0x5D01, b"grace@maths.example\0"),
            sized(STRING, 0x0E04, b"Ben Okafor\0"),
            pack("<HHQ", 0x40, 0x0039, 134_399_041_200_000_000),
            sized(BINARY, 0x1013, b"<p>Please help.</p>"),
        ),
    ),
    file("plan.xls", b"12345"),
    embedded("Deeper", tnef(attribute(MESSAGE, BODY, b"Deeper words."))),
)


def test_a_mail_in_it_is_read_as_an_attached_mail_is():
    """Who wrote it, when, about what, what it says, what is attached; and the mail in that."""
    found = read(outlook_mail(tnef(embedded("Übersicht", PACKED_MAIL)), "For you."))
    assert found.text == (
        "For you.\n\n---------- Forwarded message ----------\n"
        "From: Grace Hopper <grace@maths.example>\nTo: Ben Okafor\n"
        "Date: Mon, 23 Nov 2026 10:42:00 +0000\nSubject: Übersicht\n\nPlease help.\n\n"
        "---------- Forwarded message ----------\nDeeper words."
    )
    assert found.attachments[0].size == len(PACKED_MAIL)
    assert [each.name for each in found.attachments][1:] == ["plan.xls", "Deeper"]
    assert forwarded_from("", found.reply) == Address("Grace Hopper", "grace@maths.example")


def test_who_sent_a_mail_in_it_may_stand_in_older_attributes():
    """Of the time before properties."""
    name, address = b"Grace Hopper\0", b"SMTP:grace@maths.example\0"
    sender = pack("<4H", 4, 0, len(name), len(address)) + name + address
    mail = tnef(
        attribute(MESSAGE, 0x8000, sender),
        attribute(MESSAGE, 0x8004, b"Plans\0"),
        attribute(MESSAGE, 0x8005, pack("<7H", 2026, 11, 23, 10, 42, 0, 1)),
        attribute(MESSAGE, BODY, b"Please help."),
    )
    found = read(outlook_mail(tnef(embedded("Plans", mail)), "For you."))
    assert found.text.endswith(
        "From: Grace Hopper <grace@maths.example>\nDate: Mon, 23 Nov 2026 10:42:00 +0000\n"
        "Subject: Plans\n\nPlease help."
    )


DAMAGED = {
    "cut": LETTER[:-3],
    "a length that is not there": tnef(attribute(MESSAGE, BODY, b"x", 4_000_000_000)),
    "four billion properties": tnef(attribute(MESSAGE, PROPERTIES, b"\xff" * 4)),
    "four billion values": tnef(
        attribute(MESSAGE, PROPERTIES, properties(pack("<HHI", 0x101E, 0x1000, 0xFFFFFFFF)))
    ),
    "only its signature": b"\x78\x9f\x3e\x22",
    "a date that is none": tnef(attribute(MESSAGE, 0x8005, pack("<7H", 0, 99, 1, 0, 0, 0, 0))),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files_are_described_as_they_are(name):
    """What came before the damage is read, and the winmail.dat stays an attachment."""
    found = read(outlook_mail(DAMAGED[name], "Words."))
    names = [each.name for each in found.attachments]
    assert (found.text, names[-1]) == ("Words.", "winmail.dat")
    assert ("plan.xls" in names) == (name == "cut")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(LETTER)), st.integers(0, 20))
def test_any_bytes_in_it(junk, at, cut):
    """Nothing raises."""
    unpack(LETTER[:at] + junk + LETTER[at + cut :], Decoder(), 10)
    unpack(b"\x78\x9f\x3e\x22\0\0" + junk, Decoder(), 10)
    packed = PACKED_MAIL[:at] + junk + PACKED_MAIL[at + cut :]
    unpack(tnef(embedded("x", packed)), Decoder(), 10)
    files(packed)
