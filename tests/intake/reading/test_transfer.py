"""Transfer encodings, whole and broken."""

from __future__ import annotations

import base64

import pytest

from intake.reading.transfer import decode_text, decoded_size, encoding_of

TEXT = b"Der Drucker klemmt.\r\nBitte helfen!\r\n"
B64 = base64.encodebytes(TEXT)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("base64", "base64"),
        (" BASE64 ", "base64"),
        ('"base64"', "base64"),
        ("Quoted-Printable", "quoted-printable"),
        ("7bit", ""),
        ("8bit", ""),
        ("binary", ""),
        ("x-unknown", ""),
        ("", ""),
    ],
)
def test_names_of_encodings(value, expected):
    """The two that encode are known in every spelling; all others are none."""
    assert encoding_of(value) == expected


@pytest.mark.parametrize(
    "sent",
    [
        B64,
        B64.replace(b"\n", b"\r\n"),
        B64.replace(b"\n", b""),
        B64.replace(b"=", b""),
        B64[:20] + b"\n\n" + B64[20:],
        B64[:8] + b"!*" + B64[8:],
        b" " + B64,
        base64.b64encode(TEXT[:10]) + b"\n" + base64.b64encode(TEXT[10:]),
    ],
)
def test_base64_in_every_state(sent):
    """Missing padding, padding in the middle, noise and blanks do not lose text."""
    assert decode_text(sent, "base64") == TEXT


def test_text_that_is_not_base64_though_it_says_so():
    """It stays as it is."""
    assert (
        decode_text(b"This is plain, really.\nYes.\n", "base64")
        == b"This is plain, really.\nYes.\n"
    )


def test_a_footer_behind_base64_is_kept():
    """Mailing lists append theirs in plain text."""
    footer = b"_______\nThe list, at https://list.example\n"
    assert decode_text(B64 + footer, "base64") == TEXT + b"\n" + footer


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"a=C3=BC=\r\nb", b"a\xc3\xbcb"),
        (b"a= \r\nb", b"ab"),
        (b"100 % = alles", b"100 % = alles"),
        (b"=XY=3", b"=XY=3"),
        (b"end=", b"end"),
        (b"=c3=bc", b"\xc3\xbc"),
    ],
)
def test_quoted_printable_in_every_state(sent, expected):
    """Soft breaks with blanks behind them, bare equals signs and lower case."""
    assert decode_text(sent, "quoted-printable") == expected


@pytest.mark.parametrize("size", [0, 1, 2, 3, 56, 57, 58, 1000])
@pytest.mark.parametrize("break_", [b"\n", b"\r\n"])
def test_the_size_of_base64_is_known_without_decoding(size, break_):
    """It is exact for whole base64."""
    raw = b"head" + base64.encodebytes(bytes(size)).replace(b"\n", break_) + b"tail"
    assert decoded_size(raw, 4, len(raw) - 4, "base64") == size
