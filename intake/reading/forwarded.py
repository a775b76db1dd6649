"""Who first sent a mail that somebody forwards, when, and to whom: from the fields above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.reading.addresses import read_addresses
from intake.reading.charset import Decoder
from intake.reading.quote_lines import (
    begins_forward,
    field_kind,
    field_value,
    header_block,
    is_forward_subject,
    is_from_field,
)
from store.records import Address

#: Lines of the new text in which the forwarded mail must begin.
_MOST_LINES = 400
_MARKS = re.compile(r"[>\s*]*")
_MAILTO = re.compile(r"[\[<(]mailto:\s*", re.IGNORECASE)
#: Lines of one header block.
_BLOCK_LINES = 14
_MOST_RECIPIENTS = 100


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail that is forwarded, as far as the fields above it tell."""

    sender: Address
    sent: str
    """Its date as the program wrote it, in any language; "" if it is not given."""
    recipients: tuple[Address, ...] = ()


def forwarded(subject: str, text: str) -> Forwarded | None:
    """Return the mail forwarded in ``text``; None if nothing is, or nobody's address is given."""
    rows = [_MARKS.sub("", row, count=1) for row in text.split("\n", _MOST_LINES)[:_MOST_LINES]]
    announced = is_forward_subject(subject)
    for index, row in enumerate(rows):
        announced = announced or begins_forward(row) or begins_forward(f"--{row}--")
        if announced and header_block(rows, index):
            return _read(rows[index : index + _BLOCK_LINES])
    return None


def forwarded_from(subject: str, text: str) -> Address | None:
    """Return the sender of the mail forwarded in ``text``; None if nothing is forwarded."""
    found = forwarded(subject, text)
    return found.sender if found else None


def _read(rows: list[str]) -> Forwarded | None:
    sender = _sender(rows)
    if sender is None:
        return None
    sent, recipients = "", ""
    for index, row in enumerate(rows):
        kind = field_kind(row)
        if kind == "date":
            sent = sent or field_value(row) or _below(rows, index)
        elif kind in {"to", "cc"}:
            recipients += f", {field_value(row) or _below(rows, index)}"
        elif not row.strip() and recipients and sent:
            break
    found = read_addresses(_MAILTO.sub("<", recipients).replace("]", ">"), Decoder(), 100)
    return Forwarded(sender, sent, found[:_MOST_RECIPIENTS])


def _below(rows: list[str], index: int) -> str:
    """Return the line below a field that stands alone in its line."""
    return rows[index + 1].strip() if index + 1 < len(rows) else ""


def _sender(rows: list[str]) -> Address | None:
    for index, row in enumerate(rows):
        if not is_from_field(row):
            continue
        value = field_value(row)
        if "@" not in value and index + 1 < len(rows) and "@" in rows[index + 1]:
            value = f"{value} {rows[index + 1]}"
        value = _MAILTO.sub("<", value).replace("]", ">")
        found = read_addresses(value, Decoder(), 1)
        return found[0] if found and "@" in found[0].address else None
    return None
