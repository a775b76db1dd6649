"""What is inside Outlook's winmail.dat: the text and the attachments (MS-OXTNEF).

One walk over the attributes and one over each list of properties, both bounded, nothing
copied twice. (Measured: a library for the format counts to four billion where a crafted list
of properties says so, and copies the rest of the file for every attribute.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from mimetypes import MimeTypes
from struct import Struct, error

from intake.reading.charset import Decoder
from intake.reading.headers import clean
from intake.reading.rtf import inflate, words_of
from store.records import AttachmentInfo

TYPES = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_SIGNATURE = b"\x78\x9f\x3e\x22"
_ATTRIBUTE = Struct("<BHHI")
_LONG = Struct("<I")
_PROPERTY = Struct("<HH")
#: Attributes of the message and of its attachments (section 2.1.3.2).
_BODY, _PROPERTIES, _CODE_PAGE = 0x800C, 0x9003, 0x9007
_NEXT_ATTACHMENT, _TITLE, _DATA, _ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
#: Properties (MS-OXPROPS).
_TEXT, _HTML, _RTF, _INTERNET_CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
_MIME_TYPE, _OBJECT = 0x370E, 0x3701
#: Property types: bytes that a fixed one takes, and those that say how long they are.
_FIXED = {
    **dict.fromkeys((0x01, 0x02, 0x03, 0x04, 0x0A, 0x0B), 4),
    **dict.fromkeys((0x05, 0x06, 0x07, 0x14, 0x40), 8),
    0x48: 16,
}
_STRING, _UNICODE = 0x1E, 0x1F
_SIZED = frozenset((_STRING, _UNICODE, 0x0D, 0x102))
_MANY_VALUES, _NAMED = 0x1000, 0x8000
_MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
_MOST_ATTRIBUTES = 5_000
_MOST_PROPERTIES = 20_000
_MOST_NAME_CHARS = 200
_MOST_TEXT = 1024 * 1024
_UTF_8 = 65_001
#: Types by the end of a name, from no file of this machine.
_KNOWN_TYPES = MimeTypes(filenames=())


@dataclass(slots=True)
class Unpacked:
    """What came out."""

    text: str = ""
    """The plain text; "" if there is none."""
    html: str = ""
    files: list[AttachmentInfo] = field(default_factory=list)
    damaged: bool = False


@dataclass(slots=True)
class _File:
    title: str = ""
    names: dict[int, str] = field(default_factory=dict)
    type: str = ""
    size: int = 0

    def info(self) -> AttachmentInfo:
        named = (self.names.get(key, "") for key in (_LONG_NAME, _SHORT_NAME))
        name = next(filter(None, named), "") or self.title or self.names.get(_DISPLAY_NAME, "")
        name = clean(name.replace("\\", "/").rpartition("/")[2])[-_MOST_NAME_CHARS:]
        kind = self.type or _KNOWN_TYPES.guess_type(f"x.{name.rpartition('.')[2]}")[0]
        return AttachmentInfo(
            name or "attachment.bin", clean(kind or "application/octet-stream")[:100], self.size
        )


def unpack(data: bytes, decoder: Decoder, most_files: int) -> Unpacked | None:
    """Return what ``data`` holds; None if it is not of this format. Never raises."""
    if not data.startswith(_SIGNATURE):
        return None
    reader = _Reader(data, decoder, most_files)
    try:
        reader.walk()
    except (error, ValueError, IndexError):
        # It ends in the middle, or a length is nonsense: what came before is good.
        decoder.defects.append("a damaged winmail.dat")
        return reader.result(damaged=True)
    return reader.result(damaged=False)


class _Reader:
    def __init__(self, data: bytes, decoder: Decoder, most_files: int) -> None:
        self.data = data
        self.decoder = decoder
        self.most_files = most_files
        self.charset = "cp1252"
        self.found: dict[int, bytes] = {}
        self.types: dict[int, int] = {}
        self.html_charset = ""
        self.files: list[_File] = []
        self.left = _MOST_PROPERTIES

    def walk(self) -> None:
        offset = 6
        for _ in range(_MOST_ATTRIBUTES):
            if offset + _ATTRIBUTE.size > len(self.data):
                return
            _, name, _, length = _ATTRIBUTE.unpack_from(self.data, offset)
            start = offset + _ATTRIBUTE.size
            offset = start + length + 2
            self.attribute(name, start, min(start + length, len(self.data)))
            if start + length > len(self.data):
                raise ValueError("an attribute is longer than what is there")

    def attribute(self, name: int, start: int, end: int) -> None:
        if name == _NEXT_ATTACHMENT and len(self.files) < self.most_files:
            self.files.append(_File())
        elif name == _CODE_PAGE:
            self.charset = _codec(_LONG.unpack_from(self.data, start)[0])
        elif name == _BODY:
            self.found.setdefault(_TEXT, self.data[start : min(end, start + _MOST_TEXT)])
        elif name == _PROPERTIES:
            for key, kind, first, last in self.properties(start, end):
                self.message(key, kind, first, last)
        elif self.files and name == _TITLE:
            self.files[-1].title = self.string(_STRING, start, end)
        elif self.files and name == _DATA:
            self.files[-1].size = end - start
        elif self.files and name == _ATTACHMENT:
            for key, kind, first, last in self.properties(start, end):
                self.attachment(self.files[-1], key, kind, first, last)

    def properties(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield id, type, and span of the (first) value of each property in a list of them."""
        data = self.data
        offset = start + 4
        for _ in range(min(_LONG.unpack_from(data, start)[0], self.left)):
            if offset + _PROPERTY.size > end:
                return
            self.left -= 1
            kind, key = _PROPERTY.unpack_from(data, offset)
            offset += _PROPERTY.size
            if key >= _NAMED:
                by_string = _LONG.unpack_from(data, offset + 16)[0]
                length = _LONG.unpack_from(data, offset + 20)[0] if by_string else 0
                offset += 24 + length + -length % 4
            values = 1
            base = kind & ~_MANY_VALUES
            if base != kind or base in _SIZED:
                values = min(_LONG.unpack_from(data, offset)[0], max(self.left, 1))
                offset += 4
            self.left -= values - 1
            for place in range(values):
                if base in _SIZED:
                    length = _LONG.unpack_from(data, offset)[0]
                    offset += 4
                elif base in _FIXED:
                    length = _FIXED[base]
                else:
                    return  # where the next one begins is not known
                if offset + length > end:
                    raise ValueError("a property is longer than its list")
                if place == 0:
                    yield key, base, offset, offset + length
                offset += length + -length % 4

    def message(self, key: int, kind: int, start: int, end: int) -> None:
        if key in {_TEXT, _HTML, _RTF}:
            self.found[key] = self.data[start : min(end, start + _MOST_TEXT)]
            self.types[key] = kind
        elif key == _INTERNET_CODE_PAGE:
            self.html_charset = _codec(_LONG.unpack_from(self.data, start)[0])

    def attachment(self, file: _File, key: int, kind: int, start: int, end: int) -> None:
        if key in {_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME}:
            file.names[key] = self.string(kind, start, end)
        elif key == _MIME_TYPE:
            file.type = self.string(kind, start, end).lower()
        elif key == _OBJECT:
            file.size = end - start
            if self.data.startswith(_MESSAGE_OBJECT, start):
                file.size -= len(_MESSAGE_OBJECT)
                file.type = file.type or "application/vnd.ms-outlook"

    def string(self, kind: int, start: int, end: int) -> str:
        return self.decoded(self.data[start : min(end, start + 4 * _MOST_NAME_CHARS)], kind)

    def decoded(self, data: bytes, kind: int, charset: str = "") -> str:
        if kind == _UNICODE:
            text = data[: len(data) & ~1].decode("utf-16-le", "replace")
        else:
            text = self.decoder.decode(data.rstrip(b"\0"), charset or self.charset)
        return text.rstrip("\0")

    def result(self, *, damaged: bool) -> Unpacked:
        text = html = ""
        if _TEXT in self.found:
            text = self.decoded(self.found[_TEXT], self.types.get(_TEXT, _STRING))
        if _HTML in self.found:
            kind = self.types[_HTML]
            html = self.decoded(self.found[_HTML], kind, self.html_charset)
        if _RTF in self.found and not text.strip() and not html.strip():
            said, is_html = words_of(inflate(self.found[_RTF]), self.decoder)
            text, html = ("", said) if is_html else (said, "")
        return Unpacked(text, html, [file.info() for file in self.files], damaged)


def _codec(code_page: int) -> str:
    return "utf-8" if code_page == _UTF_8 else f"cp{code_page}"
