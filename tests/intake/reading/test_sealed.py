"""Encrypted and signed mail, as far as it can be read without keys."""

from __future__ import annotations

import pytest

from intake.reading.reader import read_strictly as read
from intake.reading.sealed import signed_content
from store.records import AttachmentInfo
from tests.intake.reading.builders import b64, mail, multipart, part

INNER = multipart(
    "mixed", part("Signed words."), part("%PDF", Content_Type="application/pdf; name=a.pdf")
)


def der(tag: int, content: bytes) -> bytes:
    """Return a value with its length in front."""
    size = len(content)
    head = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
    return bytes([tag]) + head + content


def ber(tag: int, content: bytes) -> bytes:
    """Return a value with its end behind it."""
    return bytes([tag]) + b"\x80" + content + b"\0\0"


SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
HEAD = der(0x02, b"\x01") + der(0x31, der(0x30, bytes.fromhex("0609608648016503040201")))
IN_ONE_PIECE = der(
    0x30,
    SIGNED + der(0xA0, der(0x30, HEAD + der(0x30, DATA + der(0xA0, der(0x04, INNER))) + b"\xa0\0")),
)
IN_PIECES = ber(
    0x30,
    SIGNED
    + ber(
        0xA0,
        ber(
            0x30,
            HEAD
            + ber(0x30, DATA + ber(0xA0, ber(0x24, der(0x04, INNER[:99]) + der(0x04, INNER[99:])))),
        ),
    ),
)


def smime(data: bytes) -> bytes:
    """Return a mail that is an S/MIME structure."""
    return mail(
        b64(data),
        Content_Type="application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
        Content_Transfer_Encoding="base64",
    )


@pytest.mark.parametrize("data", [IN_ONE_PIECE, IN_PIECES], ids=["DER", "BER"])
def test_what_is_only_signed_is_read(data):
    """Words and attachments, as Outlook shows them."""
    found = read(smime(data))
    assert found.text == "Signed words."
    assert found.attachments == (AttachmentInfo("a.pdf", "application/pdf", 4),)


@pytest.mark.parametrize(
    "data",
    [
        der(0x30, ENVELOPED + der(0xA0, bytes(40))),
        IN_ONE_PIECE[:30],
        b"",
        b"junk",
        der(0x30, SIGNED + DATA),
        der(0x30, SIGNED + DATA + b"\xa0"),
        der(0x30, SIGNED + DATA + b"\xa0\x80\x24\x80\x04"),
        der(0x30, SIGNED + DATA + b"\xa0\x80\x24\x80\x04\xff\xff"),
    ],
)
def test_what_is_encrypted_or_damaged_says_so(data):
    """In one line; the structure is attached."""
    found = read(smime(data))
    assert found.text == "[This mail is encrypted (S/MIME). It cannot be read here.]"
    assert [each.name for each in found.attachments] == ["smime.p7m"]


def test_signed_mail_in_signed_mail_ends():
    """However deep it is wrapped."""
    data = IN_ONE_PIECE
    for _ in range(10):
        data = der(
            0x30, SIGNED + der(0xA0, der(0x30, HEAD + DATA + der(0xA0, der(0x04, smime(data)))))
        )
    assert "It cannot be read here" in read(smime(data)).text
    assert signed_content(data)


def test_pgp_mime_says_so():
    """The two parts of RFC 3156 are attached."""
    raw = multipart(
        "encrypted",
        part("Version: 1", Content_Type="application/pgp-encrypted"),
        part("-----BEGIN PGP MESSAGE-----", Content_Type="application/octet-stream; name=a.asc"),
    )
    assert read(raw).text == "[This mail is encrypted (PGP). It cannot be read here.]"


ARMOUR = {
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nHello.\n- --\nAna\n"
    "-----BEGIN PGP SIGNATURE-----\n\niQ\n=abcd\n-----END PGP SIGNATURE-----\n": "Hello.\n--\nAna",
    "Hello\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\nbye": (
        "Hello\n[This mail is encrypted (PGP). It cannot be read here.]\nbye"
    ),
    "-----BEGIN PGP MESSAGE-----\nhQEM": "-----BEGIN PGP MESSAGE-----\nhQEM",
}


@pytest.mark.parametrize("text", ARMOUR)
def test_armour_is_taken_off(text):
    """Signed words are read without it, encrypted ones are one line."""
    assert read(mail(text)).text == ARMOUR[text]
