"""Who first sent a mail that somebody forwards, from the fields above the forwarded text."""

from __future__ import annotations

import re

from intake.reading.addresses import read_addresses
from intake.reading.charset import Decoder
from intake.reading.quote_lines import (
    begins_forward,
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


def forwarded_from(subject: str, text: str) -> Address | None:
    """Return the sender of the mail forwarded in ``text``; None if nothing is forwarded."""
    rows = [_MARKS.sub("", row, count=1) for row in text.split("\n", _MOST_LINES)[:_MOST_LINES]]
    announced = is_forward_subject(subject)
    for index, row in enumerate(rows):
        announced = announced or begins_forward(row) or begins_forward(f"--{row}--")
        if announced and header_block(rows, index):
            return _sender(rows[index : index + _BLOCK_LINES])
    return None


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
