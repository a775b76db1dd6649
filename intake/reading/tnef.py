"""What is inside Outlook's winmail.dat: the text, the attachments, the mails among these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from mimetypes import MimeTypes
from struct import Struct, error

from intake.reading.charset import Decoder
from intake.reading.headers import clean
from intake.reading.rtf import inflate, words_of
from store.records import AttachmentInfo
from store.rules.tnef import (
    ATTACHMENT,
    DATA,
    DEEPEST,
    LONG,
    NEXT_ATTACHMENT,
    OBJECT,
    SIGNATURE,
    STRING,
    TIME,
    UNICODE,
    Walk,
)

#: Attributes of the message and of its attachments (section 2.1.3.2).
_FROM, _SUBJECT_LINE, _SENT, _BODY, _PROPERTIES, _CODE_PAGE = (
    *(0x8000, 0x8004, 0x8005),
    *(0x800C, 0x9003, 0x9007),
)
_TITLE = 0x8010
_OF_FILES = frozenset((_TITLE, DATA, ATTACHMENT))
#: Properties (MS-OXPROPS).
_TEXT, _HTML, _RTF, _INTERNET_CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _MIME_TYPE = 0x3707, 0x3704, 0x3001, 0x370E
_SUBJECT, _TO, _CC, _SENT_AT = 0x0037, 0x0E04, 0x0E03, 0x0039
#: Whoever sent it: on whose behalf, and then who really did; names, and where they are reached.
_SENDERS = (0x0042, 0x0C1A)
_ADDRESSES = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_STRINGS = frozenset((_SUBJECT, _TO, _CC, *_SENDERS, *_ADDRESSES))
_FILE_TIME = Struct("<Q")
_TIME_OF_DAY = Struct("<6H")
_LENGTHS = Struct("<4H")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
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
    head: list[str] = field(default_factory=list)
    """Who sent it, to whom, when, about what: lines as above any forwarded mail."""
    mails: list[Unpacked] = field(default_factory=list)
    """The mails attached to it."""

    def all_files(self) -> Iterator[AttachmentInfo]:
        """Yield what is attached, and then what is attached to the mails in it."""
        yield from self.files
        for mail in self.mails:
            yield from mail.all_files()


@dataclass(slots=True)
class _File:
    title: str = ""
    names: dict[int, str] = field(default_factory=dict)
    type: str = ""
    size: int = 0
    mail: tuple[int, int] | None = None
    """Its span, if it is one."""

    def info(self) -> AttachmentInfo:
        named = (self.names.get(key, "") for key in (_LONG_NAME, _SHORT_NAME))
        name = next(filter(None, named), "") or self.title or self.names.get(_DISPLAY_NAME, "")
        name = clean(name.replace("\\", "/").rpartition("/")[2])[-_MOST_NAME_CHARS:]
        kind = self.type or _KNOWN_TYPES.guess_type(f"x.{name.rpartition('.')[2]}")[0]
        return AttachmentInfo(
            name or "attachment.bin", clean(kind or "application/octet-stream")[:100], self.size
        )


def unpack(data: bytes, decoder: Decoder, most_files: int, depth: int = 0) -> Unpacked | None:
    """Return what ``data`` holds; None if it is not of this format. Never raises."""
    if not data.startswith(SIGNATURE):
        return None
    reader = _Reader(data, decoder, most_files)
    damaged = False
    try:
        reader.walk()
    except (error, ValueError, IndexError, OverflowError):
        # It ends in the middle, or a length is nonsense: what came before is good.
        decoder.defects.append("a damaged winmail.dat")
        damaged = True
    found = reader.result(damaged=damaged)
    if depth < DEEPEST:
        spans = [file.mail for file in reader.files if file.mail]
        mails = (unpack(data[start:end], decoder, most_files, depth + 1) for start, end in spans)
        found.mails = [mail for mail in mails if mail is not None]
    return found


class _Reader:
    def __init__(self, data: bytes, decoder: Decoder, most_files: int) -> None:
        self.data = data
        self.decoder = decoder
        self.most_files = most_files
        self.charset = "cp1252"
        self.found: dict[int, bytes] = {}
        self.types: dict[int, int] = {}
        self.said: dict[int, str] = {}
        self.sent_at: datetime | None = None
        self.html_charset = ""
        self.files: list[_File] = []
        self.steps = Walk(data)

    def walk(self) -> None:
        for name, start, end in self.steps.attributes():
            if name == NEXT_ATTACHMENT or (self.files and name in _OF_FILES):
                self.attached(name, start, end)
            else:
                self.attribute(name, start, end)

    def attribute(self, name: int, start: int, end: int) -> None:
        if name == _CODE_PAGE:
            self.charset = _codec(LONG.unpack_from(self.data, start)[0])
        elif name == _BODY:
            self.found.setdefault(_TEXT, self.data[start : min(end, start + _MOST_TEXT)])
        elif name == _PROPERTIES:
            for key, kind, first, last in self.steps.properties(start, end):
                self.message(key, kind, first, last)
        elif name == _SUBJECT_LINE:
            self.said.setdefault(_SUBJECT, self.string(STRING, start, end))
        elif name == _SENT:
            year, month, day, hour, minute, second = _TIME_OF_DAY.unpack_from(self.data, start)
            sent_at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
            self.sent_at = self.sent_at or sent_at
        elif name == _FROM:
            _, _, name_length, address_length = _LENGTHS.unpack_from(self.data, start)
            middle = start + _LENGTHS.size + name_length
            self.said.setdefault(_SENDERS[1], self.string(STRING, middle - name_length, middle))
            address = self.string(STRING, middle, min(end, middle + address_length))
            self.said.setdefault(_ADDRESSES[3], address.rpartition(":")[2])

    def attached(self, name: int, start: int, end: int) -> None:
        if name == NEXT_ATTACHMENT:
            if len(self.files) < self.most_files:
                self.files.append(_File())
        elif name == _TITLE:
            self.files[-1].title = self.string(STRING, start, end)
        elif name == DATA:
            self.files[-1].size = end - start
        elif name == ATTACHMENT:
            for key, kind, first, last in self.steps.properties(start, end):
                self.attachment(self.files[-1], key, kind, first, last)

    def message(self, key: int, kind: int, start: int, end: int) -> None:
        if key in {_TEXT, _HTML, _RTF}:
            self.found[key] = self.data[start : min(end, start + _MOST_TEXT)]
            self.types[key] = kind
        elif key == _INTERNET_CODE_PAGE:
            self.html_charset = _codec(LONG.unpack_from(self.data, start)[0])
        elif key in _STRINGS:
            self.said[key] = self.string(kind, start, end)
        elif key == _SENT_AT and kind == TIME:
            tenths = _FILE_TIME.unpack_from(self.data, start)[0]
            self.sent_at = _EPOCH + timedelta(microseconds=tenths // 10)

    def attachment(self, file: _File, key: int, kind: int, start: int, end: int) -> None:
        if key in {_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME}:
            file.names[key] = self.string(kind, start, end)
        elif key == _MIME_TYPE:
            file.type = self.string(kind, start, end).lower()
        elif key == OBJECT:
            file.size = end - start
            file.mail = self.steps.mail(start, end)
            if file.mail:
                file.size = end - file.mail[0]
                file.type = file.type or "application/vnd.ms-outlook"

    def string(self, kind: int, start: int, end: int) -> str:
        return self.decoded(self.data[start : min(end, start + 4 * _MOST_NAME_CHARS)], kind)

    def decoded(self, data: bytes, kind: int, charset: str = "") -> str:
        if kind == UNICODE:
            text = data[: len(data) & ~1].decode("utf-16-le", "replace")
        else:
            text = self.decoder.decode(data.rstrip(b"\0"), charset or self.charset)
        return text.rstrip("\0")

    def result(self, *, damaged: bool) -> Unpacked:
        text = html = ""
        if _TEXT in self.found:
            text = self.decoded(self.found[_TEXT], self.types.get(_TEXT, STRING))
        if _HTML in self.found:
            kind = self.types[_HTML]
            html = self.decoded(self.found[_HTML], kind, self.html_charset)
        if _RTF in self.found and not text.strip() and not html.strip():
            said, is_html = words_of(inflate(self.found[_RTF]), self.decoder)
            text, html = ("", said) if is_html else (said, "")
        return Unpacked(text, html, [file.info() for file in self.files], damaged, [*self.head()])

    def head(self) -> Iterator[str]:
        """Yield the lines above it."""
        said = {key: clean(value)[:_MOST_NAME_CHARS] for key, value in self.said.items()}
        name = next((said[key] for key in _SENDERS if said.get(key)), "")
        # Within Exchange an address is a path; nobody can be reached by that.
        address = next((said[key] for key in _ADDRESSES if "@" in said.get(key, "")), "")
        sender = f"{name} <{address}>" if name and name != address else f"<{address}>"
        yield from (f"From: {sender if address else name}",) if address or name else ()
        yield from (
            f"{kind}: {said[key]}" for kind, key in (("To", _TO), ("Cc", _CC)) if said.get(key)
        )
        yield from (f"Date: {format_datetime(self.sent_at)}",) if self.sent_at else ()
        yield from (f"Subject: {said[_SUBJECT]}",) if said.get(_SUBJECT) else ()


def _codec(code_page: int) -> str:
    return "utf-8" if code_page == _UTF_8 else f"cp{code_page}"
