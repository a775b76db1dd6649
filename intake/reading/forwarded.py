"""Who first sent a mail that somebody forwards, when, and to whom: from what stands above it.

Most programs write the fields of its head there. Some write them all into one line (Yahoo), and
some say it as they do above an answer: "On 23/11/2026 09:12, Ana <ana@school.example> wrote:".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.reading.addresses import read_addresses
from intake.reading.attributed import attributed
from intake.reading.charset import Decoder
from intake.reading.headers import clean
from intake.reading.packed_fields import unpacked
from intake.reading.quote_lines import (
    attribution,
    begins_forward,
    field_kind,
    field_value,
    forwards,
    header_block,
    is_from_field,
)
from store.records import Address

#: Lines of the new text in which the forwarded mail must begin.
_MOST_LINES = 400
_MARKS = re.compile(r"[>|\s*\ufeff\u200b]*")
#: Outlook writes links out, also those of addresses.
_LINK = re.compile(r"\s?[<\[(]mailto:[^<>\[\]()\s]{0,300}[>\])]", re.IGNORECASE)
_MAILTO = re.compile(r"[\[<(]mailto:\s*", re.IGNORECASE)
#: "Forms <forms@school.example> on behalf of Ana <ana@school.example>", by Outlook.
_ON_BEHALF = re.compile(
    r"\s(?:on behalf of|im Auftrag von|de la part de|au nom de|en nombre de|per conto di|namens"
    r"|em nome de|w imieniu|för|på vegne af|på vegne av)\s",
    re.IGNORECASE,
)
#: Lines of one header block.
_BLOCK_LINES = 14
_MOST_RECIPIENTS = 100
#: Lines that look like a field, or like the beginning of an attribution, and may begin the mail.
_MOST_TRIES = 20
#: Mails in mails that somebody forwards.
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail that is forwarded, as far as what stands above it tells."""

    sender: Address
    """Without an address where the program wrote the name alone, as Outlook does of colleagues."""
    sent: str
    """Its date as the program wrote it, in any language; "" if it is not given."""
    recipients: tuple[Address, ...] = ()
    subject: str = ""


def forwarded(subject: str, text: str) -> Forwarded | None:
    """Return the mail forwarded in ``text``; None if nothing is, or nobody is named."""
    return next(all_forwarded(subject, text), None)


def all_forwarded(subject: str, text: str) -> Iterator[Forwarded]:
    """Yield the mail forwarded in ``text``, then the one that this one forwards, and so on."""
    rows = [_MARKS.sub("", row, count=1) for row in text.split("\n", _MOST_LINES)[:_MOST_LINES]]
    start = 0
    for _ in range(_DEEPEST):
        begin = _begin(rows, start, announced=forwards(subject, text))
        if begin is None:
            return
        yield begin[1]
        start, subject = begin[0], begin[1].subject
        text = ""


def forwarded_from(subject: str, text: str) -> Address | None:
    """Return the sender of the mail forwarded in ``text``; None if nothing is forwarded."""
    found = forwarded(subject, text)
    return found.sender if found else None


def _begin(rows: list[str], start: int, *, announced: bool) -> tuple[int, Forwarded] | None:
    """Return the line below the head of the first mail forwarded from ``start`` on, and it."""
    by_subject = announced
    tries = 0
    for index in range(start, len(rows)):
        row = rows[index]
        if fields := unpacked(row):
            found = _read(fields)
            return (index + 1, found) if found else None
        announced = announced or begins_forward(row) or begins_forward(f"--{row}--")
        if not announced or tries == _MOST_TRIES:
            continue
        if field_kind(row):
            tries += 1
            if header_block(rows, index):
                found = _read(rows[index : index + _BLOCK_LINES])
                return (_below_head(rows, index), found) if found else None
        elif by_subject and "@" in "".join(rows[index : index + 2]):
            tries += 1
            size = attribution(rows, index)
            if size and (said := attributed(" ".join(rows[index : index + size]))):
                return index + size, Forwarded(said.sender, said.sent)
    return None


def _below_head(rows: Sequence[str], index: int) -> int:
    """Return the line below the fields that begin at ``index``."""
    seen: set[str] = set()
    last = index
    for at in range(index, min(index + _BLOCK_LINES, len(rows))):
        kind = field_kind(rows[at])
        if kind in seen - {"to", "cc"}:
            # The next mail's own fields may stand right below.
            return at
        if kind:
            seen.add(kind)
            last = at
    return last + 1


def _read(rows: Sequence[str]) -> Forwarded | None:
    sender = _sender(rows)
    if sender is None:
        return None
    sent, recipients, subject = "", "", ""
    for index, row in enumerate(rows):
        kind = field_kind(row)
        if kind == "date":
            sent = sent or field_value(row) or _below(rows, index)
        elif kind in {"to", "cc"}:
            recipients += f", {field_value(row) or _below(rows, index)}{_goes_on(rows, index)}"
        elif kind == "subject":
            subject = subject or field_value(row)
        elif not row.strip() and recipients and sent:
            break
    found = read_addresses(_as_addresses(recipients), Decoder(), _MOST_RECIPIENTS)
    return Forwarded(sender, sent, found[:_MOST_RECIPIENTS], subject)


def _below(rows: Sequence[str], index: int) -> str:
    """Return the line below a field that stands alone in its line."""
    return rows[index + 1].strip() if index + 1 < len(rows) else ""


def _goes_on(rows: Sequence[str], index: int) -> str:
    """Return the lines into which a field of many recipients was wrapped."""
    more = ""
    for row in rows[index + 1 :]:
        above = rows[index].rstrip()
        if not above.endswith((",", ";")) or not row.strip() or field_kind(row):
            break
        more += f" {row}"
        index += 1
    return more


def _sender(rows: Sequence[str]) -> Address | None:
    for index, row in enumerate(rows):
        if not is_from_field(row):
            continue
        value = field_value(row)
        if "@" not in value and index + 1 < len(rows) and "@" in rows[index + 1]:
            below = rows[index + 1]
            value = value if field_kind(below) else f"{value} {below}"
        value = _ON_BEHALF.split(_as_addresses(value), maxsplit=1)[0]
        found = read_addresses(value, Decoder(), 1)
        if found and "@" in found[0].address:
            return Address(_name(found[0], value), found[0].address)
        name = " ".join(value.split()).strip(" '\"<>;,")
        return Address(name, "") if name else None
    return None


def _name(found: Address, value: str) -> str:
    """Return a name without the marks around it; what is in brackets is no comment here."""
    before, angle, _ = value.partition("<")
    whole = before.strip(' "') if angle and "(" in before and '"' not in before else found.name
    return clean(whole[1:-1] if whole[:1] == whole[-1:] == "'" else whole)


def _as_addresses(value: str) -> str:
    """Return what a field says as a header would: without the links that programs write out."""
    plain = _LINK.sub("", value)
    if "@" in plain:
        return plain
    return _MAILTO.sub("<", value).replace("]", ">")
