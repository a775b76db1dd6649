"""Bytes to text, whatever their charset says or does not say."""

from __future__ import annotations

import pytest

from intake.reading.charset import Decoder, codec_of
from intake.reading.limits import Limits

GERMAN = "Der Drücker im Büro klemmt, die Gäste müssen wählen."
RUSSIAN = "Принтер на третьем этаже снова не печатает, помогите пожалуйста, у нас экзамен."
JAPANESE = "三階のプリンタが動きません。試験の問題が印刷できません。"

CASES = {
    "declared": (GERMAN.encode("latin-1"), "iso-8859-1", GERMAN),
    "declared with quotes and blanks": (GERMAN.encode("latin-1"), ' "ISO-8859-1" ', GERMAN),
    "latin-1 is Windows-1252": ("„so“ – €".encode("cp1252"), "iso-8859-1", "„so“ – €"),
    "gb2312 is GB18030": ("镕".encode("gb18030"), "gb2312", "镕"),
    "ks_c_5601": ("프린터".encode("cp949"), "ks_c_5601-1987", "프린터"),
    "big5": ("印表機".encode("big5"), "big5", "印表機"),
    "hebrew, logical order": ("מדפסת".encode("iso8859_8"), "iso-8859-8-i", "מדפסת"),
    "iso-2022-jp": (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE),
    "iso-2022-jp with vendor characters": (b"\x1b$B-!\x1b(B", "iso-2022-jp", "①"),
    "iso-2022-jp, half-width kana": (b"\x1b(I1234\x1b(B", "iso-2022-jp", "ｱｲｳｴ"),
    "iso-2022-jp undeclared": (JAPANESE.encode("iso2022_jp"), "", JAPANESE),
    "utf-8 undeclared": (GERMAN.encode(), "", GERMAN),
    "utf-8 declared as ASCII": (GERMAN.encode(), "us-ascii", GERMAN),
    "utf-8 under an unknown name": (GERMAN.encode(), "utf8mb5", GERMAN),
    "utf-8 with its mark": (b"\xef\xbb\xbf" + GERMAN.encode(), "utf-8", GERMAN),
    "utf-16 with its mark": (GERMAN.encode("utf-16"), "", GERMAN),
    "utf-7": (b"Dr+APw-cker", "utf-7", "Drücker"),
    "one bad byte in utf-8": (GERMAN.encode() + b"\x96", "utf-8", GERMAN + "–"),
    "windows-1252 undeclared": (GERMAN.encode("cp1252"), "", GERMAN),
    "cyrillic undeclared": (RUSSIAN.encode("cp1251"), "", RUSSIAN),
    "utf-8 declared, really windows-1252": (GERMAN.encode("cp1252"), "utf-8", GERMAN),
    "utf-8 declared as Western": (GERMAN.encode(), "iso-8859-1", GERMAN),
    "Western that is no UTF-8": ("Ã-b ¼".encode("cp1252"), "windows-1252", "Ã-b ¼"),
    "no charset of mail": (b"\\u001b[31m", "unicode_escape", "\\u001b[31m"),
    "nothing": (b"", "utf-8", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_bytes_become_the_text_that_was_meant(name):
    """Declared charset, else UTF-8, else a guess: the text is right."""
    data, declared, meant = CASES[name]
    assert Decoder().decode(data, declared) == meant


def test_every_byte_has_its_place():
    """Bytes that are text in no charset are salvaged, none is dropped."""
    assert len(Decoder(Limits(guesses=0)).decode(bytes(range(256)))) == 256


def test_a_mails_own_charset_is_tried_before_guessing():
    """Raw 8-bit headers are mostly in the charset of the body."""
    decoder = Decoder()
    decoder.fall_back_to("koi8-r")
    assert decoder.decode("Тест".encode("koi8-r")) == "Тест"


def test_what_was_wrong_is_noted_once():
    """An unknown charset is a defect, once however often it comes."""
    decoder = Decoder()
    decoder.decode(b"\xc3\xbc", "x-nonsense")
    decoder.decode(b"\xc3\xbc", "x-nonsense")
    assert decoder.defects == ["unknown charset 'x-nonsense'"]


@pytest.mark.parametrize(
    "name",
    ["punycode", "idna", "rot13", "base64", "zlib", "undefined", "raw_unicode_escape", "x" * 99],
)
def test_codecs_that_are_no_charsets_are_out_of_reach(name):
    """A header cannot make Python decode with something that is no charset."""
    assert not codec_of(name)
