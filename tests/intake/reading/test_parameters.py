"""Parameters of Content-Type and Content-Disposition, RFC 2231 and what is sent instead."""

from __future__ import annotations

import pytest

from intake.reading.charset import Decoder
from intake.reading.parameters import parameter, read_value

CASES = {
    "plain": ("attachment; filename=a.pdf", "a.pdf"),
    "quoted": ('attachment; filename="a b.pdf"', "a b.pdf"),
    "quoted with a semicolon": ('attachment; filename="a;b.pdf"', "a;b.pdf"),
    "escaped quote": (r'attachment; filename="a\"b.pdf"', 'a"b.pdf'),
    "quote never closed": ('attachment; filename="a b.pdf', "a b.pdf"),
    "spaces around the equals sign": ("attachment; filename = a.pdf ", "a.pdf"),
    "upper case": ("ATTACHMENT; FILENAME=a.pdf", "a.pdf"),
    "RFC 2231": ("attachment; filename*=utf-8''%C3%9Cbersicht.pdf", "Übersicht.pdf"),
    "RFC 2231 with a language": (
        "attachment; filename*=iso-8859-1'de'%DCbersicht.pdf",
        "Übersicht.pdf",
    ),
    "RFC 2231 without a charset": ("attachment; filename*=%C3%9Cb.pdf", "Üb.pdf"),
    "RFC 2231 in pieces": (
        "attachment; filename*0*=utf-8''%C3%9C; filename*1*=bersicht; filename*2=.pdf",
        "Übersicht.pdf",
    ),
    "RFC 2231 in pieces out of order": ("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
    "one character over two pieces": (
        "attachment; filename*0*=utf-8''%C3; filename*1*=%9C.pdf",
        "Ü.pdf",
    ),
    "RFC 2231 before the plain one": ("attachment; filename=x; filename*=utf-8''y", "y"),
    "encoded word": ('attachment; filename="=?utf-8?Q?=C3=9Cb.pdf?="', "Üb.pdf"),
    "the first of two": ("attachment; filename=a; filename=b", "a"),
    "none": ("attachment", ""),
    "a quote within quotes": ('attachment; filename="a"b.pdf"; size=1', 'a"b.pdf'),
    "quotes and nothing behind": ('attachment; filename="a"b.pdf', "a"),
    "single quotes": ("attachment; filename='a b.pdf'", "a b.pdf"),
    "no semicolon": ("attachment filename=a.pdf", "a.pdf"),
    "encoded words cut into pieces": (
        'attachment; filename*0="=?UTF-8?Q?=F0=9F=98=8"; filename*1="1.docx?="',
        "😁.docx",
    ),
    "pieces that only look encoded": (
        "attachment; filename*0=\"a 'trick' b.\"; filename*1=eml",
        "a 'trick' b.eml",
    ),
    "a quote in the name": ("attachment; filename*=it's 100%.pdf", "it's 100%.pdf"),
}


@pytest.mark.parametrize("name", CASES)
def test_file_names(name):
    """Each form gives the name the sender's file had."""
    value, expected = CASES[name]
    main, parameters = read_value(value)
    assert (main, parameter(parameters, "filename", Decoder())) == ("attachment", expected)
