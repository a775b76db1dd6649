"""winmail.dat, byte by byte (MS-OXTNEF)."""

from __future__ import annotations

from struct import pack

from tests.intake.reading.builders import b64, multipart, part

MESSAGE, ATTACHMENT = 1, 2
BODY, PROPERTIES, CODE_PAGE, TITLE, DATA = 0x800C, 0x9003, 0x9007, 0x8010, 0x800F
NEXT_ATTACHMENT, ATTACHMENT_PROPERTIES = 0x9002, 0x9005
STRING, UNICODE, BINARY, LONG, OBJECT = 0x1E, 0x1F, 0x102, 0x03, 0x0D
MAIL_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
#: The compressed example of MS-OXRTFCP section 3.1.1.
RTF = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
    "2068656c090020627705b06c647d0a800fa0"
)


def attribute(level: int, name: int, data: bytes, length: int | None = None) -> bytes:
    """Return an attribute; ``length`` is what it claims, if not the truth."""
    size = len(data) if length is None else length
    return pack("<BHHI", level, name, 6, size) + data + pack("<H", sum(data) & 0xFFFF)


def tnef(*attributes: bytes) -> bytes:
    """Return a whole file."""
    code_page = attribute(MESSAGE, CODE_PAGE, pack("<II", 1252, 0))
    return pack("<IH", 0x223E9F78, 1) + code_page + b"".join(attributes)


def properties(*each: bytes) -> bytes:
    """Return a list of properties."""
    return pack("<I", len(each)) + b"".join(each)


def sized(kind: int, key: int, data: bytes) -> bytes:
    """Return a property that says how long it is."""
    return pack("<HHII", kind, key, 1, len(data)) + data + bytes(-len(data) % 4)


def number(key: int, value: int) -> bytes:
    """Return a property that is a number."""
    return pack("<HHI", LONG, key, value)


def file(name: str, data: bytes, *more: bytes) -> bytes:
    """Return the attributes of an attached file; ``more`` are properties of it."""
    return (
        attribute(ATTACHMENT, NEXT_ATTACHMENT, bytes(14))
        + attribute(ATTACHMENT, TITLE, name.encode("cp1252") + b"\0")
        + attribute(ATTACHMENT, DATA, data)
        + (attribute(ATTACHMENT, ATTACHMENT_PROPERTIES, properties(*more)) if more else b"")
    )


def embedded(name: str, mail: bytes) -> bytes:
    """Return the attributes of an attached mail, itself a whole file of this format."""
    as_object = sized(OBJECT, 0x3701, MAIL_OBJECT + mail)
    return attribute(ATTACHMENT, NEXT_ATTACHMENT, bytes(14)) + attribute(
        ATTACHMENT,
        ATTACHMENT_PROPERTIES,
        properties(as_object, sized(STRING, 0x3001, name.encode() + b"\0")),
    )


def tnef_part(data: bytes) -> bytes:
    """Return a part that is a winmail.dat."""
    return part(
        b64(data),
        Content_Type='application/ms-tnef; name="winmail.dat"',
        Content_Transfer_Encoding="base64",
    )


def outlook_mail(data: bytes, text: str = "") -> bytes:
    """Return a mail that carries a winmail.dat."""
    return multipart("mixed", part(text), tnef_part(data))
