"""One walk over the parts of a mail: which are its text, and what is everything else.

Of alternatives the plain one is read, unless it is empty or only says to look at the other
one. Everything that is not text to be read is attached; of what is attached that says
something itself (attached mails, invitations, winmail.dat, delivery reports) it is kept here
for ``body`` to tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from intake.reading import invitation, tnef
from intake.reading.attachments import describe, file_name
from intake.reading.charset import Decoder
from intake.reading.flowed import unflow
from intake.reading.html import html_to_text
from intake.reading.inline_files import without_files
from intake.reading.limits import Limits
from intake.reading.marks import unmarked
from intake.reading.parameters import parameter
from intake.reading.parse import Part, line_ends, parse
from intake.reading.plain_lines import with_line_feeds, without_blanks_at_ends
from intake.reading.rtf import words_of
from intake.reading.sealed import (
    ENCRYPTED_BY_PGP,
    ENCRYPTED_BY_SMIME,
    signed_content,
    without_armour,
)
from intake.reading.sealed import TYPES as SEALED
from intake.reading.transfer import decode_text
from store.records import AttachmentInfo
from store.rules.tnef import NAMES as TNEF_NAMES
from store.rules.tnef import TYPES as TNEF

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
    "text/x-vcalendar",
    "text/x-vcard",
    "text/xml",
}
MAILS = frozenset(("message/rfc822", "message/global", "message/news", "message/partial"))
#: The headers alone of a mail that came back.
HEADERS = frozenset(("text/rfc822-headers", "message/global-headers"))
_STATUSES = frozenset(("message/delivery-status", "message/global-delivery-status"))
_UNKNOWN = frozenset(("application/octet-stream", "application/x-msdownload", "text/plain"))
_RTF = frozenset(("text/rtf", "application/rtf", "text/richtext"))
#: What a plain alternative says that is only there to point to the other one.
_STUB = re.compile(r"html|mime format|browser|navigateur|navegador|online version", re.IGNORECASE)
_LONGEST_STUB = 400
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_LOOKS_LIKE_HTML = re.compile(r"\s{0,100}(?:<!doctype html|<html\b|<head\b|<body\b)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!]")
#: How much longer HTML takes than plain text, when it was made to take long. The first part is
#: read whole in any case.
_HTML_COSTS = 3
#: Invitations read, and signed mails opened one in the other.
_MOST_NOTES = 5
_MOST_SEALS = 3
_MOST_STATUSES = 5


@dataclass(slots=True)
class Budget:
    """What is left to be read of one mail and all mails in it."""

    bytes: int
    chars: int
    seals: int = _MOST_SEALS
    invitations: int = _MOST_NOTES

    @classmethod
    def of(cls, limits: Limits) -> Budget:
        """Return the whole budget."""
        return cls(limits.text_bytes, limits.text_chars)


class Gatherer:
    """What the walk over one mail finds."""

    def __init__(self, raw: bytes, decoder: Decoder, limits: Limits, budget: Budget) -> None:
        """Start with nothing found in ``raw``, which has line ends as ``line_ends`` leaves them."""
        self.raw = raw
        self.decoder = decoder
        self.limits = limits
        self.budget = budget
        self.attachments: list[AttachmentInfo] = []
        self.mails: list[Part] = []
        self.returned: list[Part] = []
        """Header blocks of mails that came back without their bodies."""
        self.statuses: list[bytes] = []
        """Delivery reports for machines."""
        self.notes: list[str] = []
        """Lines that tell what cannot be read as text."""
        self.shown: list[Part] = []
        """Text files that are to be shown in place: the text of a mail without any other."""
        self.packed: list[str] = []
        """Mails that Outlook packed away, as text with their heads."""
        self.unpacked: list[str] = []
        """Texts that Outlook packed away: the text of a mail without any other."""
        self.has_text = False

    def text_of(self, part: Part, *, related: bool = False) -> str:
        """Return the text of a part and all below it, describing what is attached there."""
        if part.type.startswith("multipart/"):
            if part.type == "multipart/alternative":
                return self._best(part)
            inside = part.type == "multipart/related"
            return joined([self.text_of(child, related=inside) for child in part.children])
        if self._is_text(part):
            return self.leaf(part)
        return self._attach(part, related=related)

    def _best(self, part: Part) -> str:
        """Return the text of the alternative that says most in the plainest form."""
        plain = ""
        texts: list[tuple[Part, str]] = []
        for child in part.children:
            if plain and not _is_stub(plain):
                self._attach_files(child, related=False)
                continue
            text = self.text_of(child)
            if child.type == "text/plain" and not plain:
                plain = text
            texts.append((child, text))
        if plain.strip() and not _is_stub(plain):
            return plain
        rich = [text for child, text in texts if child.type != "text/plain" and text.strip()]
        return rich[-1] if rich else plain

    def _attach_files(self, part: Part, *, related: bool) -> None:
        """Describe what is attached inside an alternative whose text is not needed."""
        for child in part.children:
            self._attach_files(child, related=part.type == "multipart/related")
        if not part.children and not self._is_text(part):
            self._attach(part, related=related)

    def _is_text(self, part: Part) -> bool:
        kind = part.type
        if kind in _FILES or not kind.startswith("text/") or part.disposition == "attachment":
            return False
        if part.disposition_parameters.get("filename") or any(
            key.startswith("filename") for key in part.disposition_parameters
        ):
            return False
        return not self.has_text or not file_name(part, self.decoder)

    def _attach(self, part: Part, *, related: bool) -> str:
        """Describe an attached part; return what is the mail's text in it, mostly ""."""
        info = describe(self.raw, part, self.decoder, self.limits)
        name = info.name.lower()
        if part.type in TNEF or name in TNEF_NAMES:
            if self._unpack(part):
                return ""
        elif part.type in SEALED:
            opened = self._unsealed(part)
            if opened is not None:
                return opened
            self._note(ENCRYPTED_BY_SMIME)
        else:
            self._hear(part, name)
        if related and part.type.startswith("image/") and "content-id" in part.block.fields:
            info = replace(info, inline=True)
        self.describe(info)
        return ""

    def _hear(self, part: Part, name: str) -> None:
        """Keep what an attached part of that name says itself."""
        kind = part.type
        if kind in MAILS or (kind in _UNKNOWN and name.endswith(".eml")):
            self.mails.append(part)
        elif kind in invitation.TYPES or name.endswith(".ics"):
            if self.budget.invitations:
                self.budget.invitations -= 1
                self._note(invitation.invitation(self._small_text(part)))
        elif kind in _STATUSES:
            if len(self.statuses) < _MOST_STATUSES:
                self.statuses.append(self.data(part, self.limits.status_bytes))
        elif kind in HEADERS:
            self.returned.append(part)
        elif kind == "application/pgp-encrypted":
            self._note(ENCRYPTED_BY_PGP)
        elif kind == "text/plain" and part.disposition == "inline":
            self.shown.append(part)
        elif kind in _RTF and not self.unpacked and self.budget.bytes > 0:
            self.budget.bytes -= part.end - part.start
            said, is_html = words_of(self.data(part, self.limits.text_bytes), self.decoder)
            self.unpacked.append(html_to_text(said) if is_html else said)

    def describe(self, info: AttachmentInfo) -> None:
        """Keep the description of an attachment, unless there are too many."""
        if len(self.attachments) < self.limits.attachments:
            self.attachments.append(info)
        elif len(self.attachments) == self.limits.attachments:
            note = f"more than {self.limits.attachments} attachments"
            if note not in self.decoder.defects:
                self.decoder.defects.append(note)

    def data(self, part: Part, most: int | None = None) -> bytes:
        """Return the bytes of a part without its transfer encoding, or of its first bytes."""
        end = part.end if most is None else min(part.end, part.start + most)
        return decode_text(self.raw[part.start : end], part.encoding)

    def _small_text(self, part: Part) -> str:
        charset = parameter(part.parameters, "charset", self.decoder)
        return self.decoder.decode(self.data(part, self.limits.calendar_bytes), charset or "utf-8")

    def _note(self, line: str) -> None:
        if line and line not in self.notes:
            self.notes.append(line)

    def _unpack(self, part: Part) -> bool:
        """Describe what is in a winmail.dat; False if it must be described itself as well."""
        found = tnef.unpack(self.data(part), self.decoder, self.limits.attachments)
        if found is None:
            return False
        text = self._packed_text(found)
        if text.strip():
            self.unpacked.append(text)
        for file in found.all_files():
            self.describe(file)
        self._keep_mails(found)
        return bool(found.files or text.strip()) and not found.damaged

    def _packed_text(self, found: tnef.Unpacked) -> str:
        text = found.text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip() and found.html and self.budget.bytes > 0:
            self.budget.bytes -= (1 + _HTML_COSTS) * len(found.html)
            text = html_to_text(found.html)
        return text

    def _keep_mails(self, found: tnef.Unpacked) -> None:
        for mail in found.mails:
            said = ("\n".join(mail.head), self._packed_text(mail).strip("\n"))
            self.packed.append("\n\n".join(filter(None, said)))
            self._keep_mails(mail)

    def _unsealed(self, part: Part) -> str | None:
        """Return the text of what is signed and not encrypted; None if it is encrypted."""
        content = signed_content(self.data(part))
        if not content or not self.budget.seals:
            return None
        self.budget.seals -= 1
        raw = line_ends(content)
        inner = Gatherer(raw, self.decoder, self.limits, self.budget)
        inner.attachments, inner.notes = self.attachments, self.notes
        text = inner.text_of(parse(raw, self.decoder, self.limits))
        self.has_text = self.has_text or inner.has_text
        return text

    def leaf(self, part: Part) -> str:
        """Return the text of one text part."""
        budget = self.budget
        end = min(part.end, part.start + budget.bytes)
        if budget.chars < 0 or end <= part.start:
            return ""
        budget.bytes -= end - part.start
        data = decode_text(self.raw[part.start : end], part.encoding)
        charset = parameter(part.parameters, "charset", self.decoder)
        if not charset and part.type == "text/html" and (meta := _META_CHARSET.search(data[:4096])):
            charset = meta[1].decode("ascii", "replace")
        text = self.decoder.decode(data, charset)
        if _LOOKS_LIKE_HTML.match(text) or (part.type == "text/html" and _TAG.search(text)):
            budget.bytes -= _HTML_COSTS * (end - part.start)
            text = html_to_text(text)
        elif part.type == "text/enriched":
            text = html_to_text(text.replace("<<", "&lt;").replace("\n", "<br>"))
        else:
            text = self._plain(text, part)
        budget.chars -= len(text)
        self.has_text = self.has_text or bool(text)
        return text

    def _plain(self, text: str, part: Part) -> str:
        text = with_line_feeds(text)
        if part.parameters.get("format", "").lower() == "flowed":
            delete = part.parameters.get("delsp", "").lower() == "yes"
            text = unflow(text, delete_space=delete)
        if "begin" in text:
            text, files = without_files(text, self.limits.attachments)
            for file in files:
                self.describe(file)
        text = without_armour(text)
        return without_blanks_at_ends(text)


def joined(texts: list[str]) -> str:
    """Join the texts of sibling parts; the same text in plain and in HTML is one text."""
    kept = [text.strip("\n") for text in texts if text.strip()]
    if len(kept) > 1:
        once = {" ".join(unmarked(text).split()): text for text in reversed(kept)}
        kept = list(once.values())[::-1]
    return "\n\n".join(kept)


def _is_stub(text: str) -> bool:
    """Say whether a plain alternative only points to the HTML one."""
    text = text.strip()
    return not text or (len(text) <= _LONGEST_STUB and bool(_STUB.search(text)))
