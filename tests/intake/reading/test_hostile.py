"""Mail made to hang or to exhaust its reader: everything takes well under two seconds."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from intake.reading.reader import read_strictly
from tests.intake.reading.bounces.reports import notice, report
from tests.intake.reading.builders import b64, mail, multipart, part
from tests.intake.reading.tnef_builders import (
    attribute,
    file,
    outlook_mail,
    properties,
    sized,
    tnef,
)

MANY = 100_000
HOSTILE = {
    "13,500 recipients": lambda: mail(
        To=", ".join(f'"Person {i}" <p{i}@school.example>' for i in range(13_500))
    ),
    "a megabyte of blanks in To": lambda: mail(To=" " * 1_000_000 + "a@b.example"),
    "quotes in To": lambda: mail(To='"' * MANY),
    "commas in To": lambda: mail(To="a," * MANY),
    "brackets in From": lambda: mail(From="<(" * MANY),
    "openings of encoded words": lambda: mail(Subject="=?" * MANY),
    "encoded words without end": lambda: mail(Subject="=?utf-8?q?a?=C3" * MANY),
    "an endless Message-ID": lambda: mail(Message_ID="<" + "a" * 900_000),
    "references without end": lambda: mail(References="a" * 900_000),
    "brackets in References": lambda: mail(References="<" * 900_000),
    "an endless date": lambda: mail(Date="1 " * MANY),
    "parameters": lambda: mail(Content_Type="text/plain; " + 'a="' * MANY),
    "200,000 headers": lambda: b"X-A: y\r\n" * 200_000 + mail(),
    "200,000 different headers": lambda: (
        b"".join(b"X-%d: y\r\n" % i for i in range(200_000)) + mail()
    ),
    "200,000 broken headers": lambda: (
        b"From: a@b.example\r\n" + b"broken\r\nX-A: b\r\n" * MANY + mail()
    ),
    "a header of five megabytes": lambda: b"From: a@b.example\r\n" + b"A" * 5_000_000,
    "folds": lambda: b"From: a@b.example\r\nSubject: x" + b"\r\n y" * MANY + b"\r\n\r\nx",
    "20 MB of CR": lambda: b"From: a@b.example\r" + b"\r" * 20_000_000,
    "24 MB of empty lines": lambda: mail("") + b"\r\n" * 12_000_000,
    "1,500 levels": lambda: (
        b"From: a@b.example\r\n"
        + b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i)
            for i in range(1_500)
        )
    ),
    "3,000 mails in each other": lambda: (
        b"From: a@b.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3_000
    ),
    "20,000 parts": lambda: multipart("mixed", *[part(str(i)) for i in range(20_000)]),
    "20,000 attachments": lambda: multipart(
        "mixed", *[part("x", Content_Type="a/b; name=c") for _ in range(20_000)]
    ),
    "lines of dashes": lambda: mail(
        b"--x\r\n" * 3_000_000, Content_Type="multipart/mixed; boundary=b"
    ),
    "closing boundaries": lambda: mail(
        b"--b\r\n\r\n" + b"--b--\r\n" * 2_000_000, Content_Type="multipart/mixed; boundary=b"
    ),
    "300 parts of strange bytes": lambda: multipart(
        "mixed", *[part(b"\xe4\x81 \xff" * 2_000) for _ in range(300)]
    ),
    "900 headers of strange bytes": lambda: (
        b"".join(b"X-%d: \x81\xff\xe4\r\n" % i for i in range(900)) + mail()
    ),
    "padding in base64": lambda: mail(b"=aa" * 300_000, Content_Transfer_Encoding="base64"),
    "a line of five megabytes": lambda: mail("a" * 5_000_000),
    "accents": lambda: mail("a" + "\u0300\u0316" * MANY),
    "colons": lambda: mail(":\n" * MANY),
    "attributions": lambda: mail("On 2026-11-11 10:10 a@b.example wrote\n" * 20_000),
    "fields": lambda: mail("Subject:\nTo:\nCc:\n" * 50_000),
    "dashes": lambda: mail(("-" * 398 + "x\n") * 2_000),
    "quotes": lambda: mail("> \n" * MANY),
    "tags without end": lambda: mail("<b " * MANY, Content_Type="text/html"),
    "a tag of 300 KB": lambda: mail("<b " * MANY + ">", Content_Type="text/html"),
    "nested elements": lambda: mail("<div>" * MANY, Content_Type="text/html"),
    "nested lists": lambda: mail("<ul><li>x" * MANY, Content_Type="text/html"),
    "nested tables": lambda: mail("<table><tr><td>x" * 50_000, Content_Type="text/html"),
    "nested quotes": lambda: mail("<blockquote>x" * 50_000, Content_Type="text/html"),
    "end tags": lambda: mail("<i>" * MANY + "</td>" * MANY, Content_Type="text/html"),
    "a wide table": lambda: mail(
        "<table><tr><td>" + "x " * MANY + "<td>y" + "<tr><td>a<td>b" * 20_000,
        Content_Type="text/html",
    ),
    "quotes in tags": lambda: mail('<b ">' * MANY, Content_Type="text/html"),
    "comments": lambda: mail("<!-- <" * MANY, Content_Type="text/html"),
    "style sheets": lambda: mail("<style>" * MANY, Content_Type="text/html"),
    "entities": lambda: mail("&" * 900_000 + "&#" + "9" * 9_000 + ";", Content_Type="text/html"),
    "winmail.dat with four billion properties": lambda: outlook_mail(
        tnef(attribute(1, 0x9003, b"\xff" * 4 + bytes(3_000_000)))
    ),
    "winmail.dat with 200,000 files": lambda: outlook_mail(tnef(file("a.txt", b"") * 200_000)),
    "winmail.dat with a million properties": lambda: outlook_mail(
        tnef(
            file("a", b"", *[sized(0x1E, 0x3707, b"a")] * 2_000) * 500,
        )
    ),
    "60 winmail.dats of nested tables": lambda: multipart(
        "mixed",
        *[
            part(
                tnef(
                    attribute(
                        1, 0x9003, properties(sized(0x102, 0x1013, b"<table><tr><td>x" * 9_000))
                    )
                ),
                Content_Type="application/ms-tnef",
            )
            for _ in range(60)
        ],
    ),
    "RTF that is nothing but braces": lambda: mail(
        b"{\\rtf1" + b"{" * 900_000, Content_Type="text/rtf"
    ),
    "200 invitations": lambda: multipart(
        "mixed",
        *[
            part("BEGIN:VEVENT\n" + "A;b=c:d\n" * 20_000, Content_Type="text/calendar")
            for _ in range(200)
        ],
    ),
    "beginnings of uuencoded files": lambda: mail("begin 644 a\n" * 80_000),
    "beginnings of encrypted blocks": lambda: mail("-----BEGIN PGP MESSAGE-----\n" * 35_000),
    "900 attached mails": lambda: multipart(
        "mixed",
        *[part(mail("words " * 5_000), Content_Type="message/rfc822") for _ in range(900)],
    ),
    "20 attached mails of nested tables": lambda: multipart(
        "mixed",
        *[
            part(
                mail("<table><tr><td>x" * 6_000, Content_Type="text/html"),
                Content_Type="message/rfc822",
            )
            for _ in range(20)
        ],
    ),
    "attached mails in each other, ten million dashes": lambda: (
        b"From: a@b.example\r\n"
        + b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n" * 10
        + b"\r\n"
        + b"--x\r\n" * 2_000_000
    ),
    "a report of addresses": lambda: notice(("a@" + "b." * 90 + "\n") * 3_000),
    "a report of words without end": lambda: notice(
        "The address to which the message has not yet been delivered is\n" + "x" * 900_000
    ),
    "a report about a million recipients": lambda: report(
        "Final-Recipient: rfc822;a@b.example\nAction: relayed\n\n" * 200_000
    ),
    "300 parts of hidden HTML": lambda: multipart(
        "mixed",
        *[part("<p style='display:none'>x" * 2_000, Content_Type="text/html") for _ in range(300)],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_crafted_mail_is_read_in_time(name):
    """Two seconds is what any mail may take, on a machine that does other things as well."""
    raw = HOSTILE[name]()
    started = time.process_time()
    read_strictly(raw)
    assert time.process_time() - started < 2


def test_an_attachment_of_18_mb_costs_little_memory():
    """It is not decoded, and not copied more often than its mail."""
    raw = multipart(
        "mixed",
        part("See attached."),
        part(b64(bytes(18_000_000)), Content_Transfer_Encoding="base64", Content_Type="a/b"),
    )
    tracemalloc.start()
    found = read_strictly(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.attachments[0].size, peak < 5_000_000) == (18_000_000, True)
