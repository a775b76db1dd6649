"""Which parts of a mail are its text, and that text.

Of alternatives the plain one is read, unless it is empty or only says to look at the other
one. Everything that is not text to be read is attached. An attached mail is an attachment,
unless the mail has no words of its own: then the attached mail is what it says.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from intake.reading.attachments import describe, file_name
from intake.reading.charset import Decoder
from intake.reading.flowed import unflow
from intake.reading.headers import text_of
from intake.reading.html import html_to_text
from intake.reading.limits import Limits
from intake.reading.marks import unmarked
from intake.reading.parameters import parameter
from intake.reading.parse import Part, parse
from intake.reading.transfer import decode_text, from_base64
from store.records import AttachmentInfo
from store.text import lines

#: Text types that are files, not something to read in place.
_FILES = {
    "text/calendar",
    "text/csv",
    "text/css",
    "text/directory",
    "text/javascript",
    "text/rfc822-headers",
    "text/rtf",
    "text/vcard",
    "text/x-amp-html",
    "text/x-vcard",
    "text/xml",
}
#: What a plain alternative says that is only there to point to the other one.
_STUB = re.compile(r"html|mime format|browser|navigateur|navegador|online version", re.IGNORECASE)
_LONGEST_STUB = 400
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_LOOKS_LIKE_HTML = re.compile(r"\s{0,100}(?:<!doctype html|<html\b|<head\b|<body\b)", re.IGNORECASE)
_BLANKS_AT_END = re.compile(r"[ \t\xa0](?:\n|\Z)")
_TAG = re.compile(r"</?[a-zA-Z!]")
_CARRYING = ("from", "to", "cc", "date", "subject")
#: Parts that hold the text of a mail where only its recipient's key reaches it.
_SEALED = frozenset(
    ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
)
_DEEPEST_MAIL = 5
_COMPOSED_AT_ONCE = 1_000


@dataclass(slots=True)
class Body:
    """The readable text of a mail and what is attached to it."""

    text: str = ""
    """With the ``marks`` that HTML left."""
    attachments: list[AttachmentInfo] = field(default_factory=list)


def read_body(raw: bytes, root: Part, decoder: Decoder, limits: Limits) -> Body:
    """Read the text and describe the attachments of the tree ``root`` of ``raw``."""
    reader = _Reader(raw, decoder, limits)
    text = reader.text_of(root)
    if not text.strip() and reader.shown:
        text = _joined([reader.leaf(part) for part in reader.shown])
    if not text.strip() and reader.mails:
        text = reader.carried(reader.mails[0], 0)
    if not text.strip() and any(file.type in _SEALED for file in reader.attachments):
        decoder.defects.append("the text is encrypted, or sealed by its signature")
    if len(text) > limits.text_chars:
        decoder.defects.append(
            f"only the first {limits.text_chars} characters of the text are kept"
        )
        text = text[: limits.text_chars]
    if not text.isascii():
        text = _composed(text)
    return Body(lines(text).strip("\n"), reader.attachments)


class _Reader:
    def __init__(self, raw: bytes, decoder: Decoder, limits: Limits) -> None:
        self.raw = raw
        self.decoder = decoder
        self.limits = limits
        self.attachments: list[AttachmentInfo] = []
        self.mails: list[Part] = []
        self.shown: list[Part] = []
        """Text files that are to be shown in place: the text of a mail without any other."""
        self.chars = 0
        self.bytes = 0

    def text_of(self, part: Part) -> str:
        """Return the text of a part and all below it, describing what is attached there."""
        if part.type.startswith("multipart/"):
            if part.type == "multipart/alternative":
                return self._best(part)
            return _joined([self.text_of(child) for child in part.children])
        if self._is_text(part):
            return self.leaf(part)
        self._attach(part)
        return ""

    def _best(self, part: Part) -> str:
        """Return the text of the alternative that says most in the plainest form."""
        plain = ""
        texts: list[tuple[Part, str]] = []
        for child in part.children:
            if plain and not _is_stub(plain):
                self._attach_files(child)
                continue
            text = self.text_of(child)
            if child.type == "text/plain" and not plain:
                plain = text
            texts.append((child, text))
        if plain.strip() and not _is_stub(plain):
            return plain
        rich = [text for child, text in texts if child.type != "text/plain" and text.strip()]
        return rich[-1] if rich else plain

    def _attach_files(self, part: Part) -> None:
        """Describe what is attached inside an alternative whose text is not needed."""
        for child in part.children:
            self._attach_files(child)
        if not part.children and not self._is_text(part):
            self._attach(part)

    def _is_text(self, part: Part) -> bool:
        kind = part.type
        if kind in _FILES or not kind.startswith("text/") or part.disposition == "attachment":
            return False
        if part.disposition_parameters.get("filename") or any(
            key.startswith("filename") for key in part.disposition_parameters
        ):
            return False
        return self.chars == 0 or not file_name(part, self.decoder)

    def _attach(self, part: Part) -> None:
        if part.type == "message/rfc822":
            self.mails.append(part)
        elif part.type == "text/plain" and part.disposition == "inline":
            self.shown.append(part)
        if len(self.attachments) < self.limits.attachments:
            self.attachments.append(describe(self.raw, part, self.decoder, self.limits))
        elif len(self.attachments) == self.limits.attachments:
            self.decoder.defects.append(f"more than {self.limits.attachments} attachments")

    def leaf(self, part: Part) -> str:
        """Return the text of one text part."""
        end = min(part.end, part.start + self.limits.text_bytes - self.bytes)
        if self.chars > self.limits.text_chars or end <= part.start:
            return ""
        self.bytes += end - part.start
        data = decode_text(self.raw[part.start : end], part.encoding)
        charset = parameter(part.parameters, "charset", self.decoder)
        if not charset and part.type == "text/html" and (meta := _META_CHARSET.search(data[:4096])):
            charset = meta[1].decode("ascii", "replace")
        text = self.decoder.decode(data, charset)
        if _LOOKS_LIKE_HTML.match(text) or (part.type == "text/html" and _TAG.search(text)):
            text = html_to_text(text)
        else:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            if part.parameters.get("format", "").lower() == "flowed":
                delete = part.parameters.get("delsp", "").lower() == "yes"
                text = unflow(text, delete_space=delete)
            if _BLANKS_AT_END.search(text):
                text = "\n".join([line.rstrip() for line in text.split("\n")])
        self.chars += len(text)
        return text

    def carried(self, part: Part, depth: int) -> str:
        """Return an attached mail as text: its main headers, then what it says."""
        raw, start, end = self.raw, part.start, part.end
        if part.encoding == "base64":
            raw = from_base64(raw[start:end])
            start, end = 0, len(raw)
        root = parse(raw, self.decoder, self.limits, start, end)
        fields = root.block.fields
        head = [
            f"{name.capitalize()}: {text_of(fields[name][0][:2000], self.decoder)}"
            for name in _CARRYING
            if name in fields
        ]
        inner = _Reader(raw, self.decoder, self.limits)
        text = inner.text_of(root)
        if not text.strip() and inner.mails and depth < _DEEPEST_MAIL:
            text = inner.carried(inner.mails[0], depth + 1)
        return "\n".join([*head, "", text.strip("\n")])


def _joined(texts: list[str]) -> str:
    """Join the texts of sibling parts; the same text in plain and in HTML is one text."""
    kept = [text.strip("\n") for text in texts if text.strip()]
    if len(kept) > 1:
        kept = list({" ".join(unmarked(text).split()): text for text in reversed(kept)}.values())[
            ::-1
        ]
    return "\n\n".join(kept)


def _is_stub(text: str) -> bool:
    """Say whether a plain alternative only points to the HTML one."""
    text = text.strip()
    return not text or (len(text) <= _LONGEST_STUB and bool(_STUB.search(text)))


def _composed(text: str) -> str:
    """Return text with letters and accents as one, which some programs write apart.

    Piece by piece: normalising takes time in the square of a run of accents.
    """
    pieces = range(0, len(text), _COMPOSED_AT_ONCE)
    return "".join(
        unicodedata.normalize("NFC", text[start : start + _COMPOSED_AT_ONCE]) for start in pieces
    )
