"""What a mail says: its own text, what is attached, and the mails that it carries.

An attached mail is an attachment, and what it says is read with the mail that carries it:
a forwarded mail is what its sender has to say. A mail that came back, or that is attached to an
answer, is quoted.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from intake.reading.charset import Decoder
from intake.reading.fields import Block, read_block
from intake.reading.gather import Budget, Gatherer, joined
from intake.reading.headers import text_of
from intake.reading.limits import Limits
from intake.reading.marks import unmarked
from intake.reading.parse import Part, line_ends, parse
from intake.reading.quote_lines import is_reply_subject
from intake.reading.quoted import split_quoted
from store.records import AttachmentInfo
from store.text import lines

_CARRYING = ("from", "to", "cc", "date", "subject")
#: What stands above an attached mail; the rules that look for forwarded mail know the first.
FORWARDED = "---------- Forwarded message ----------"
RETURNED = "---------- Returned message ----------"
_DEEPEST_MAIL = 5
_MOST_MAILS = 20
_COMPOSED_AT_ONCE = 1_000


@dataclass(slots=True)
class Body:
    """The readable text of a mail and what is attached to it."""

    text: str = ""
    """What its sender wrote, quotes included, with the ``marks`` that HTML left."""
    notes: list[str] = field(default_factory=list)
    """Lines about what is no text: an invitation, an encrypted mail."""
    carried: list[str] = field(default_factory=list)
    """The mails attached to it, as text."""
    is_report: bool = False
    """What is carried came back: this is a delivery report."""
    attachments: list[AttachmentInfo] = field(default_factory=list)
    statuses: list[bytes] = field(default_factory=list)
    """The parts of a delivery report that are for machines (RFC 3464)."""
    returned: list[Block] = field(default_factory=list)
    """The headers of the mails that came back."""

    def split(self, subject: str, sender: str, *, answers: bool) -> tuple[str, str, str]:
        """Return the whole text, what is new in it, and the quoted rest."""
        reply, quoted = split_quoted(self.text, subject, sender=sender, answers=answers)
        text = unmarked(self.text)
        if not self.notes and not self.carried:
            return text, reply, quoted
        notes = "\n".join(self.notes)
        mark = RETURNED if self.is_report else FORWARDED
        mails = "\n\n".join(f"{mark}\n{mail}" for mail in self.carried)
        if self.is_report or (reply and is_reply_subject(subject)):
            new, old = [reply, notes], [quoted, mails]
        else:
            new, old = [reply, notes, mails], [quoted]
        return tuple(  # type: ignore[return-value]
            "\n\n".join(filter(None, pieces)) for pieces in ([text, notes, mails], new, old)
        )


def read_body(raw: bytes, root: Part, decoder: Decoder, limits: Limits) -> Body:
    """Read the text and describe the attachments of the tree ``root`` of ``raw``."""
    budget = Budget.of(limits)
    found = Gatherer(raw, decoder, limits, budget)
    body = Body(text=_own_text(found, root), attachments=found.attachments)
    if len(body.text) > limits.text_chars:
        decoder.defects.append(
            f"only the first {limits.text_chars} characters of the text are kept"
        )
        body.text = body.text[: limits.text_chars]
    if found.notes or found.mails or found.packed or found.returned or found.statuses:
        body.notes, body.statuses = found.notes, found.statuses
        body.is_report = bool(found.statuses) or root.type == "multipart/report"
        _carry(found, body)
    body.text = _finished(body.text)
    return body


def _own_text(found: Gatherer, root: Part) -> str:
    text = found.text_of(root)
    if not text.strip() and found.shown:
        text = joined([found.leaf(part) for part in found.shown])
    if not text.strip() and found.unpacked:
        text = found.unpacked[0]
    return text


def _carry(found: Gatherer, body: Body) -> None:
    """Read the mails that are attached, or came back, and the mails in these."""
    texts = [_carried(found, found, part, body) for part in found.mails[:_MOST_MAILS]]
    texts += found.packed[:_MOST_MAILS]
    for part in found.returned[:_MOST_MAILS]:
        block = _headers(found, part)
        body.returned.append(block)
        texts.append(_head(block, found.decoder))
    body.carried = [unmarked(_finished(text)) for text in texts if text.strip()]


def _headers(found: Gatherer, part: Part) -> Block:
    data = line_ends(found.data(part, found.limits.header_block))
    return read_block(data, 0, len(data), found.limits)


def _carried(top: Gatherer, found: Gatherer, part: Part, body: Body, depth: int = 1) -> str:
    """Return an attached mail as text: its main headers, then what it says."""
    raw, start, end = found.raw, part.start, part.end
    if part.encoding:
        raw = line_ends(found.data(part))
        start, end = 0, len(raw)
    root = parse(raw, found.decoder, found.limits, start, end)
    if depth == 1:
        body.returned.append(root.block)
    inner = Gatherer(raw, found.decoder, found.limits, found.budget)
    text = _own_text(inner, root)
    for file in inner.attachments:
        top.describe(file)
    said = [_head(root.block, found.decoder), text.strip("\n"), *inner.notes, *inner.packed]
    if depth < _DEEPEST_MAIL:
        said += [_carried(top, inner, each, body, depth + 1) for each in inner.mails[:_MOST_MAILS]]
    return "\n\n".join(filter(None, said))


def _head(block: Block, decoder: Decoder) -> str:
    return "\n".join(
        f"{name.capitalize()}: {text_of(block.fields[name][0][:2000], decoder)}"
        for name in _CARRYING
        if name in block.fields
    )


def _finished(text: str) -> str:
    if not text.isascii():
        text = _composed(text)
    return lines(text).strip("\n")


def _composed(text: str) -> str:
    """Return text with letters and accents as one, which some programs write apart.

    Piece by piece: normalising takes time in the square of a run of accents.
    """
    pieces = range(0, len(text), _COMPOSED_AT_ONCE)
    return "".join(
        unicodedata.normalize("NFC", text[start : start + _COMPOSED_AT_ONCE]) for start in pieces
    )
