"""What is new in a mail, and the quoted rest: one walk over the lines, linear in the text.

New are: what stands above the quoted mail, below it, and between its lines. A forwarded mail
is what the sender has to say, so it stays with the new text. Signatures stay too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.reading.quote_lines import (
    attribution,
    begins_forward,
    ends_mail,
    header_block,
    is_forward_subject,
    is_quote,
    is_reply_subject,
    is_rule,
)

_MANY_BLANKS = re.compile(r"\n{3,}")
#: What may begin an attribution, a separator or a field is looked at closely; so often at most.
_MOST_LOOKS = 5_000
_REMARKABLE = re.compile(r"\s{0,8}[-–—_=*#~>]|.{0,400}[:：@\d]")
#: Characters of a line; programs write no longer ones.
_LONGEST = 1_000


def split_quoted(text: str, subject: str = "") -> tuple[str, str]:
    """Return the new text and the quoted remainder; each line of ``text`` is in one of them."""
    forward = is_forward_subject(subject)
    new, quoted = _split(text.split("\n"), forward=forward)
    reply = _joined(new)
    if not reply and (forward or not is_reply_subject(subject)):
        return text.strip("\n"), ""
    return reply, _joined(quoted)


def _split(rows: Sequence[str], *, forward: bool) -> tuple[list[str], list[str]]:
    new: list[str] = []
    quoted: list[str] = []
    index = looks = 0
    while index < len(rows):
        row = rows[index]
        if not row or row.isspace():
            (quoted if quoted and not new else new).append(row)
        elif not _REMARKABLE.match(row):
            new.append(row)
        elif ends_mail(row):
            return new, quoted + list(rows[index:])
        elif is_quote(row):
            quoted.append(row)
        elif looks >= _MOST_LOOKS or len(row) > _LONGEST:
            new.append(row)
        else:
            looks += 1
            if begins_forward(row):
                return new + list(rows[index:]), quoted
            if header_block(rows, index):
                if forward:
                    return new + list(rows[index:]), quoted
                above = _rules_above(new)
                return new[: len(new) - above], quoted + new[len(new) - above :] + list(
                    rows[index:]
                )
            if size := attribution(rows, index):
                index += size
                quoted += rows[index - size : index]
                if not _quote_below(rows, index):
                    return new, quoted + list(rows[index:])
                continue
            new.append(row)
        index += 1
    return new, quoted


def _rules_above(new: Sequence[str]) -> int:
    """Count the blank lines and drawn rules at the end of the new text: they belong below."""
    count = 0
    while count < len(new) and (not new[-1 - count].strip() or is_rule(new[-1 - count])):
        count += 1
    return count


def _quote_below(rows: Sequence[str], index: int) -> bool:
    for row in rows[index : index + 3]:
        if row.strip():
            return is_quote(row)
    return False


def _joined(rows: Sequence[str]) -> str:
    return _MANY_BLANKS.sub("\n\n", "\n".join(rows)).strip("\n").rstrip()
